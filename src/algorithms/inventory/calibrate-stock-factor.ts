import { requireAtLeast, requireShare } from "../require-numbers.ts";
import { demandSpread, stockLevel } from "./stock-level.ts";
import { leadTimeNodes, type StockTerms } from "./stock-terms.ts";

/** A stretch of the past: what was expected of it and what came, in units. */
interface Outcome {
  readonly weight: number;
  /** Expected over lead time and review, and how uncertain that is. */
  readonly expected: number;
  readonly spread: number;
  /** Demand over the lead time, and over lead time and review. */
  readonly lead: number;
  readonly leadAndReview: number;
}

/** Stretches of each history that judge; with weekly steps a quarter of a year. */
const ORIGINS = 13;
/** Steps that must be known before a stretch for it to judge: less says nothing about levels to come. */
const MIN_KNOWN = 8;
const LOWEST = -1;
const HIGHEST = 100;
const HALVINGS = 40;

/**
 * The factor of `stockLevel` with which the assortment as a whole would have met its target over the last stretches of its
 * own past: one number for all products, so that no product buys its last percent of service at any price.
 *
 * Input: demand a step for each product, oldest first; `expect`, the expected demand a step seen from the end of a given
 * beginning of a history; terms. Fill rate counts units: with backorders, (D_{L+R} − S)⁺ − (D_L − S)⁺ of D_{L+R} − D_L are
 * missed in a cycle. Cycle service counts stretches with demand. Nothing an origin could not know enters its level.
 * Output: the least such factor in [−1, 100]; undefined where no history is long enough to judge.
 * O(products · origins · (cost of expect + 40)). Errors: negative terms, a share outside (0, 1).
 * Source: split-conformal calibration (Vovk et al. 2005) on the loss of the decision instead of on the error of a forecast.
 */
export function calibrateStockFactor(
  histories: readonly Float64Array[],
  expect: (known: Float64Array) => number,
  terms: StockTerms,
): number | undefined {
  requireAtLeast(terms.leadTimeSteps, 0, "leadTimeSteps");
  requireAtLeast(terms.leadTimeDeviationSteps, 0, "leadTimeDeviationSteps");
  requireAtLeast(terms.reviewSteps, Number.MIN_VALUE, "reviewSteps");
  requireShare(terms.target.share, "share");
  const outcomes = histories.flatMap((history) => collectOutcomes(history, expect, terms));
  const total = outcomes.reduce((sum, outcome) => sum + weigh(outcome, terms), 0);
  if (total === 0) return undefined;
  const allowed = (1 - terms.target.share) * total;
  let [low, high] = [LOWEST, HIGHEST];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    let missed = 0;
    for (const outcome of outcomes)
      missed += miss(outcome, stockLevel(outcome.expected, outcome.spread, middle), terms);
    if (missed <= allowed) high = middle;
    else low = middle;
  }
  return high;
}

function collectOutcomes(history: Float64Array, expect: (known: Float64Array) => number, terms: StockTerms): Outcome[] {
  const sums = cumulate(history);
  return leadTimeNodes(terms).flatMap(({ steps, weight }) => {
    const protection = steps + terms.reviewSteps;
    const outcomes: Outcome[] = [];
    for (let origin = 0; origin < ORIGINS; origin++) {
      const begin = history.length - Math.ceil(protection) - origin;
      if (begin < MIN_KNOWN) break;
      const known = history.subarray(0, begin);
      // The level is set before it is known how long the order will take.
      const meanProtection = terms.leadTimeSteps + terms.reviewSteps;
      const expected = expect(known) * meanProtection;
      outcomes.push({
        weight,
        expected,
        spread: demandSpread(known, expected, meanProtection),
        lead: sumUntil(sums, begin + steps) - sums[begin],
        leadAndReview: sumUntil(sums, begin + protection) - sums[begin],
      });
    }
    return outcomes;
  });
}

function weigh({ weight, lead, leadAndReview }: Outcome, { target }: StockTerms): number {
  if (target.kind === "fill") return weight * (leadAndReview - lead);
  return leadAndReview > 0 ? weight : 0;
}

function miss({ weight, lead, leadAndReview }: Outcome, level: number, { target }: StockTerms): number {
  if (target.kind === "cycle") return leadAndReview > level ? weight : 0;
  return weight * (Math.max(0, leadAndReview - level) - Math.max(0, lead - level));
}

/** sums[t] = demand of the steps before t. */
function cumulate(history: Float64Array): Float64Array {
  const sums = new Float64Array(history.length + 1);
  for (let t = 0; t < history.length; t++) sums[t + 1] = sums[t] + history[t];
  return sums;
}

/** Demand before a fractional time; within a step it counts as even. */
function sumUntil(sums: Float64Array, time: number): number {
  const whole = Math.min(Math.floor(time), sums.length - 1);
  const rest = time - whole;
  return rest > 0 && whole + 1 < sums.length ? sums[whole] + rest * (sums[whole + 1] - sums[whole]) : sums[whole];
}
