import { fail } from "../../core/errors.ts";
import { requireFinite, requireInteger } from "../require-numbers.ts";
import { estimateSeason } from "./estimate-season.ts";
import { type FirstState, solveUnseasonal } from "./solve-unseasonal.ts";
import { minimizeNelderMead } from "./minimize-nelder-mead.ts";
import { filterSmoothingInPlace, type SmoothingState, type SmoothingWeights } from "./smoothing-filter.ts";

/** Which parts the model has besides the level. */
export interface SmoothingForm {
  readonly trend: "none" | "linear" | "damped";
  /** Season length in steps; 1 is no season. */
  readonly period: number;
}

export interface SmoothingFit {
  readonly form: SmoothingForm;
  readonly weights: SmoothingWeights;
  /** State after the last observation. */
  readonly state: Readonly<SmoothingState>;
  readonly length: number;
  /** Variance of the one-step errors, with the fitted parameters taken off the degrees of freedom. */
  readonly errorVariance: number;
  /** Corrected Akaike criterion, comparable between forms fitted to the same series; +Infinity when too short. */
  readonly aicc: number;
}

/**
 * Fits simple (none, 1), Holt's (linear, 1), damped-trend (damped, 1) or Holt–Winters additive smoothing (period > 1) by least squares.
 *
 * Weights are searched by Nelder–Mead from a coarse grid; for given weights the best first level and trend have a
 * closed form, since the errors are linear in them; the first season comes from `estimateSeason`.
 * Weights stay inside 0 < α < 1, 0 ≤ β ≤ α, 0 ≤ γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98.
 *
 * Input: at least 1 finite value; a season needs two full periods. Constants and zeros are fine: the fit is exact.
 * Time about 100 filter runs, O(100 n); memory O(n + period).
 * Errors: `ALGORITHM_INPUT_INVALID` for NaN, an empty series or a season without two periods of data.
 * Source: Hyndman et al. (2008). Departures: mean squared error instead of the likelihood (the same for additive
 * errors), and the first season is estimated once, not optimised.
 */
export function fitSmoothing(series: Float64Array, form: SmoothingForm): SmoothingFit {
  requireFinite(series, "series");
  requireInteger(form.period, 1, 1000, "period");
  const length = series.length;
  if (length === 0) throw fail("ALGORITHM_INPUT_INVALID", "series is empty; give at least one value.");
  if (form.period > 1 && length < 2 * form.period) {
    throw fail("ALGORITHM_INPUT_INVALID", `series has ${length} values; a season of ${form.period} needs twice that.`);
  }
  const firstSeason = form.period > 1 ? estimateSeason(series, form.period) : new Float64Array(1);
  const hasTrend = form.trend !== "none";
  const solve =
    form.period > 1
      ? createFirstStateSolver(series, firstSeason, hasTrend)
      : (weights: SmoothingWeights): FirstState => solveUnseasonal(series, weights, hasTrend);
  const [lower, upper, toWeights] = searchSpace(form);

  const evaluate = (point: Float64Array): number => solve(toWeights(point)).squaredError;
  const start = bestOfGrid(evaluate, lower, upper);
  const { point } = minimizeNelderMead(evaluate, start, lower, upper, { maxEvaluations: 90, tolerance: 1e-7 });
  const weights = toWeights(point);
  const { level, trend } = solve(weights);
  const state: SmoothingState = { level, trend, season: firstSeason };
  const errors = new Float64Array(length);
  filterSmoothingInPlace(series, weights, state, errors);
  const squaredError = errors.reduce((sum, error) => sum + error * error, 0);

  // Weights, first level and trend, first season (one of which is bound by a zero sum), and the error variance.
  const parameters = lower.length + (form.trend === "none" ? 1 : 2) + (form.period - 1) + 1;
  const scale = series.reduce((sum, value) => sum + value * value, 0) / length;
  const meanSquare = Math.max(squaredError / length, 1e-12 * scale, Number.MIN_VALUE);
  const spare = length - parameters - 1;
  return {
    form,
    weights,
    state,
    length,
    errorVariance: squaredError / Math.max(1, length - parameters + 1),
    aicc:
      spare > 0
        ? length * Math.log(meanSquare) + 2 * parameters + (2 * parameters * (parameters + 1)) / spare
        : Number.POSITIVE_INFINITY,
  };
}

