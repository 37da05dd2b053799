import { fitLevel } from "./fit-level.ts";
import { fitLine } from "./fit-line.ts";

/**
 * Classic Theta with θ = 2: the mean of the least-squares line and of simple smoothing of twice the series less that line.
 * Wrap it in `withSeasonalAdjustment` for seasonal series. O(n).
 * Source: Assimakopoulos and Nikolopoulos (2000); M4 benchmark code (Theta.classic).
 */
export function forecastTheta(train: Float64Array, _period: number, horizon: number): Float64Array {
  const n = train.length;
  const { start, slope } = fitLine(train);
  const line = (time: number): number => start + slope * time;
  const { level } = fitLevel(train.map((value, t) => 2 * value - line(t)));
  return Float64Array.from({ length: horizon }, (_, step) => 0.5 * (level + line(n + step)));
}
