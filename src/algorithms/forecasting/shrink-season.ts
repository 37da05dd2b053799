import { seasonalIndices, trendRatios } from "./seasonal-adjustment.ts";

/** Cycles without which indices are not estimated. */
const LEAST_CYCLES = 3;

/**
 * Seasonal indices without a test: those of the classical multiplicative decomposition are drawn towards 1, the more the noise about
 * them is beside their spread, so that a weak season is taken off in part where a test takes all or nothing.
 * Undefined for a series shorter than three cycles, or with an index that is not above 0. O(n · period).
 * Source: Miller and Williams (2003), shrinkage of seasonal factors after James and Stein (1961), the positive part.
 */
export function shrunkIndices(train: Float64Array, period: number): Float64Array | undefined {
  if (period < 2 || train.length < LEAST_CYCLES * period) return undefined;
  const indices = seasonalIndices(train, period);
  if (indices === undefined) return undefined;
  const ratios = trendRatios(train, period);
  return shrinkIndices(indices, ratios, period >> 1, ratios.length / period);
}

/**
 * 1 + w (index − 1) a phase with w = 1 − (m − 3) σ² / Σ (index − 1)², at least 0, where σ² is the variance of an index as the mean
 * of `cycles` ratios to the trend; the first ratio is that of `firstPhase`. Up to three phases nothing is shrunk. O(ratios).
 */
export function shrinkIndices(
  indices: Float64Array,
  ratios: Float64Array,
  firstPhase: number,
  cycles: number,
): Float64Array {
  const period = indices.length;
  const spread = indices.reduce((sum, index) => sum + (index - 1) ** 2, 0);
  const residual = ratios.reduce((sum, ratio, at) => sum + (ratio - indices[(firstPhase + at) % period]) ** 2, 0);
  const noise = residual / Math.max(1, ratios.length - period) / cycles;
  const share = spread > 0 ? Math.max(0, 1 - (Math.max(0, period - 3) * noise) / spread) : 0;
  return indices.map((index) => 1 + share * (index - 1));
}
