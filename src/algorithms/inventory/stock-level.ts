/** Numbers that a level is a weighted sum of. */
export const LEVEL_TERMS = 5;

/**
 * Weights of the numbers of `describeDemand`, in units of stock; calibrated (see walkStockRules). LEVEL_TERMS of them for all
 * demand, or so many for each class of it.
 */
export type StockRule = Float64Array;

/** Demand is steady while its deviation over the protection time is up to so much of what is expected. */
const STEADY_DEVIATION = 0.35;
/** Classes of demand: steady, and all other. */
export const DEMAND_CLASSES = 2;
export const STEADY = 0;
const UNSTEADY = 1;

/** Newest steps whose demand tells of a product that has just begun, or ceased, to sell. */
export const RECENT_STEPS = 4;

/** What is expected plus one yardstick of uncertainty: the rule where no past can say more. */
export const PLAIN_RULE: StockRule = Float64Array.of(0, 0, 1, 1, 0);

/**
 * What a level is made of, written to `into` from `at` on: 1, √f, f, the geometric mean of f + √f and σ·√steps, and √r, where f is
 * demand expected over the protection time, σ the deviation of past steps and r what would sell over the protection time as in the
 * newest steps. f + √f alone (an error of level and the chance of single sales) buys too much of steady sellers, σ alone too much
 * of products with one great order long ago; r tells those that sell now from those that did.
 * O(1).
 */
export function describeDemand(
  known: DemandSums,
  expected: number,
  protectionSteps: number,
  into: Float64Array,
  at: number,
): void {
  const root = Math.sqrt(expected);
  into[at] = 1;
  into[at + 1] = root;
  into[at + 2] = expected;
  into[at + 3] = Math.sqrt((expected + root) * Math.sqrt(varianceOf(known) * protectionSteps));
  const steps = Math.min(RECENT_STEPS, known.count);
  into[at + 4] = steps > 0 ? Math.sqrt((Math.max(0, known.recent) / steps) * protectionSteps) : 0;
}

/** Demand of `count` known steps, summed, its squares, and that of the newest RECENT_STEPS alone. */
export interface DemandSums {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  readonly recent: number;
}

/** Sums of known demand. O(n). */
export function sumDemand(known: Float64Array): DemandSums {
  let [sum, squares] = [0, 0];
  for (let t = 0; t < known.length; t++) {
    sum += known[t];
    squares += known[t] * known[t];
  }
  const recent = known.subarray(-RECENT_STEPS).reduce((units, each) => units + each, 0);
  return { count: known.length, sum, squares, recent };
}

/** Of a step; 0 where nothing is known. O(1). */
export function varianceOf({ count, sum, squares }: DemandSums): number {
  return count === 0 ? 0 : Math.max(0, squares / count - (sum / count) ** 2);
}

/** Class of the demand described from `at` on; not steady where nothing is expected. O(1). */
export function classOfDemand(described: Float64Array, at: number): number {
  const expected = described[at + 2];
  const deviation = described[at + 3] ** 2 / (expected + described[at + 1]);
  return deviation <= STEADY_DEVIATION * expected ? STEADY : UNSTEADY;
}

/** The level of the demand described from `at` on, never below 0 nor above the ceiling (see steadyCeiling). */
export function stockLevel(described: Float64Array, at: number, rule: StockRule, ceiling = Infinity): number {
  let level = 0;
  const from = rule.length > LEVEL_TERMS ? classOfDemand(described, at) * LEVEL_TERMS : 0;
  for (let term = 0; term < LEVEL_TERMS; term++) level += described[at + term] * rule[from + term];
  return Math.min(ceiling, Math.max(0, level));
}
