import { fitSmoothing } from "./fit-smoothing.ts";
import { forecastAdida, forecastImapa } from "./forecast-aggregated.ts";
import { forecastCroston, forecastSba } from "./forecast-croston.ts";
import { forecastDrift } from "./forecast-drift.ts";
import type { ForecastFunction } from "./forecast-function.ts";
import { forecastLevel } from "./forecast-level.ts";
import { forecastNaive } from "./forecast-naive.ts";
import { forecastProfile } from "./forecast-profile.ts";
import { forecastRecentMean } from "./forecast-recent-mean.ts";
import { forecastSmoothing } from "./forecast-smoothing.ts";
import { forecastTheta } from "./forecast-theta.ts";
import { forecastThetaDrift } from "./forecast-theta-drift.ts";
import { forecastTsb } from "./forecast-tsb.ts";
import { guardForecast } from "./guard-forecast.ts";
import { withSeasonalAdjustment } from "./seasonal-adjustment.ts";

/** A per-series method under the name that answers and tables show. */
export interface NamedMethod {
  readonly name: string;
  readonly forecast: ForecastFunction;
}

/** About four weeks of daily values decide the level that a seasonal profile is put on. */
const LEVEL_STEPS = 28;
const PROFILE_SEASONS = 8;

const naive: ForecastFunction = (train, _period, horizon) => forecastNaive(train, horizon).mean;
const movingAverage =
  (window: number): ForecastFunction =>
  (train, _period, horizon) =>
    forecastRecentMean(train, horizon, window).mean;
const smoothing =
  (trend: "linear" | "damped"): ForecastFunction =>
  (train, _period, horizon) =>
    forecastSmoothing(fitSmoothing(train, { trend, period: 1 }), horizon).mean;

/** Mean shares of the season × recent level; the recent mean where there is no whole season. */
const profile: ForecastFunction = (train, period, horizon) =>
  period < 2 || train.length < 2 * period
    ? forecastRecentMean(train, horizon, LEVEL_STEPS).mean
    : forecastProfile(train, horizon, {
        period,
        profileSeasons: Math.min(PROFILE_SEASONS, Math.floor(train.length / period)),
        levelSeasons: Math.min(Math.floor(train.length / period), Math.max(1, Math.round(LEVEL_STEPS / period))),
      });

/**
 * The cheap methods, in the competitions' definitions: SES, Holt, damped and Theta work on the seasonally adjusted series.
 * All are guarded, so any finite series of any length may be given.
 */
export const CLOSED_FORM_METHODS: readonly NamedMethod[] = (
  [
    ["naive", naive],
    ["seasonalNaive", (train, period, horizon) => forecastNaive(train, horizon, period).mean],
    ["naive2", withSeasonalAdjustment(naive)],
    ["drift", forecastDrift],
    ["ses", withSeasonalAdjustment(forecastLevel)],
    ["holt", withSeasonalAdjustment(smoothing("linear"))],
    ["damped", withSeasonalAdjustment(smoothing("damped"))],
    ["theta", withSeasonalAdjustment(forecastTheta)],
    ["thetaDrift", withSeasonalAdjustment(forecastThetaDrift)],
    ["croston", forecastCroston],
    ["sba", forecastSba],
    ["tsb", forecastTsb],
    ["adida", forecastAdida],
    ["imapa", forecastImapa],
    ["movingAverage6", movingAverage(6)],
    ["movingAverage28", movingAverage(28)],
    ["seasonalProfile", profile],
  ] satisfies [string, ForecastFunction][]
).map(([name, forecast]) => ({ name, forecast: guardForecast(forecast) }));
