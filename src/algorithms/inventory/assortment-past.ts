import { classOfDemand, describeDemand, LEVEL_TERMS, RECENT_STEPS } from "./stock-level.ts";
import { steadyCeiling } from "./steady-ceiling.ts";
import type { StockTerms } from "./stock-terms.ts";

/** The past of an assortment by step; arrays hold a row of all products a step, oldest first. */
export interface AssortmentPast {
  readonly products: number;
  readonly steps: number;
  /** Demand of the step; 0 before a product's first. */
  readonly demand: Float64Array;
  /** Demand of all steps before; one row more than steps. */
  readonly before: Float64Array;
  /** Steps known of each product at the end of the step. */
  readonly known: Int32Array;
  /** `describeDemand` as it stood at the end of the step; zeros before `from`. */
  readonly described: Float64Array;
  /** `classOfDemand` of that. */
  readonly demandClass: Uint8Array;
  /** `steadyCeiling` of that. */
  readonly ceiling: Float64Array;
  /** First step that is described. */
  readonly from: number;
}

/**
 * Lays the histories side by side, aligned at their ends, and describes each product at the end of each step from `from` on
 * by what was known then: nothing later enters. O(products · steps) and a call of `expect` a product and described step.
 */
export function layOutPast(
  histories: readonly Float64Array[],
  expect: (known: Float64Array) => number,
  terms: StockTerms,
  describedSteps: number,
): AssortmentPast {
  const products = histories.length;
  const steps = histories.reduce((longest, history) => Math.max(longest, history.length), 0);
  const from = Math.max(0, steps - describedSteps);
  const protection = terms.leadTimeSteps + terms.reviewSteps;
  const demand = new Float64Array(steps * products);
  const before = new Float64Array((steps + 1) * products);
  const known = new Int32Array(steps * products);
  const described = new Float64Array(steps * products * LEVEL_TERMS);
  const demandClass = new Uint8Array(steps * products);
  const ceiling = new Float64Array(steps * products);
  for (let product = 0; product < products; product++) {
    const history = histories[product];
    const late = steps - history.length;
    let [sum, squares, recent] = [0, 0, 0];
    for (let t = late; t < steps; t++) {
      const units = history[t - late];
      const at = t * products + product;
      sum += units;
      squares += units * units;
      recent += units - (history[t - late - RECENT_STEPS] ?? 0);
      demand[at] = units;
      before[at + products] = sum;
      known[at] = t - late + 1;
      if (t < from) continue;
      const expected = Math.max(0, expect(history.subarray(0, known[at]))) * protection;
      const sums = { count: known[at], sum, squares, recent };
      describeDemand(sums, expected, protection, described, at * LEVEL_TERMS);
      demandClass[at] = classOfDemand(described, at * LEVEL_TERMS);
      ceiling[at] = steadyCeiling(history, sums, expected, terms);
    }
  }
  return { products, steps, demand, before, known, described, demandClass, ceiling, from };
}

/** Demand of a product from step `begin` up to a later time; within a step it counts as even. */
export function demandBetween(past: AssortmentPast, product: number, begin: number, until: number): number {
  const whole = Math.min(Math.floor(until), past.steps);
  const rest = until - whole;
  const at = (step: number): number => past.before[step * past.products + product];
  const part = rest > 0 && whole < past.steps ? rest * (at(whole + 1) - at(whole)) : 0;
  return at(whole) + part - at(begin);
}
