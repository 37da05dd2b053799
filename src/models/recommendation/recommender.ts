import type { IsoDate } from "../../core/dates.ts";

/** Why an item is in a list, checkable by a person. */
export type Reason =
  | {
      readonly kind: "bought-together";
      /** The item of the basket or history that spoke loudest for it. */
      readonly withItemId: string;
      /** Recent baskets that held both. */
      readonly support: number;
    }
  | {
      readonly kind: "popular";
      /** Market whose recent orders it is popular in; null for all markets of the store. */
      readonly market: string | null;
    };

export interface RecommendedItem {
  readonly itemId: string;
  readonly title: string;
  /** Above 0; comparable within one list and among items of the same kind of reason. */
  readonly score: number;
  readonly reason: Reason;
}

export type Strategy = "customer" | "basket" | "item" | "market-popular" | "global-popular";

export interface Recommendation {
  readonly store: string;
  /** Last day of the orders that the list was learned from. */
  readonly asOf: IsoDate;
  /** What the list was made from; a popular list stands in where nothing is known of the shopper. */
  readonly strategy: Strategy;
  /** Best first, without repeats, without what the shopper has bought or holds. */
  readonly items: readonly RecommendedItem[];
  /** Items of the request that are unknown to the release. */
  readonly ignored: readonly string[];
}

interface Request {
  /** Missing: the store with most items. */
  readonly store?: string | undefined;
  /** ISO 3166-1 alpha-2. Missing or unknown: all markets. */
  readonly market?: string | undefined;
  /** Items wanted, 1 to 100. */
  readonly n: number;
}

/**
 * Recommendations from one release, in memory. Errors: `REQUEST_INVALID` for an unknown store or n out of bounds,
 * `RECOMMENDATION_ITEM_UNKNOWN` from `similar`, `MODEL_NOT_PUBLISHED` where the release holds no recommender.
 */
export interface Recommender {
  similar(request: Request & { readonly itemId: string }): Recommendation;
  forCustomer(request: Request & { readonly customerId: string }): Recommendation;
  forBasket(request: Request & { readonly items: readonly string[] }): Recommendation;
  popular(request: Request): Recommendation;
}
