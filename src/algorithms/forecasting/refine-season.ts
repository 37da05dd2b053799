import { type AdjustedSeries, divideBy } from "./seasonal-adjustment.ts";
import { shrinkIndices, shrunkIndices } from "./shrink-season.ts";

/** Weight of a cycle beside the next newer one. */
const RECENCY = 0.85;
/** Cycles on either side that the trend of the second pass sees. */
const TREND_CYCLES = 1.5;

/** Seasonal adjustment by refined indices; as it is where there are none. O(n · period). */
export function adjustRefinedSeason(train: Float64Array, period: number): AdjustedSeries {
  return divideBy(train, refinedIndices(train, period));
}

/**
 * Seasonal indices in two passes. The first, shrunk, leave half a cycle at each end without a trend and count all cycles alike. The
 * second takes the trend of the series adjusted by the first: a triangular mean three cycles wide, cut off at the ends, so that the newest
 * values have ratios too. The ratios of each phase are averaged, older cycles weighing less, and shrunk as the first are.
 * The first stand where the second are not all above 0; undefined where there are no first. O(n · period).
 * Source: the second pass of census methods; Miller and Williams (2003) for the shrinkage.
 */
export function refinedIndices(train: Float64Array, period: number): Float64Array | undefined {
  const first = shrunkIndices(train, period);
  if (first === undefined) return undefined;
  const trend = smoothTriangular(divideBy(train, first).adjusted, Math.round(TREND_CYCLES * period));
  const ratios = train.map((value, t) => value / trend[t]);
  const sums = new Float64Array(period);
  const weights = new Float64Array(period);
  let squaredWeights = 0;
  ratios.forEach((ratio, t) => {
    const weight = RECENCY ** ((ratios.length - 1 - t) / period);
    sums[t % period] += weight * ratio;
    weights[t % period] += weight;
    if (t % period === 0) squaredWeights += weight * weight;
  });
  const raw = sums.map((sum, phase) => sum / weights[phase]);
  const mean = raw.reduce((sum, value) => sum + value, 0) / period;
  const indices = raw.map((value) => value / mean);
  if (!(mean > 0 && indices.every((index) => index > 1e-6 && Number.isFinite(index)))) return first;
  return shrinkIndices(indices, ratios, 0, weights[0] ** 2 / squaredWeights);
}

/** Mean of the values up to `reach` away, weights falling evenly to 0 at one further; fewer at the ends. By running sums, O(n). */
function smoothTriangular(values: Float64Array, reach: number): Float64Array {
  const n = values.length;
  const span = reach + 1;
  const sums = new Float64Array(n + 1);
  const moments = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) {
    sums[t + 1] = sums[t] + values[t];
    moments[t + 1] = moments[t] + t * values[t];
  }
  return values.map((_, t) => {
    const from = Math.max(0, t - reach);
    const to = Math.min(n, t + span);
    const [before, after] = [t - from, to - 1 - t];
    const left = (span - t) * (sums[t + 1] - sums[from]) + (moments[t + 1] - moments[from]);
    const right = (span + t) * (sums[to] - sums[t + 1]) - (moments[to] - moments[t + 1]);
    const weight = span * (before + after + 1) - (before * (before + 1) + after * (after + 1)) / 2;
    return (left + right) / weight;
  });
}
