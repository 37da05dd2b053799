/** Settings of the recommender; those of `TUNED` are chosen on a validation window, the others stand. */
export interface RecommenderParams {
  /** A basket counts half as much for every so many days of age; ten times as old, it does not count. */
  readonly basketHalfLifeDays: number;
  /** How strongly an item's own popularity is divided out, 0 to 1 (see `fitCoPurchase`). */
  readonly popularityExponent: number;
  /** What is added to the baskets of each item, new small ones counting as their share: pulls pairs seen in few towards 0. */
  readonly shrinkage: number;
  /** Half-life of the popular lists. */
  readonly popularHalfLifeDays: number;
  /** Half-life of a customer's purchases as evidence of taste. */
  readonly historyHalfLifeDays: number;
  /** Items not sold for longer are never recommended: most of them are not on sale any more. */
  readonly activeDays: number;
  readonly neighbours: number;
  readonly maxBasketSize: number;
  /** What the confidence of a rule of two items adds to a basket's scores, whose greatest is 1; 0 for no rules. */
  readonly ruleWeight: number;
}

export const DEFAULT_PARAMS: RecommenderParams = {
  basketHalfLifeDays: 28,
  popularityExponent: 0.25,
  shrinkage: 0,
  popularHalfLifeDays: 14,
  historyHalfLifeDays: 56,
  activeDays: 60,
  neighbours: 100,
  maxBasketSize: 1000,
  ruleWeight: 0,
};

/** What the validation window chooses between. */
export const TUNED = {
  basketHalfLifeDays: [14, 28, 56],
  popularityExponent: [0.25, 0.4],
  shrinkage: [0, 0.02, 0.1, 0.5],
  popularHalfLifeDays: [7, 14, 28],
  ruleWeight: [0, 0.25, 0.5, 1, 2],
} as const;
