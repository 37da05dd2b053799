import type { IsoDate } from "../../core/dates.ts";
import type { Knobs, ModelChoice } from "./serving/knobs.ts";

/** Why an item is in a list, checkable by a person. */
export type Reason =
  | {
      readonly kind: "bought-together";
      /** The item of the basket or history that spoke loudest for it. */
      readonly withItemId: string;
      /** Recent baskets that held both; customers who had both where the place comes from a list of the collaborative model. */
      readonly support: number;
    }
  | {
      readonly kind: "viewed-next";
      /** The item looked at last: visitors with sessions like this one went on to the recommended one. */
      readonly withItemId: string;
    }
  | { readonly kind: "bought-before"; readonly orders: number; /** Of the latest order. */ readonly on: IsoDate }
  | { readonly kind: "viewed-before" }
  | { readonly kind: "promoted" }
  | {
      readonly kind: "popular" | "trending";
      /** Market whose recent orders it is popular in; null for all markets of the store. */
      readonly market: string | null;
    }
  /** Nothing speaks for it but that it may be sold. */
  | { readonly kind: "in-catalogue" };

/** An item of the shopper's history that spoke for a recommended one. */
export interface Contribution {
  readonly itemId: string;
  /** Of the score, 0 to 1; all contributions of an item add up to 1 if there are not more than are listed. */
  readonly share: number;
}

/** Two items of the basket that go with a recommended one when bought together. */
export interface Rule {
  readonly itemIds: readonly string[];
  /** Recent baskets with all three. */
  readonly support: number;
  /** Share of the baskets with the two that hold the third. */
  readonly confidence: number;
  /** Confidence over the share of all baskets that hold the third. */
  readonly lift: number;
}

/** What a place in the list was filled from. */
export type Source =
  | "session"
  | "customer"
  | "basket"
  | "item"
  | "buy-again"
  | "recently-viewed"
  | "market-popular"
  | "global-popular"
  | "trending"
  | "catalogue"
  | "promotion"
  | "as-given";

export interface RecommendedItem {
  readonly itemId: string;
  readonly title: string;
  readonly category: string | null;
  readonly priceMinor: number | null;
  readonly currency: string | null;
  /** Comparable within one list and among items of the same source. */
  readonly score: number;
  readonly source: Source;
  readonly reason: Reason;
  /** With `explain`: loudest first, five at most; empty where no history spoke. */
  readonly contributions?: readonly Contribution[];
  /** With `explain`, of a basket: the rule that spoke for it as well. */
  readonly rule?: Rule;
  /** With exploration: the probability with which it is in the list. */
  readonly propensity?: number;
}

export type Strategy = "session" | "customer" | "basket" | "item" | "market-popular" | "global-popular";

export interface Recommendation {
  readonly store: string;
  /** Last day of the orders that the list was learned from. */
  readonly asOf: IsoDate;
  /** Market whose filters applied; null where none is known: then an item must be for sale in some market. */
  readonly market: string | null;
  /** What the list was made from; a popular list stands in where nothing is known of the shopper. */
  readonly strategy: Strategy;
  /** The most personal source in the list, the step of the fallback chain that it reached; "none" for an empty list. */
  readonly level: Source | "none";
  /** Best first, without repeats, without what the shopper has bought or holds. Described when they are read first. */
  readonly items: readonly RecommendedItem[];
  /** Items of the request that are unknown to the release. */
  readonly ignored: readonly string[];
  /** Adds `items` as JSON to the parts of a text, at a fraction of what it costs to describe and write them one by one. */
  writeItems(parts: TextPart[]): void;
}

/** Part of a text that is to be joined; numbers are whole. */
export type TextPart = string | number;

/** An item that was left out of a given list. */
export interface RemovedItem {
  readonly itemId: string;
  readonly reason: "out-of-stock" | "not-sellable" | "not-shippable" | "hidden" | "not-available" | "excluded";
}

export interface Ranking extends Recommendation {
  readonly removed: readonly RemovedItem[];
}

/** What the shopper did since the release was made, oldest first. */
export interface RecentEvent {
  readonly itemId: string;
  readonly kind: "view" | "cart" | "purchase";
}

interface Live {
  readonly recent?: readonly RecentEvent[] | undefined;
}

/** Days of sales that are counted; missing: all of them, the older the less. */
export type PopularWindow = 7 | 30 | 90;

/**
 * Recommendations from one release, in memory. Errors: `REQUEST_INVALID` for an unknown store or n out of bounds,
 * `RECOMMENDATION_ITEM_UNKNOWN` from `similar`, `MODEL_NOT_PUBLISHED` where the release holds no recommender.
 */
export interface Recommender {
  /** Throws unless the store sells something here; returns its id. */
  storeOf(id: string | undefined): string;
  /** What `model` of a request may be; one that is not among them is as if it had no list for anybody. */
  models(): readonly ModelChoice[];
  similar(request: Knobs & { readonly itemId: string }): Recommendation;
  forCustomer(request: Knobs & Live & { readonly customerId: string }): Recommendation;
  forBasket(request: Knobs & { readonly items: readonly string[]; readonly customerId?: string }): Recommendation;
  forSession(
    request: Knobs & Live & { readonly items?: readonly string[]; readonly customerId?: string },
  ): Recommendation;
  popular(request: Knobs & { readonly window?: PopularWindow | undefined }): Recommendation;
  /** What sells more in the last 7 days than in the 28 before them, beyond chance. */
  trending(request: Knobs): Recommendation;
  /** Bought before and due by recency and frequency. */
  buyAgain(request: Knobs & Live & { readonly customerId: string }): Recommendation;
  recentlyViewed(request: Knobs & Live & { readonly customerId: string }): Recommendation;
  /** Orders `candidates`; what fails a filter is removed and named. */
  rank(
    request: Knobs &
      Live & {
        readonly candidates: readonly string[];
        readonly items?: readonly string[];
        readonly customerId?: string;
      },
  ): Ranking;
}
