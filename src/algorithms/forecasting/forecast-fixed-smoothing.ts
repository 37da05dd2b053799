import { requireBetween } from "../require-numbers.ts";
import type { Forecast } from "./forecast.ts";

/** Values whose mean is the first level. */
const FIRST_VALUES = 8;

/**
 * Simple exponential smoothing with a given weight: level ← level + α (y − level), the same level for every step ahead.
 *
 * For many short, noisy series one α for all of them, chosen on held-out data, beats fitting each its own.
 * The deviation is that of the one-step errors after the first values, times √(1 + (h − 1) α²); 0 for a single value.
 *
 * Input: at least one finite value, α in [0, 1]. O(n + horizon). Errors: `ALGORITHM_INPUT_INVALID` for α out of range.
 * Source: Brown (1959); variance from Hyndman et al. (2008), ETS(A,N,N).
 */
export function forecastFixedSmoothing(series: Float64Array, horizon: number, alpha: number): Forecast {
  requireBetween(alpha, 0, 1, "alpha");
  let level = firstLevel(series);
  let squares = 0;
  for (let t = 0; t < series.length; t++) {
    const error = series[t] - level;
    squares += error * error;
    level += alpha * error;
  }
  const variance = series.length > 1 ? squares / (series.length - 1) : 0;
  const deviation = new Float64Array(horizon);
  for (let step = 0; step < horizon; step++) deviation[step] = Math.sqrt(variance * (1 + step * alpha * alpha));
  return { mean: new Float64Array(horizon).fill(level), deviation };
}

/** The level of `forecastFixedSmoothing` alone, for those who try many weights on many series. O(n), no allocation. */
export function smoothLevel(series: Float64Array, alpha: number): number {
  let level = firstLevel(series);
  for (let t = 0; t < series.length; t++) level += alpha * (series[t] - level);
  return level;
}

function firstLevel(series: Float64Array): number {
  const count = Math.min(FIRST_VALUES, series.length);
  let level = 0;
  for (let t = 0; t < count; t++) level += series[t] / count;
  return level;
}