/** Search variables are α and, where the form has them, β/α, φ and γ/(1 − α): a box holds all admissible weights. */
function searchSpace(form: SmoothingForm): [number[], number[], (point: Float64Array) => SmoothingWeights] {
  const hasTrend = form.trend !== "none";
  const isDamped = form.trend === "damped";
  const hasSeason = form.period > 1;
  const lower = [1e-4, ...(hasTrend ? [1e-4] : []), ...(isDamped ? [0.8] : []), ...(hasSeason ? [1e-4] : [])];
  const upper = [0.9999, ...(hasTrend ? [0.9999] : []), ...(isDamped ? [0.98] : []), ...(hasSeason ? [0.9999] : [])];
  const toWeights = (point: Float64Array): SmoothingWeights => {
    const alpha = point[0];
    return {
      alpha,
      beta: hasTrend ? point[1] * alpha : 0,
      phi: isDamped ? point[2] : 1,
      gamma: hasSeason ? point[point.length - 1] * (1 - alpha) : 0,
    };
  };
  return [lower, upper, toWeights];
}

/** Best of a few spread values of α, the other variables at a cautious tenth of their range (φ near its top). */
function bestOfGrid(evaluate: (point: Float64Array) => number, lower: number[], upper: number[]): number[] {
  let best: number[] = [];
  let bestValue = Number.POSITIVE_INFINITY;
  for (const alpha of [0.02, 0.1, 0.3, 0.6, 0.9]) {
    const point = lower.map((low, d) => low + (low > 0.5 ? 0.9 : 0.1) * (upper[d] - low));
    point[0] = alpha;
    const value = evaluate(Float64Array.from(point));
    if (best.length === 0 || value < bestValue) [best, bestValue] = [point, value];
  }
  return best;
}

/**
 * Makes the solver of the best first level and trend for given weights. From a first state (l, b) the one-step errors
 * are e = e⁰ + l·u + b·v, where e⁰ are those from (0, 0), and u and v those of a zero series without season from
 * (1, 0) and (0, 1).
 */
function createFirstStateSolver(
  series: Float64Array,
  firstSeason: Float64Array,
  hasTrend: boolean,
): (weights: SmoothingWeights) => FirstState {
  const length = series.length;
  const base = new Float64Array(length);
  const ofLevel = new Float64Array(length);
  const ofTrend = new Float64Array(length);
  const period = firstSeason.length;
  const season = new Float64Array(period);
  const seasonU = new Float64Array(period);
  const seasonV = new Float64Array(period);

  return ({ alpha, beta, gamma, phi }) => {
    season.set(firstSeason);
    seasonU.fill(0);
    seasonV.fill(0);
    // Three filters side by side, as each step of one waits for the step before.
    let [l, b, lU, bU, lV, bV] = [0, 0, 1, 0, 0, hasTrend ? 1 : 0];
    let at = 0;
    for (let t = 0; t < length; t++) {
      const drift = phi * b;
      const e = series[t] - l - drift - season[at];
      base[t] = e;
      l += drift + alpha * e;
      b = drift + beta * e;
      season[at] += gamma * e;
      const driftU = phi * bU;
      const u = -lU - driftU - seasonU[at];
      ofLevel[t] = u;
      lU += driftU + alpha * u;
      bU = driftU + beta * u;
      seasonU[at] += gamma * u;
      const driftV = phi * bV;
      const v = -lV - driftV - seasonV[at];
      ofTrend[t] = v;
      lV += driftV + alpha * v;
      bV = driftV + beta * v;
      seasonV[at] += gamma * v;
      at = at + 1 === period ? 0 : at + 1;
    }
    const [level, trend] = solveFirstState(base, ofLevel, ofTrend);
    let squaredError = 0;
    for (let t = 0; t < length; t++) squaredError += (base[t] + level * ofLevel[t] + trend * ofTrend[t]) ** 2;
    return { level, trend, squaredError };
  };
}

/** Least squares of base + l·u + b·v over (l, b) by the normal equations; b is 0 where v tells nothing. */
function solveFirstState(base: Float64Array, u: Float64Array, v: Float64Array): [number, number] {
  let [uu, uv, vv, ue, ve] = [0, 0, 0, 0, 0];
  for (let t = 0; t < base.length; t++) {
    uu += u[t] * u[t];
    uv += u[t] * v[t];
    vv += v[t] * v[t];
    ue -= u[t] * base[t];
    ve -= v[t] * base[t];
  }
  const determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-9 * uu * vv)) return [uu > 0 ? ue / uu : 0, 0];
  return [(ue * vv - ve * uv) / determinant, (ve * uu - ue * uv) / determinant];
}
