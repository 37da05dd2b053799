import { layOutPast } from "./assortment-past.ts";
import { fitLevelRules } from "./fit-level-rules.ts";
import { describeDemand, LEVEL_TERMS, stockLevel, type DemandSums, type StockRule } from "./stock-level.ts";
import { collectOutcomes, ORIGINS } from "./stock-outcomes.ts";
import type { StockTerms } from "./stock-terms.ts";

/** Demand over a lead time by its chances, for every product of an assortment. */
export interface LeadTimeDemand {
  readonly leadTimeSteps: number;
  /** Rules of the levels that demand stays below with the chances of `CHANCES`. */
  readonly rules: readonly StockRule[];
}

/** Chances with which demand stays below what the rules say. */
export const CHANCES = [0.03, 0.1, 0.3, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99] as const;
/** An assortment beyond this is fitted on an even sample of it. */
const MAX_PRODUCTS = 4000;
/** Fewer stretches say nothing about chances of one in a hundred. */
const LEAST_OUTCOMES = 400;

/**
 * Quantiles of the demand between an order and its receipt, fitted on the last stretches of all products' past together;
 * undefined where they are too few. No distribution is assumed; the lead time's deviation enters as in `collectOutcomes`.
 * O(products · steps + chances · cost of a fit). See fitLevelQuantile.
 */
export function fitLeadTimeDemand(
  histories: readonly Float64Array[],
  expect: (known: Float64Array) => number,
  terms: StockTerms,
): LeadTimeDemand | undefined {
  if (!(terms.leadTimeSteps > 0)) return undefined;
  const stride = Math.max(1, Math.ceil(histories.length / MAX_PRODUCTS));
  const sample = histories.filter((_, at) => at % stride === 0);
  const waiting = { ...terms, reviewSteps: 0 };
  const longest = Math.ceil(terms.leadTimeSteps + 2 * terms.leadTimeDeviationSteps);
  const past = layOutPast(sample, expect, waiting, ORIGINS + longest + 1);
  const outcomes = collectOutcomes(past, waiting, past.steps - 1);
  if (outcomes.count < LEAST_OUTCOMES) return undefined;
  const rules = fitLevelRules(outcomes, CHANCES);
  return { leadTimeSteps: terms.leadTimeSteps, rules };
}

/** What a product's demand over the lead time stays below with each of `CHANCES`. Expected demand is a step's. O(chances). */
export function readQuantiles(
  { leadTimeSteps, rules }: LeadTimeDemand,
  sums: DemandSums,
  expectedPerStep: number,
): Float64Array {
  const described = new Float64Array(LEVEL_TERMS);
  describeDemand(sums, expectedPerStep * leadTimeSteps, leadTimeSteps, described, 0);
  let level = 0;
  // Quantiles of separate fits may cross; the higher one counts.
  return Float64Array.from(rules, (rule) => (level = Math.max(level, stockLevel(described, 0, rule))));
}
