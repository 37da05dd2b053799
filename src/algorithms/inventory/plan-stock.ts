import { requireAtLeast } from "../require-numbers.ts";
import { describeDemand, LEVEL_TERMS, stockLevel, sumDemand, type StockRule } from "./stock-level.ts";
import { steadyCeiling } from "./steady-ceiling.ts";
import type { StockTerms } from "./stock-terms.ts";

/** Levels of one product, in units. */
export interface StockPlan {
  /** Expected demand over the lead time. */
  readonly leadTimeDemand: number;
  /** At a review, order when stock and orders under way are at or below this; it covers lead time and review. */
  readonly reorderPoint: number;
  readonly orderUpTo: number;
  /** What the reorder point holds beyond the demand expected over lead time and review. */
  readonly safetyStock: number;
}

/**
 * Levels (s, S) of a periodic review from known demand, expected demand a step, a calibrated rule and the lot that orders
 * should at least have (0: as much as is missing): s meets the target if an order is placed at every review; what a lot has
 * beyond one review's demand is added to S. O(n). Errors: negative or non-finite numbers.
 */
export function planStock(
  known: Float64Array,
  expectedPerStep: number,
  rule: StockRule,
  terms: StockTerms,
  lotSize = 0,
): StockPlan {
  requireAtLeast(expectedPerStep, 0, "expectedPerStep");
  requireAtLeast(lotSize, 0, "lotSize");
  const protection = terms.leadTimeSteps + terms.reviewSteps;
  const expected = expectedPerStep * protection;
  const described = new Float64Array(LEVEL_TERMS);
  const sums = sumDemand(known);
  describeDemand(sums, expected, protection, described, 0);
  const reorderPoint = stockLevel(described, 0, rule, steadyCeiling(known, sums, expected, terms));
  return {
    leadTimeDemand: expectedPerStep * terms.leadTimeSteps,
    reorderPoint,
    orderUpTo: reorderPoint + Math.max(0, lotSize - expectedPerStep * terms.reviewSteps),
    safetyStock: reorderPoint - expected,
  };
}
