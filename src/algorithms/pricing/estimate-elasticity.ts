import { fitPoissonRegression } from "./fit-poisson-regression.ts";

/** What a product sold at which price, a period after the other. */
export interface PriceHistory {
  readonly units: Float64Array;
  /** Above 0; the price asked, also in periods without a sale. */
  readonly price: Float64Array;
  /** Log of how much the season moves demand in each period; 0 for none. */
  readonly season: Float64Array;
}

export interface Elasticity {
  /** d log demand / d log price. */
  readonly elasticity: number;
  readonly error: number;
}

/** Deviation of log price below which a price is taken as never changed: 2 %. */
const LEAST_VARIATION = 0.02;
const LEAST_PERIODS = 12;
const LEAST_UNITS = 10;

/** Why an own elasticity cannot be told. */
export type Refusal = "too-few-periods" | "too-few-units" | "price-never-varied";

/**
 * A product's own elasticity: quasi-Poisson regression of units on log price, with the season as offset, so that periods
 * without a sale count. Says why where the history cannot tell. O(periods). Errors: those of fitPoissonRegression.
 */
export function estimateElasticity(history: PriceHistory): Elasticity | Refusal {
  const { units, price, season } = history;
  if (units.length < LEAST_PERIODS) return "too-few-periods";
  if (units.reduce((sum, value) => sum + value, 0) < LEAST_UNITS) return "too-few-units";
  const logs = price.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length;
  if (Math.sqrt(variance) < LEAST_VARIATION) return "price-never-varied";
  const centred = logs.map((value) => value - mean);
  const ones = new Float64Array(units.length).fill(1);
  const { coefficients, errors } = fitPoissonRegression(units, [ones, centred], season);
  return { elasticity: coefficients[1], error: errors[1] };
}
