import { estimateSeason } from "./estimate-season.ts";
import type { EtsForm } from "./ets-form.ts";
import { ALPHA, BETA, createEtsObjective, GAMMA, LEVEL, PHI, SEASON, TREND } from "./ets-likelihood.ts";
import { fitLine } from "./fit-line.ts";
import { minimizeBfgs } from "./minimize-bfgs.ts";
import { seasonalIndices } from "./seasonal-adjustment.ts";

export interface EtsFit {
  readonly form: EtsForm;
  readonly period: number;
  readonly length: number;
  /** Weights and first state, in the layout of the likelihood, of the series divided by `scale`. */
  readonly parameters: Float64Array;
  /** State after the last observation, in the same layout and scale. */
  readonly state: Float64Array;
  readonly scale: number;
  readonly aicc: number;
}

/** α and β/α that a search starts from; the likelihood often has several valleys. */
const STARTS = [
  [0.1, 0.1],
  [0.7, 0.1],
  [0.7, 0.7],
  [0.1, 0.7],
] as const;
const SEARCH = { maxIterations: 150, tolerance: 1e-4 } as const;
const WEIGHT_BOUNDS = [1e-4, 0.9999] as const;
const PHI_BOUNDS = [0.8, 0.98] as const;

/**
 * Fits one exponential smoothing model by maximum likelihood: weights in R's usual bounds (0 < β < α, 0 < γ < 1 − α,
 * 0.8 < φ < 0.98) and the first state together, by BFGS with exact gradients,
 * from a decomposition's state and several weights.
 * Undefined where the series is too short for the corrected Akaike criterion or the form has no start in its domain.
 * Input: finite values, not all 0; all above 0 for a multiplicative form; two periods for a season. O(iterations · n).
 * Source: Hyndman et al. (2008). Departure from R's `ets`: the optimum of the likelihood, where R's search stops early.
 */
export function fitEts(series: Float64Array, period: number, form: EtsForm): EtsFit | undefined {
  const n = series.length;
  const hasTrend = form.trend !== "N";
  const seasonLength = form.season === "N" ? 1 : period;
  const weights = 1 + Number(hasTrend) + Number(form.trend === "Ad") + Number(seasonLength > 1);
  const free = weights + 1 + Number(hasTrend) + (seasonLength - 1);
  const counted = free + 1;
  if (n - counted - 1 <= 0) return undefined;
  const scale = series.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  const scaled = series.map((value) => value / scale);
  const first = firstState(scaled, seasonLength, form);
  if (first === undefined) return undefined;

  const objective = createEtsObjective(scaled, seasonLength, form);
  const space = createSearchSpace(form, seasonLength, free);
  const natural = new Float64Array(SEASON + seasonLength);
  const naturalGradient = new Float64Array(SEASON + seasonLength);
  const evaluate = (point: Float64Array, gradient: Float64Array): number => {
    space.toNatural(point, natural);
    const value = objective.evaluate(natural, naturalGradient);
    space.pullBack(natural, naturalGradient, gradient);
    return value;
  };

  let best: { readonly point: Float64Array; readonly value: number } | undefined;
  for (const [alpha, betaShare] of STARTS) {
    if (!hasTrend && betaShare !== STARTS[0][1]) continue;
    const end = minimizeBfgs(evaluate, space.startPoint(alpha, betaShare, first), SEARCH);
    if (best === undefined || end.value < best.value) best = end;
  }
  if (best === undefined || !Number.isFinite(best.value)) return undefined;
  const value = evaluate(best.point, new Float64Array(free));
  return {
    form,
    period: seasonLength,
    length: n,
    parameters: natural.slice(),
    state: objective.lastState(),
    scale,
    aicc: value + 2 * n * Math.log(scale) + 2 * counted + (2 * counted * (counted + 1)) / (n - counted - 1),
  };
}

/** First state from a decomposition and a line through the first values; undefined without a positive season. */
function firstState(series: Float64Array, period: number, form: EtsForm): Float64Array | undefined {
  const state = new Float64Array(SEASON + period);
  const season =
    form.season === "A"
      ? estimateSeason(series, period)
      : form.season === "M"
        ? seasonalIndices(series, period)
        : new Float64Array(1);
  if (season === undefined) return undefined;
  state.set(season, SEASON);
  const early = series
    .subarray(0, Math.max(10, 2 * period))
    .map((value, t) => (form.season === "M" ? value / season[t % period] : value - season[t % period]));
  const line = fitLine(early);
  state[LEVEL] =
    form.trend === "N" ? early.reduce((sum, value) => sum + value, 0) / early.length : line.start - line.slope;
  state[TREND] = form.trend === "N" ? 0 : line.slope;
  return state;
}

