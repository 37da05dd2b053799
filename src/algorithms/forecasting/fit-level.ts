export interface LevelFit {
  readonly alpha: number;
  readonly firstLevel: number;
  /** Level after the last observation: the forecast of every step. */
  readonly level: number;
  readonly squaredError: number;
}

const GRID = [0.0001, 0.02, 0.06, 0.12, 0.2, 0.3, 0.42, 0.55, 0.7, 0.85, 0.9999];
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const REFINEMENTS = 22;

/**
 * Simple exponential smoothing by least squares: α in [0.0001, 0.9999] by a grid and golden section around its best, the
 * first level in closed form, since the errors are linear in it. Needs one finite value. O(33 n), no allocation.
 * Source: Hyndman et al. (2008), ETS(A,N,N).
 */
export function fitLevel(series: Float64Array): LevelFit {
  let at = 0;
  let best = runLevel(series, GRID[0]);
  for (let i = 1; i < GRID.length; i++) {
    const fit = runLevel(series, GRID[i]);
    if (fit.squaredError < best.squaredError) [best, at] = [fit, i];
  }
  let [low, high] = [GRID[Math.max(0, at - 1)], GRID[Math.min(GRID.length - 1, at + 1)]];
  let left = runLevel(series, high - GOLDEN * (high - low));
  let right = runLevel(series, low + GOLDEN * (high - low));
  for (let round = 0; round < REFINEMENTS; round++) {
    if (left.squaredError <= right.squaredError) {
      high = right.alpha;
      right = left;
      left = runLevel(series, high - GOLDEN * (high - low));
    } else {
      low = left.alpha;
      left = right;
      right = runLevel(series, low + GOLDEN * (high - low));
    }
  }
  for (const fit of [left, right]) if (fit.squaredError < best.squaredError) best = fit;
  return best;
}

/** From a first level l the errors are e⁰ − l·w with w = (1 − α)^t; values are taken relative to the first one. */
function runLevel(series: Float64Array, alpha: number): LevelFit {
  const origin = series[0];
  let [level, weight, ee, ew, ww] = [0, 1, 0, 0, 0];
  for (let t = 0; t < series.length; t++) {
    const error = series[t] - origin - level;
    ee += error * error;
    ew += error * weight;
    ww += weight * weight;
    level += alpha * error;
    weight *= 1 - alpha;
  }
  const first = ew / ww;
  return {
    alpha,
    firstLevel: origin + first,
    level: origin + level + first * weight,
    squaredError: Math.max(0, ee - first * ew),
  };
}
