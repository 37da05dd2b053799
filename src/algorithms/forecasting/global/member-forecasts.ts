import { fitSmoothing, type SmoothingForm } from "../fit-smoothing.ts";
import { acrossAggregations } from "../forecast-across-aggregations.ts";
import { forecastAirline } from "../forecast-airline.ts";
import { forecastCes } from "../forecast-ces.ts";
import { forecastDifferences } from "../forecast-differences.ts";
import { forecastDynamicTheta } from "../forecast-dynamic-theta.ts";
import { forecastFixedSmoothing } from "../forecast-fixed-smoothing.ts";
import type { ForecastFunction } from "../forecast-function.ts";
import { forecastLevel } from "../forecast-level.ts";
import { forecastNaive } from "../forecast-naive.ts";
import { forecastProfile } from "../forecast-profile.ts";
import { forecastRecentMean } from "../forecast-recent-mean.ts";
import { forecastSmoothing } from "../forecast-smoothing.ts";
import { forecastTheta } from "../forecast-theta.ts";
import { forecastThetaDrift } from "../forecast-theta-drift.ts";
import { adjustRefinedSeason } from "../refine-season.ts";

/** What a member is given: history, the period of the file, the season found and the number of steps. */
interface MemberCall {
  readonly train: Float64Array;
  readonly period: number;
  readonly season: number;
  readonly horizon: number;
}

/** A family of closed-form forecasts computed together; `forecast` gives one row a name. */
interface MemberSet {
  readonly names: readonly string[];
  readonly forecast: (call: MemberCall) => Float64Array[];
}

/** Smoothing is fitted to no more than this many seasons, and at least `MIN_FITTED` values. */
const FITTED_SEASONS = 12;
const MIN_FITTED = 130;
/** Methods that search longer see no more than this many values. */
const SEARCHED_VALUES = 300;

/**
 * For series that sell in most steps: the season, its indices refined and shrunk, taken off once, then methods that work without it: naive, simple and
 * damped smoothing, four forms of Theta, two means over levels of temporal aggregation, complex smoothing of values and of logarithms,
 * ARIMA(1,1,1) of logarithms; beside them the airline model, the seasonal naive, the mean season at the recent level, and additive
 * Holt–Winters, of the values and of their logarithms. About 2 ms a series.
 */
const REGULAR_MEMBERS: MemberSet = {
  names: [
    "naive2",
    "ses",
    "damped",
    "theta",
    "thetaDrift",
    "dynamicTheta",
    "dynamicThetaLog",
    "aggregatedTheta",
    "aggregatedDampedLog",
    "complex",
    "complexLog",
    "differencesLog",
    "airline",
    "sNaive",
    "seasonalProfile",
    "holtWinters",
    "holtWintersLog",
  ],
  forecast: ({ train, season, horizon }) => {
    const recent = takeRecent(train, season);
    const { adjusted, restore } = adjustRefinedSeason(recent, season);
    const onAdjusted = (forecast: ForecastFunction): Float64Array => restore(forecast(adjusted, 1, horizon));
    const latest = adjusted.subarray(-SEARCHED_VALUES);
    const onLatest = (forecast: ForecastFunction): Float64Array => restore(forecast(latest, 1, horizon));
    const level = onAdjusted(forecastLevel);
    const damped = onAdjusted(forecastDamped);
    const hasSeason = season > 1 && recent.length >= 2 * season + 2;
    return [
      restore(forecastNaive(adjusted, horizon).mean),
      level,
      damped,
      onAdjusted(forecastTheta),
      onAdjusted(forecastThetaDrift),
      onAdjusted(forecastDynamicTheta),
      onLatest(ofLogs(forecastDynamicTheta)),
      onLatest(acrossAggregations(forecastDynamicTheta, season)),
      onLatest(ofLogs(acrossAggregations(forecastDamped, season))),
      onLatest(forecastCes),
      onLatest(ofLogs(forecastCes)),
      onLatest(ofLogs(forecastDifferences)),
      forecastAirline(recent, season, horizon),
      forecastNaive(train, horizon, season).mean,
      forecastMeanSeason(train, season, horizon),
      hasSeason ? smooth(recent, { trend: "damped", period: season }, horizon) : damped,
      smoothLogs(recent, hasSeason ? season : 1, horizon) ?? damped,
    ];
  },
};

