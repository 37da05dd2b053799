import type { Exploration } from "./exploration.ts";

/** Which model a list is made from; `popular` knows nothing of the shopper. */
export type ModelChoice = "collaborative" | "co-purchase" | "popular";

/** What every list can be asked with. Items that fail a filter are never returned, whatever else is asked. */
export interface Knobs {
  /** Missing: the store with most items. */
  readonly store?: string | undefined;
  /** ISO 3166-1 alpha-2. Missing: the customer's. One that does not exist is as none. */
  readonly market?: string | undefined;
  /** Items wanted, 1 to 100. */
  readonly n: number;
  /** Labels, of which an item must have one; upper and lower case are the same. */
  readonly categoriesAny?: readonly string[] | undefined;
  /** Labels, of which an item must have every one. */
  readonly categoriesAll?: readonly string[] | undefined;
  /** Inclusive bounds in minor units; items of unknown price fail. */
  readonly priceFromMinor?: number | undefined;
  readonly priceToMinor?: number | undefined;
  /** Items priced in another currency fail the bounds. */
  readonly priceCurrency?: string | undefined;
  /** True unless stated: what the customer bought is left out. */
  readonly excludePurchased?: boolean | undefined;
  /** Bought this many days ago or longer may come again; missing: never. Days count to the last day of the release. */
  readonly coolDownDays?: number | undefined;
  readonly excludeItems?: readonly string[] | undefined;
  /** 0 to 1: how much difference from the items above counts against relevance. */
  readonly diversity?: number | undefined;
  readonly maxPerCategory?: number | undefined;
  /** 0 to 1: how much of the score is multiplied by the item's margin in the market. */
  readonly marginWeight?: number | undefined;
  /** 0 to 1: how much of the score is multiplied by how prompt the delivery promised in the market is. */
  readonly deliveryWeight?: number | undefined;
  readonly boosts?: readonly Boost[] | undefined;
  /** Items that may take `promotionShare` of the places, first come first. */
  readonly promote?: readonly string[] | undefined;
  readonly promotionShare?: number | undefined;
  /** Adds the items of the history that contributed, with their share. */
  readonly explain?: boolean | undefined;
  /** Shuffles items whose scores are close (within 5 %); the same seed gives the same list. */
  readonly seed?: number | undefined;
  /** Of customers' and similar lists: only this model, then what is popular. Missing: the best that knows the shopper. */
  readonly model?: ModelChoice | undefined;
  /** Replaces places at random, with known probabilities; the same `explorationSeed` does so alike. */
  readonly exploration?: Exploration | undefined;
  readonly explorationSeed?: number | undefined;
}

/** Multiplies the score of an item, or of all items with a label. */
export interface Boost {
  readonly itemId?: string | undefined;
  readonly category?: string | undefined;
  readonly factor: number;
}
