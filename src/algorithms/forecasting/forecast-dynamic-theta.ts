import { fitLine } from "./fit-line.ts";
import type { ForecastFunction } from "./forecast-function.ts";
import { forecastLevel } from "./forecast-level.ts";

/** Smoothing weights tried, then refined between the neighbours of the best. */
const GRID = [0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.92, 0.99];
const ROUNDS = 4;
/** Share of the line, 1 − 1/θ: 0 is simple smoothing, ½ the classic θ = 2. */
const LARGEST_SHARE = 0.9999;
const CLASSIC_SHARE = 0.5;
/** Errors of the first steps, where the running line means little, are not counted. */
const WARM_UP = 3;
/** Shorter series get simple smoothing: three values are fitted. */
const SHORTEST = 6;

/** Intercept and slope of the line known before each step, and after the last. */
interface Lines {
  readonly intercepts: Float64Array;
  readonly slopes: Float64Array;
}

/**
 * Optimised Theta: the weight α, the first level and θ ≥ 1 by least squares, around the line through the whole series.
 *
 *     ŷ_t = l + (1 − 1/θ) d_t     d_t = (1 − α)^(t−1) A + B (1 − (1 − α)^t) / α     l ← l + α (y_t − l)
 *
 * The errors are linear in the first level and in 1 − 1/θ, so only α is searched. O(30 n).
 * Source: Fiorucci et al. (2016), OTM.
 */
export const forecastOptimisedTheta: ForecastFunction = (train, _period, horizon) => {
  const { start, slope } = fitLine(train);
  const size = train.length + 1;
  const lines = { intercepts: new Float64Array(size).fill(start - slope), slopes: new Float64Array(size).fill(slope) };
  return forecastFrom(train, lines, horizon, false);
};

/** Dynamic optimised Theta: the same around the line through the values so far, updated at every step. O(30 n). */
export const forecastDynamicTheta: ForecastFunction = (train, _period, horizon) =>
  forecastFrom(train, runningLines(train), horizon, true);

function forecastFrom(train: Float64Array, lines: Lines, horizon: number, isDynamic: boolean): Float64Array {
  if (train.length < SHORTEST) return forecastLevel(train, 1, horizon);
  let best = fitAt(train, lines, GRID[0]);
  let [low, high] = [GRID[0], GRID[1]];
  GRID.forEach((alpha, i) => {
    const fit = fitAt(train, lines, alpha);
    if (fit.squaredError < best.squaredError) {
      best = fit;
      [low, high] = [GRID[i - 1] ?? alpha, GRID[i + 1] ?? alpha];
    }
  });
  for (let round = 0; round < ROUNDS; round++) {
    const third = (high - low) / 4;
    for (const alpha of [low + third, low + 2 * third, low + 3 * third]) {
      const fit = fitAt(train, lines, alpha);
      if (fit.squaredError < best.squaredError) best = fit;
    }
    [low, high] = [Math.max(low, best.alpha - third), Math.min(high, best.alpha + third)];
  }

  // A step ahead is taken as if it were observed, so the level and the running line move with the forecast.
  const n = train.length;
  const { alpha, share } = best;
  let { level } = best;
  let intercept = lines.intercepts[n];
  let slope = lines.slopes[n];
  let mean = train.reduce((sum, value) => sum + value, 0) / n;
  return Float64Array.from({ length: horizon }, (_, step) => {
    const time = n + step + 1;
    const value = level + share * lineDistance(alpha, time, intercept, slope);
    level += alpha * (value - level);
    if (isDynamic) {
      slope = ((time - 2) * slope + (6 / time) * (value - mean)) / (time + 1);
      mean += (value - mean) / time;
      intercept = mean - (slope * (time + 1)) / 2;
    }
    return value;
  });
}

function lineDistance(alpha: number, time: number, intercept: number, slope: number): number {
  const decay = (1 - alpha) ** (time - 1);
  return decay * intercept + (slope * (1 - decay * (1 - alpha))) / alpha;
}

/** Least-squares line through the first t values, for every t; zeros before the first value. O(n). */
function runningLines(series: Float64Array): Lines {
  const intercepts = new Float64Array(series.length + 1);
  const slopes = new Float64Array(series.length + 1);
  let [mean, slope] = [0, 0];
  for (let time = 1; time <= series.length; time++) {
    const value = series[time - 1];
    slope = time === 1 ? 0 : ((time - 2) * slope + (6 / time) * (value - mean)) / (time + 1);
    mean += (value - mean) / time;
    slopes[time] = slope;
    intercepts[time] = mean - (slope * (time + 1)) / 2;
  }
  return { intercepts, slopes };
}

/** Best first level and share of the line for one weight, by the normal equations; the share is held in its bounds. */
function fitAt(
  series: Float64Array,
  { intercepts, slopes }: Lines,
  alpha: number,
): { readonly alpha: number; readonly share: number; readonly level: number; readonly squaredError: number } {
  const n = series.length;
  const skipped = n > 2 * WARM_UP ? WARM_UP : 0;
  const origin = series[0];
  let [uu, uv, vv, ue, ve, ee] = [0, 0, 0, 0, 0, 0];
  let level = 0;
  let decay = 1;
  for (let t = 0; t < n; t++) {
    const error = series[t] - origin - level;
    const v = decay * intercepts[t] + (slopes[t] * (1 - decay * (1 - alpha))) / alpha;
    if (t >= skipped) {
      uu += decay * decay;
      uv += decay * v;
      vv += v * v;
      ue += decay * error;
      ve += v * error;
      ee += error * error;
    }
    level += alpha * error;
    decay *= 1 - alpha;
  }
  const determinant = uu * vv - uv * uv;
  const raw = determinant > 1e-9 * uu * vv ? (uu * ve - uv * ue) / determinant : CLASSIC_SHARE;
  const share = Math.min(LARGEST_SHARE, Math.max(0, raw));
  const first = uu > 1e-12 ? (ue - share * uv) / uu : 0;
  return {
    alpha,
    share,
    level: origin + level + first * decay,
    squaredError:
      ee - 2 * first * ue - 2 * share * ve + first * first * uu + 2 * first * share * uv + share * share * vv,
  };
}
