import type { RecommendedItem, Recommendation, TextPart } from "../recommender.ts";

/** Makes objects or JSON of the places of one answer. */
export interface Listing {
  readonly describe: () => readonly RecommendedItem[];
  /** Must add what `JSON.stringify` makes of the objects. */
  readonly write: (parts: TextPart[], answer: Recommendation) => void;
}

/** An answer that describes its items when they are read: who wants but their text does not pay for objects. */
export class ListedAnswer implements Recommendation {
  readonly store: Recommendation["store"];
  readonly asOf: Recommendation["asOf"];
  readonly market: Recommendation["market"];
  readonly strategy: Recommendation["strategy"];
  readonly level: Recommendation["level"];
  readonly ignored: Recommendation["ignored"];
  readonly #listing: Listing;
  #items: readonly RecommendedItem[] | undefined;

  constructor(head: Omit<Recommendation, "items" | "writeItems">, listing: Listing) {
    this.store = head.store;
    this.asOf = head.asOf;
    this.market = head.market;
    this.strategy = head.strategy;
    this.level = head.level;
    this.ignored = head.ignored;
    this.#listing = listing;
    this.#items = undefined;
  }

  get items(): readonly RecommendedItem[] {
    return (this.#items ??= this.#listing.describe());
  }

  writeItems(parts: TextPart[]): void {
    this.#listing.write(parts, this);
  }
}
