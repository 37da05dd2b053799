import { fitLevel } from "./fit-level.ts";

/** Simple exponential smoothing with the best weight and first level of the series. O(n). Source: Brown (1959). */
export function forecastLevel(train: Float64Array, _period: number, horizon: number): Float64Array {
  return new Float64Array(horizon).fill(fitLevel(train).level);
}
