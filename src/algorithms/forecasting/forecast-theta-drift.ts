import { fitLevel } from "./fit-level.ts";
import { fitLine } from "./fit-line.ts";

/**
 * Theta as simple smoothing with drift: the weight fitted to the series itself, and half the slope of its least-squares
 * line added a step. Equal to the classic method for equal weights. O(n).
 * Source: Hyndman and Billah (2003); R's `thetaf`.
 */
export function forecastThetaDrift(train: Float64Array, _period: number, horizon: number): Float64Array {
  const { alpha, level } = fitLevel(train);
  const drift = fitLine(train).slope / 2;
  const lag = (1 - (1 - alpha) ** train.length) / alpha;
  return Float64Array.from({ length: horizon }, (_, step) => level + drift * (step + lag));
}
