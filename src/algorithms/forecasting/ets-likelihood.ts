import type { EtsForm } from "./ets-form.ts";

/** Places of the values in a parameter vector; the first season's `period` values follow, that of the first step first. */
export const ALPHA = 0;
export const BETA = 1;
export const GAMMA = 2;
export const PHI = 3;
export const LEVEL = 4;
export const TREND = 5;
export const SEASON = 6;

/** A divisor below this counts as 0, and the quotient as `HUGE`. */
const TOLERANCE = 1e-10;
const HUGE = 1e10;
/** Logarithms are taken of products that are this far from overflow. */
const LARGEST_PRODUCT = 1e200;

export interface EtsObjective {
  /** n log Σ e² (+ 2 Σ log |ŷ| for multiplicative errors); +Infinity where it is not finite. */
  readonly evaluate: (parameters: Float64Array) => number;
  /** State after the last observation of the latest evaluation, laid out like the parameters. */
  readonly lastState: () => Float64Array;
}

/**
 * Likelihood of an exponential smoothing model.
 *
 *     q = l + φ b     ŷ = q | q + s | q s     p = y | y − s | y / s     t = y − q | y / q
 *     l ← q + α (p − q)     b ← φ b + β (p − q)     s ← s + γ (t − s)
 *
 * O(n), no allocation. Source: Hyndman et al. (2008), chapters 2 and 5; what happens at divisors of 0 is R's.
 */
export function createEtsObjective(series: Float64Array, period: number, form: EtsForm): EtsObjective {
  const n = series.length;
  const isRelative = form.error === "M";
  const state = new Float64Array(SEASON + period);
  const season = state.subarray(SEASON);
  const run =
    form.season === "M"
      ? (parameters: Float64Array): number => runMultiplicative(series, parameters, state, season)
      : (parameters: Float64Array): number => runAdditive(series, parameters, state, season, isRelative);
  return {
    evaluate: (parameters) => {
      state.set(parameters);
      const logs = run(parameters);
      const squares = state[ALPHA];
      state[ALPHA] = parameters[ALPHA];
      const value = n * Math.log(squares) + 2 * logs;
      return Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.max(value, -HUGE);
    },
    lastState: () => state.slice(),
  };
}

/** No season (period 1, γ = 0) or an additive one. Leaves Σ e² at `ALPHA` of the state; returns Σ log |ŷ| for relative errors, else 0. */
function runAdditive(
  series: Float64Array,
  parameters: Float64Array,
  state: Float64Array,
  season: Float64Array,
  isRelative: boolean,
): number {
  const [alpha, beta, gamma, phi] = parameters;
  const period = season.length;
  let [level, trend, squares, logs, product, at] = [parameters[LEVEL], parameters[TREND], 0, 0, 1, 0];
  for (let t = 0; t < series.length; t++) {
    const drift = phi * trend;
    const q = level + drift;
    const s = season[at];
    const rest = series[t] - s - q;
    if (isRelative) {
      const mean = q + s;
      const error = rest / mean;
      squares += error * error;
      product *= mean;
      if (isExtreme(product)) {
        logs += logSize(product);
        product = 1;
      }
    } else squares += rest * rest;
    level = q + alpha * rest;
    trend = drift + beta * rest;
    season[at] = s + gamma * rest;
    at = at + 1 === period ? 0 : at + 1;
  }
  state[LEVEL] = level;
  state[TREND] = trend;
  state[ALPHA] = squares;
  return isRelative ? logs + logSize(product) : 0;
}

/** Multiplicative error and season; see `runAdditive`. */
function runMultiplicative(
  series: Float64Array,
  parameters: Float64Array,
  state: Float64Array,
  season: Float64Array,
): number {
  const [alpha, beta, gamma, phi] = parameters;
  const period = season.length;
  let [level, trend, squares, logs, product, at] = [parameters[LEVEL], parameters[TREND], 0, 0, 1, 0];
  for (let t = 0; t < series.length; t++) {
    const y = series[t];
    const drift = phi * trend;
    const q = level + drift;
    const s = season[at];
    const mean = q * s;
    const error = (y - mean) / mean;
    squares += error * error;
    product *= mean;
    if (isExtreme(product)) {
      logs += logSize(product);
      product = 1;
    }
    const move = (s < TOLERANCE && s > -TOLERANCE ? HUGE : y / s) - q;
    level = q + alpha * move;
    trend = drift + beta * move;
    season[at] = s + gamma * ((q < TOLERANCE && q > -TOLERANCE ? HUGE : y / q) - s);
    at = at + 1 === period ? 0 : at + 1;
  }
  state[LEVEL] = level;
  state[TREND] = trend;
  state[ALPHA] = squares;
  return logs + logSize(product);
}

/** Whether the logarithm must be taken before the product can go on; also where it is 0 or not a number. */
function isExtreme(product: number): boolean {
  const size = product < 0 ? -product : product;
  return !(size < LARGEST_PRODUCT && size > 1 / LARGEST_PRODUCT);
}

function logSize(product: number): number {
  return Math.log(Math.abs(product) || 1e-8);
}
