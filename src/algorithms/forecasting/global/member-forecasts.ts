import { fitSmoothing, type SmoothingForm } from "../fit-smoothing.ts";
import { forecastFixedSmoothing } from "../forecast-fixed-smoothing.ts";
import { forecastNaive } from "../forecast-naive.ts";
import { forecastProfile } from "../forecast-profile.ts";
import { forecastRecentMean } from "../forecast-recent-mean.ts";
import { forecastSmoothing } from "../forecast-smoothing.ts";
import { adjustSeason } from "./adjust-season.ts";

/** What a member is given: history, the period of the file, the season found and the number of steps. */
export interface MemberCall {
  readonly train: Float64Array;
  readonly period: number;
  readonly season: number;
  readonly horizon: number;
}

/** A family of closed-form forecasts computed together; `forecast` gives one row a name. */
export interface MemberSet {
  readonly names: readonly string[];
  readonly forecast: (call: MemberCall) => Float64Array[];
}

/** Smoothing is fitted to no more than this many seasons, and at least `MIN_FITTED` values. */
const FITTED_SEASONS = 12;
const MIN_FITTED = 130;

/**
 * For series that sell in most steps: the season taken off, then naive, simple and damped smoothing, Theta; beside them the
 * seasonal naive, the mean season at the recent level, and additive Holt–Winters, of the values and of
 * their logarithms. About 1 ms a series.
 */
export const REGULAR_MEMBERS: MemberSet = {
  names: ["naive2", "ses", "damped", "theta", "sNaive", "seasonalProfile", "holtWinters", "holtWintersLog"],
  forecast: ({ train, season, horizon }) => {
    const recent = takeRecent(train, season);
    const { adjusted, factor } = adjustSeason(recent, season);
    const seasoned = (values: ArrayLike<number>): Float64Array =>
      Float64Array.from({ length: horizon }, (_, step) => values[step] * factor(recent.length + step));
    const smooth = (values: Float64Array, form: SmoothingForm): Float64Array =>
      forecastSmoothing(fitSmoothing(values, form), horizon).mean;
    const level = smooth(adjusted, { trend: "none", period: 1 });
    const slope = fitSlope(adjusted);
    const damped = adjusted.length >= 6 ? smooth(adjusted, { trend: "damped", period: 1 }) : level;
    const hasSeason = season > 1 && recent.length >= 2 * season + 2;
    return [
      seasoned(new Float64Array(horizon).fill(adjusted[adjusted.length - 1])),
      seasoned(level),
      seasoned(damped),
      seasoned(level.map((value, step) => value + 0.5 * slope * (step + 1))),
      forecastNaive(train, horizon, season).mean,
      forecastMeanSeason(train, season, horizon),
      hasSeason ? smooth(recent, { trend: "damped", period: season }) : seasoned(damped),
      smoothLogs(recent, hasSeason ? season : 1, horizon) ?? seasoned(damped),
    ];
  },
};

/**
 * For series with many steps of nothing: means of three windows, slow and quick smoothing, and the seasonal profile at the recent
 * level. About 0.02 ms a series.
 */
export const INTERMITTENT_MEMBERS: MemberSet = {
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

/** Damped smoothing, with a season where there is one, of the logarithms of positive values. */
function smoothLogs(values: Float64Array, period: number, horizon: number): Float64Array | undefined {
  if (values.length < 6 || !values.every((value) => value > 0)) return undefined;
  const fit = fitSmoothing(
    values.map((value) => Math.log(value)),
    { trend: "damped", period },
  );
  return forecastSmoothing(fit, horizon).mean.map((value) => Math.exp(value));
}

function takeRecent(train: Float64Array, season: number): Float64Array {
  const length = Math.max(MIN_FITTED, FITTED_SEASONS * season);
  return train.subarray(Math.max(0, train.length - length));
}

/** Least-squares slope per step: twice the drift of the Theta method. */
function fitSlope(values: Float64Array): number {
  const middle = (values.length - 1) / 2;
  let [cross, square] = [0, 0];
  for (let t = 0; t < values.length; t++) {
    cross += (t - middle) * values[t];
    square += (t - middle) ** 2;
  }
  return square > 0 ? cross / square : 0;
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
