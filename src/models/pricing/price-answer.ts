/** What a release knows of a product's price and how its demand answers to it. */
export interface PriceAnswer {
  readonly store: string;
  readonly product: string;
  /** Null with its interval where nothing can tell. */
  readonly elasticity: number | null;
  /** Interval of 95 %. */
  readonly low: number | null;
  readonly high: number | null;
  readonly basis: "own" | "category" | "market" | "store" | "none";
  /** The group of products that the answer is drawn to, the nearest with something to say; null where there is none. */
  readonly drawnTo: "category" | "market" | "store" | null;
  /** How demand was taken to follow price; null where an earlier version made the release. */
  readonly link: "poisson" | "tweedie" | "log-log" | null;
  /** Share by which demand in weeks of promotion is above what their price explains; null where promotions are not told apart. */
  readonly promotionLift: number | null;
  /** Its interval of 95 %. */
  readonly promotionLow: number | null;
  readonly promotionHigh: number | null;
  /** Whose sales and prices these are; null for all markets together. */
  readonly market: string | null;
  /** Why the product's own history cannot tell; null where it can. */
  readonly refusal: string | null;
  /** How demand answers to the mean price of the others of the category, with its interval of 95 %; null where nothing tells. */
  readonly crossElasticity: number | null;
  readonly crossLow: number | null;
  readonly crossHigh: number | null;
  /** Why the product's own history cannot tell that; null where it can. */
  readonly crossRefusal: string | null;
  /** The newest price asked, in minor units. */
  readonly priceMinor: number;
  /** The prices a week that demand was seen at; what it does beyond them is a guess. Null where an earlier version made the release. */
  readonly lowestPriceMinor: number | null;
  readonly highestPriceMinor: number | null;
  readonly currency: string;
}

/** 95 of 100 normal outcomes lie within so many standard errors. */
export const Z95 = 1.959963984540054;