interface SearchSpace {
  readonly startPoint: (alpha: number, betaShare: number, first: Float64Array) => Float64Array;
  readonly toNatural: (point: Float64Array, natural: Float64Array) => void;
  readonly pullBack: (natural: Float64Array, naturalGradient: Float64Array, gradient: Float64Array) => void;
}

const squash = (x: number, [low, high]: readonly [number, number]): number => low + (high - low) / (1 + Math.exp(-x));
const unsquash = (value: number, [low, high]: readonly [number, number]): number =>
  Math.log((value - low) / (high - value));
const slopeOf = (value: number, [low, high]: readonly [number, number]): number =>
  ((value - low) * (high - value)) / (high - low);

/**
 * Unbounded search variables: logits of α, β/α, γ/(1 − α) and φ as far as the form has them, then the first level, trend
 * and all but the last of the first season, which makes their mean 0 (additive) or 1 (multiplicative).
 */
function createSearchSpace(form: EtsForm, period: number, free: number): SearchSpace {
  const hasTrend = form.trend !== "N";
  const isDamped = form.trend === "Ad";
  const hasSeason = period > 1;
  const betaAt = 1;
  const gammaAt = betaAt + Number(hasTrend);
  const phiAt = gammaAt + Number(hasSeason);
  const levelAt = phiAt + Number(isDamped);
  const trendAt = levelAt + 1;
  const seasonAt = trendAt + Number(hasTrend);
  const seasonSum = form.season === "M" ? period : 0;
  return {
    startPoint: (alpha, betaShare, first) => {
      const point = new Float64Array(free);
      point[0] = unsquash(alpha, WEIGHT_BOUNDS);
      if (hasTrend) point[betaAt] = unsquash(betaShare, WEIGHT_BOUNDS);
      if (hasSeason) point[gammaAt] = unsquash(0.05, WEIGHT_BOUNDS);
      if (isDamped) point[phiAt] = unsquash(0.95, PHI_BOUNDS);
      point[levelAt] = first[LEVEL];
      if (hasTrend) point[trendAt] = first[TREND];
      for (let i = 0; i + 1 < period; i++) point[seasonAt + i] = first[SEASON + i];
      return point;
    },
    toNatural: (point, natural) => {
      const alpha = squash(point[0], WEIGHT_BOUNDS);
      natural[ALPHA] = alpha;
      natural[BETA] = hasTrend ? alpha * squash(point[betaAt], WEIGHT_BOUNDS) : 0;
      natural[GAMMA] = hasSeason ? (1 - alpha) * squash(point[gammaAt], WEIGHT_BOUNDS) : 0;
      natural[PHI] = isDamped ? squash(point[phiAt], PHI_BOUNDS) : 1;
      natural[LEVEL] = point[levelAt];
      natural[TREND] = hasTrend ? point[trendAt] : 0;
      let rest = seasonSum;
      for (let i = 0; i + 1 < period; i++) {
        natural[SEASON + i] = point[seasonAt + i];
        rest -= point[seasonAt + i];
      }
      natural[SEASON + period - 1] = hasSeason ? rest : 0;
    },
    pullBack: (natural, naturalGradient, gradient) => {
      const alpha = natural[ALPHA];
      let byAlpha = naturalGradient[ALPHA];
      if (hasTrend) {
        const share = natural[BETA] / alpha;
        byAlpha += naturalGradient[BETA] * share;
        gradient[betaAt] = naturalGradient[BETA] * alpha * slopeOf(share, WEIGHT_BOUNDS);
        gradient[trendAt] = naturalGradient[TREND];
      }
      if (hasSeason) {
        const share = natural[GAMMA] / (1 - alpha);
        byAlpha -= naturalGradient[GAMMA] * share;
        gradient[gammaAt] = naturalGradient[GAMMA] * (1 - alpha) * slopeOf(share, WEIGHT_BOUNDS);
        const byLast = naturalGradient[SEASON + period - 1];
        for (let i = 0; i + 1 < period; i++) gradient[seasonAt + i] = naturalGradient[SEASON + i] - byLast;
      }
      if (isDamped) gradient[phiAt] = naturalGradient[PHI] * slopeOf(natural[PHI], PHI_BOUNDS);
      gradient[0] = byAlpha * slopeOf(alpha, WEIGHT_BOUNDS);
      gradient[levelAt] = naturalGradient[LEVEL];
    },
  };
}
