import { requireInteger } from "../require-numbers.ts";
import type { Forecast } from "./forecast.ts";

/**
 * Repeats the last period: with `period` 1 the last value (naive), else the value one season before (seasonal naive).
 *
 * A series shorter than the period repeats its last value; an empty one gives zeros.
 * The deviation grows with the root of the number of repeats, from the mean squared change over one period. O(n + h).
 */
export function forecastNaive(series: Float64Array, horizon: number, period = 1): Forecast {
  requireInteger(period, 1, 10_000, "period");
  const length = series.length;
  const lag = length >= period ? period : 1;
  let squares = 0;
  for (let t = lag; t < length; t++) squares += (series[t] - series[t - lag]) ** 2;
  const variance = length > lag ? squares / (length - lag) : 0;
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  for (let step = 0; step < horizon; step++) {
    mean[step] = length === 0 ? 0 : series[length - lag + (step % lag)];
    deviation[step] = Math.sqrt(variance * (1 + Math.floor(step / lag)));
  }
  return { mean, deviation };
}
