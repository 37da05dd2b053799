import type { Elasticity, PriceHistory } from "./estimate-elasticity.ts";
import { fitTweedieRegression } from "./fit-tweedie-regression.ts";

/** Why it cannot be told how a product answers to the prices of its category. */
export type CrossRefusal =
  | "too-few-periods"
  | "too-few-units"
  | "category-unknown"
  | "category-too-small"
  | "other-prices-never-varied";

/** Deviations of log price below which a price counts as never changed: of the product, and of the mean of many others. */
const LEAST_OWN_VARIATION = 0.02;
const LEAST_REST_VARIATION = 0.01;
const LEAST_PERIODS = 26;
const LEAST_UNITS = 20;

/**
 * How demand for a product answers to the mean price of the other products of its category: quasi-Poisson regression of units
 * on both log prices, so that what its own price does is not laid at the others' door. Above 0: substitutes.
 *
 * Input: the product's history; `rest`, the mean log price of the others in the same periods, each less its own mean.
 * The season must not come from the category itself: it would hide what its prices do. Says why where the history cannot tell.
 * O(periods). Errors: those of fitTweedieRegression.
 */
export function estimateCrossElasticity(history: PriceHistory, rest: Float64Array): Elasticity | CrossRefusal {
  const { units, price, season } = history;
  if (units.length < LEAST_PERIODS) return "too-few-periods";
  if (units.reduce((sum, value) => sum + value, 0) < LEAST_UNITS) return "too-few-units";
  const others = centre(rest);
  if (deviationOf(others) < LEAST_REST_VARIATION) return "other-prices-never-varied";
  const own = centre(price.map(Math.log));
  const ones = new Float64Array(units.length).fill(1);
  const columns = deviationOf(own) < LEAST_OWN_VARIATION ? [ones, others] : [ones, others, own];
  const { coefficients, errors } = fitTweedieRegression(units, columns, season, { power: 1 });
  return { elasticity: coefficients[1], error: errors[1] };
}

function centre(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function deviationOf(centred: Float64Array): number {
  return Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / centred.length);
}
