import type { EtsForm } from "./ets-form.ts";
import { ALPHA, BETA, GAMMA, LEVEL, PHI, SEASON, TREND } from "./ets-likelihood.ts";
import { estimateSeason } from "./estimate-season.ts";
import { fitLine } from "./fit-line.ts";

/** Bounds of α, β and γ, and of φ. */
export const WEIGHT_BOUNDS = [1e-4, 0.9999] as const;
export const PHI_BOUNDS = [0.8, 0.98] as const;
/** A multiplicative season is not below this at the start. */
const LEAST_INDEX = 0.01;

/**
 * Where the search for an exponential smoothing model starts: cautious weights, and the first state from a decomposition and
 * the first values (their mean, or a line through them). In the layout of the likelihood; all but the last season is free, the
 * first one makes their sum 0 or `period`. `period` is 1 without a season; a season needs more than one period of values.
 * O(n · period). Source: R's `ets` (`initparam`, `initstate`); Hyndman et al. (2008), 2.6.1.
 */
export function startEts(series: Float64Array, period: number, form: EtsForm): Float64Array {
  const start = new Float64Array(SEASON + period);
  const [low, high] = WEIGHT_BOUNDS;
  const alpha = low + (0.2 * (high - low)) / period;
  start[ALPHA] = alpha;
  start[PHI] = 1;
  if (form.trend !== "N") start[BETA] = low + 0.1 * (Math.min(high, alpha) - low);
  if (form.trend === "Ad") start[PHI] = PHI_BOUNDS[0] + 0.99 * (PHI_BOUNDS[1] - PHI_BOUNDS[0]);
  let adjusted = series;
  if (period > 1) {
    start[GAMMA] = low + 0.05 * (Math.min(high, 1 - alpha) - low);
    const isRatio = form.season === "M";
    const season = decompose(series, period, isRatio);
    adjusted = series.map((value, t) => (isRatio ? value / Math.max(season[t], LEAST_INDEX) : value - season[t]));
    setSeason(start, season.slice(0, period), isRatio);
  }
  const early = adjusted.subarray(0, Math.min(Math.max(10, 2 * period), adjusted.length));
  if (form.trend === "N") {
    start[LEVEL] = early.reduce((sum, value) => sum + value, 0) / early.length;
    return start;
  }
  // The line counts its steps from 1.
  const { start: first, slope } = fitLine(early);
  start[LEVEL] = first - slope;
  start[TREND] = slope;
  if (Math.abs(first) < 1e-8) {
    start[LEVEL] *= 1 + 1e-3;
    start[TREND] *= 1 - 1e-3;
  }
  return start;
}

/** Season at each step: of a classical decomposition, or, of fewer than three periods, the distance from a line beside one wave. */
function decompose(series: Float64Array, period: number, isRatio: boolean): Float64Array {
  if (series.length < 3 * period) {
    const [intercept, slope] = fitLineAndWave(series, period);
    return series.map((value, t) =>
      isRatio ? value / (intercept + slope * (t + 1)) : value - intercept - slope * (t + 1),
    );
  }
  const phases = isRatio ? meanRatios(series, period) : estimateSeason(series, period);
  return series.map((_, t) => phases[t % period]);
}

/** Mean ratio to the centred moving average, per phase, scaled to a mean of 1. */
function meanRatios(series: Float64Array, period: number): Float64Array {
  const half = period >> 1;
  const sums = new Float64Array(period);
  const counts = new Int32Array(period);
  for (let t = half; t + half < series.length; t++) {
    let window = period % 2 === 0 ? -0.5 * (series[t - half] + series[t + half]) : 0;
    for (let near = t - half; near <= t + half; near++) window += series[near];
    sums[t % period] += (series[t] * period) / window;
    counts[t % period]++;
  }
  const ratios = sums.map((sum, phase) => sum / counts[phase]);
  const mean = ratios.reduce((sum, value) => sum + value, 0) / period;
  return ratios.map((ratio) => ratio / mean);
}

function setSeason(start: Float64Array, season: Float64Array, isRatio: boolean): void {
  const free = season.subarray(1);
  const sumOf = (values: Float64Array, more: number): number => values.reduce((sum, value) => sum + value + more, 0);
  if (isRatio) {
    for (let i = 0; i < free.length; i++) free[i] = Math.max(free[i], LEAST_INDEX);
    if (sumOf(free, 0) > season.length) {
      const total = sumOf(free, LEAST_INDEX);
      for (let i = 0; i < free.length; i++) free[i] /= total;
    }
  }
  start.set(free, SEASON + 1);
  start[SEASON] = (isRatio ? season.length : 0) - sumOf(free, 0);
}

/** Intercept and slope of the least-squares line, steps from 1, beside one sine and cosine wave a period. */
function fitLineAndWave(series: Float64Array, period: number): [number, number] {
  const size = period > 2 ? 4 : 3;
  const gram = new Float64Array(size * (size + 1));
  const row = new Float64Array(size + 1);
  for (let t = 1; t <= series.length; t++) {
    const angle = (2 * Math.PI * t) / period;
    row.set(size === 4 ? [1, t, Math.cos(angle), Math.sin(angle)] : [1, t, Math.cos(angle)]);
    row[size] = series[t - 1];
    for (let i = 0; i < size; i++) for (let j = 0; j <= size; j++) gram[i * (size + 1) + j] += row[i] * row[j];
  }
  // Gauss and Jordan; the waves and the line are never collinear over more than one period.
  for (let i = 0; i < size; i++) {
    const pivot = gram[i * (size + 1) + i];
    for (let j = 0; j <= size; j++) gram[i * (size + 1) + j] /= pivot;
    for (let k = 0; k < size; k++) {
      const factor = gram[k * (size + 1) + i];
      if (k !== i) for (let j = 0; j <= size; j++) gram[k * (size + 1) + j] -= factor * gram[i * (size + 1) + j];
    }
  }
  return [gram[size], gram[2 * size + 1]];
}
