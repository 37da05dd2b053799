import type { EtsForm } from "./ets-form.ts";
import { ALPHA, BETA, createEtsObjective, GAMMA, LEVEL, PHI, SEASON, TREND } from "./ets-likelihood.ts";
import { PHI_BOUNDS, startEts, WEIGHT_BOUNDS } from "./ets-start.ts";
import { isForecastable } from "./is-forecastable.ts";
import { minimizeSimplex } from "./minimize-simplex.ts";

export interface EtsFit {
  readonly form: EtsForm;
  readonly period: number;
  readonly length: number;
  /** Weights and first state, in the layout of the likelihood. */
  readonly parameters: Float64Array;
  /** State after the last observation, in the same layout. */
  readonly state: Float64Array;
  readonly aicc: number;
}

const SEARCH = { maxEvaluations: 2000, tolerance: Math.sqrt(2 ** -52) } as const;

/**
 * Fits one exponential smoothing model by maximum likelihood as R's `ets` does, so that the forecasts are R's too: weights in the usual
 * bounds (0 < β < α, 0 < γ < 1 − α, 0.8 < φ < 0.98) and in the forecastable region, and the first state together, from
 * R's start by R's simplex. It often stops short of the optimum, which on short series forecasts better than the optimum.
 * Undefined where the series is too short for the corrected Akaike criterion.
 * Input: finite values, not all the same; all above 0 for a multiplicative form; more than one period for a season.
 * At most some 2,000 passes over the series. Source: Hyndman et al. (2002, 2008); R package forecast, `ets`.
 */
export function fitEts(series: Float64Array, period: number, form: EtsForm): EtsFit | undefined {
  const n = series.length;
  const hasTrend = form.trend !== "N";
  const seasonLength = form.season === "N" ? 1 : period;
  const places = listPlaces(form, seasonLength);
  const counted = places.length + 1;
  if (n - counted - 1 <= 0) return undefined;

  const objective = createEtsObjective(series, seasonLength, form);
  const parameters = startEts(series, seasonLength, form);
  const total = form.season === "M" ? seasonLength : 0;
  const isRatio = form.season === "M";
  const evaluate = (point: Float64Array): number => {
    for (let i = 0; i < places.length; i++) parameters[places[i]] = point[i];
    if (!isInside(parameters, hasTrend, seasonLength)) return Number.POSITIVE_INFINITY;
    if (seasonLength > 1) {
      let [rest, least] = [total, Number.POSITIVE_INFINITY];
      for (let i = seasonLength - 1; i > 0; i--) {
        const index = parameters[SEASON + i];
        rest -= index;
        if (index < least) least = index;
      }
      parameters[SEASON] = rest;
      if (isRatio && (least < 0 || rest < 0)) return Number.POSITIVE_INFINITY;
    }
    return objective.evaluate(parameters);
  };
  const { point, value } = minimizeSimplex(
    evaluate,
    Float64Array.from(places, (place) => parameters[place]),
    SEARCH,
  );
  if (!Number.isFinite(value)) return undefined;
  evaluate(point);
  return {
    form,
    period: seasonLength,
    length: n,
    parameters,
    state: objective.lastState(),
    aicc: value + 2 * counted + (2 * counted * (counted + 1)) / (n - counted - 1),
  };
}

/** Places of the variables of the search, in R's order: weights, level, trend, season from the last step of a cycle to the second. */
function listPlaces({ trend }: EtsForm, period: number): number[] {
  const [hasTrend, isDamped, hasSeason] = [trend !== "N", trend === "Ad", period > 1];
  return [
    ALPHA,
    ...(hasTrend ? [BETA] : []),
    ...(hasSeason ? [GAMMA] : []),
    ...(isDamped ? [PHI] : []),
    LEVEL,
    ...(hasTrend ? [TREND] : []),
    ...Array.from({ length: period - 1 }, (_, i) => SEASON + period - 1 - i),
  ];
}

function isInside(parameters: Float64Array, hasTrend: boolean, period: number): boolean {
  const [alpha, beta, gamma, phi] = parameters;
  const [low, high] = WEIGHT_BOUNDS;
  if (!(alpha >= low && alpha <= high)) return false;
  if (hasTrend && !(beta >= low && beta <= alpha && beta <= high)) return false;
  if (phi !== 1 && !(phi >= PHI_BOUNDS[0] && phi <= PHI_BOUNDS[1])) return false;
  if (period === 1) return true;
  if (!(gamma >= low && gamma <= 1 - alpha && gamma <= high)) return false;
  return !hasTrend || isForecastable(alpha, beta, gamma, phi, period);
}