/**
 * For series with many steps of nothing: means of three windows, slow and quick smoothing, and the seasonal profile at the recent
 * level. About 0.02 ms a series.
 */
const INTERMITTENT_MEMBERS: MemberSet = {
  names: ["meanShort", "meanMedium", "meanLong", "meanAll", "sesSlow", "sesQuick", "profileLong", "profileShort"],
  forecast: ({ train, period, horizon }) => {
    const unit = period > 1 ? period : 6;
    const profile = (profileSeasons: number, levelSeasons: number): Float64Array =>
      train.length >= 2 * unit && train.every((value) => value >= 0)
        ? forecastProfile(train, horizon, { period: unit, profileSeasons, levelSeasons })
        : forecastRecentMean(train, horizon, unit * levelSeasons).mean;
    return [
      forecastRecentMean(train, horizon, unit).mean,
      forecastRecentMean(train, horizon, 4 * unit).mean,
      forecastRecentMean(train, horizon, 13 * unit).mean,
      forecastRecentMean(train, horizon, 10_000).mean,
      forecastFixedSmoothing(train, horizon, 0.03).mean,
      forecastFixedSmoothing(train, horizon, 0.1).mean,
      profile(26, 13),
      profile(8, 4),
    ];
  },
};

/** The members of a pool of the kind given. */
export function memberSetOf(kind: "regular" | "intermittent"): MemberSet {
  return kind === "regular" ? REGULAR_MEMBERS : INTERMITTENT_MEMBERS;
}

function smooth(values: Float64Array, form: SmoothingForm, horizon: number): Float64Array {
  return forecastSmoothing(fitSmoothing(values, form), horizon).mean;
}

const forecastDamped: ForecastFunction = (train, period, horizon) =>
  train.length >= 6 ? smooth(train, { trend: "damped", period: 1 }, horizon) : forecastLevel(train, period, horizon);

/** Wraps a method so that it forecasts the logarithms of a series of positive values; others as they are. */
function ofLogs(forecast: ForecastFunction): ForecastFunction {
  return (train, period, horizon) =>
    train.every((value) => value > 0)
      ? forecast(
          train.map((value) => Math.log(value)),
          period,
          horizon,
        ).map((value) => Math.exp(value))
      : forecast(train, period, horizon);
}

/** Damped smoothing, with a season where there is one, of the logarithms of positive values. */
function smoothLogs(values: Float64Array, period: number, horizon: number): Float64Array | undefined {
  if (values.length < 6 || !values.every((value) => value > 0)) return undefined;
  const logs = values.map((value) => Math.log(value));
  return smooth(logs, { trend: "damped", period }, horizon).map((value) => Math.exp(value));
}

function takeRecent(train: Float64Array, season: number): Float64Array {
  const length = Math.max(MIN_FITTED, FITTED_SEASONS * season);
  return train.subarray(Math.max(0, train.length - length));
}

/** Mean of the same phase over the last four seasons, moved to the level of the last one. */
function forecastMeanSeason(train: Float64Array, season: number, horizon: number): Float64Array {
  const seasons = Math.min(4, Math.floor(train.length / season));
  if (season === 1 || seasons < 2) return forecastNaive(train, horizon, season).mean;
  const phases = new Float64Array(season);
  let [last, all] = [0, 0];
  for (let phase = 0; phase < season; phase++) {
    for (let back = 1; back <= seasons; back++) {
      phases[phase] += train[train.length - back * season + phase] / seasons;
    }
    last += train[train.length - season + phase] / season;
    all += phases[phase] / season;
  }
  return Float64Array.from({ length: horizon }, (_, step) => phases[step % season] + last - all);
}
