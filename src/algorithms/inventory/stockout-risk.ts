import { layOutPast } from "./assortment-past.ts";
import { fitLevelQuantile } from "./fit-level-quantile.ts";
import { describeDemand, LEVEL_TERMS, stockLevel, type DemandSums, type StockRule } from "./stock-level.ts";
import { collectOutcomes, ORIGINS } from "./stock-outcomes.ts";
import type { StockTerms } from "./stock-terms.ts";

/** Demand over a lead time by its chances, for every product of an assortment. */
export interface LeadTimeDemand {
  readonly leadTimeSteps: number;
  /** Rules of the levels that demand stays below with the chances of `CHANCES`. */
  readonly rules: readonly StockRule[];
}

export interface StockoutRisk {
  /** Probability that demand until the next delivery is more than there is. */
  readonly probability: number;
  /** Units expected to be asked for then and not there. */
  readonly shortage: number;
}

const CHANCES = [0.1, 0.3, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99] as const;
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
  let last: StockRule | undefined;
  const rules = CHANCES.map((chance) => (last = fitLevelQuantile(outcomes, chance, last)));
  return { leadTimeSteps: terms.leadTimeSteps, rules };
}

/**
 * What a product risks until the next delivery with so many units there, from its quantiles: straight between them, an
 * exponential tail beyond the last. O(chances). Expected demand is a step's.
 */
export function assessStockout(
  demand: LeadTimeDemand,
  sums: DemandSums,
  expectedPerStep: number,
  units: number,
): StockoutRisk {
  const { leadTimeSteps, rules } = demand;
  const described = new Float64Array(LEVEL_TERMS);
  describeDemand(sums, expectedPerStep * leadTimeSteps, leadTimeSteps, described, 0);
  const there = Math.max(0, units);
  let [probability, shortage] = [0, 0];
  let [level, above] = [0, 1];
  let slope = 1;
  CHANCES.forEach((chance, at) => {
    // Quantiles of separate fits may cross; the higher one counts.
    const next = Math.max(level, stockLevel(described, 0, rules[at]));
    const left = 1 - chance;
    if (next > level) slope = (next - level) / Math.log(above / left);
    if (there >= level && there < next) {
      probability = above + ((there - level) / (next - level)) * (left - above);
      shortage += ((next - there) * (probability + left)) / 2;
    } else if (there < level) {
      shortage += ((next - level) * (above + left)) / 2;
    }
    level = next;
    above = left;
  });
  const scale = level > 0 ? slope : 0;
  const tail = above * (there > level ? Math.exp(-(there - level) / Math.max(scale, Number.MIN_VALUE)) : 1);
  if (there >= level) probability = scale > 0 ? tail : 0;
  return { probability, shortage: shortage + tail * scale };
}
