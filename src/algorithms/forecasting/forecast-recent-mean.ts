import { requireInteger } from "../require-numbers.ts";
import type { Forecast } from "./forecast.ts";

/**
 * The mean of the last `window` values (of all, when there are fewer; 0 for none) for every step ahead.
 * The deviation is that of a new value around the mean of its window, s·√(1 + 1/n). O(window + horizon).
 */
export function forecastRecentMean(series: Float64Array, horizon: number, window: number): Forecast {
  requireInteger(window, 1, 10_000, "window");
  const recent = series.subarray(Math.max(0, series.length - window));
  const count = recent.length;
  const mean = count === 0 ? 0 : recent.reduce((sum, value) => sum + value, 0) / count;
  const squares = recent.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = count > 1 ? squares / (count - 1) : 0;
  return {
    mean: new Float64Array(horizon).fill(mean),
    deviation: new Float64Array(horizon).fill(count === 0 ? 0 : Math.sqrt(variance * (1 + 1 / count))),
  };
}
