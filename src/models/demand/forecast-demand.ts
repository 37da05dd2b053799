import { forecastFixedSmoothing } from "../../algorithms/forecasting/forecast-fixed-smoothing.ts";
import { forecastProfile } from "../../algorithms/forecasting/forecast-profile.ts";
import { forecastRecentMean } from "../../algorithms/forecasting/forecast-recent-mean.ts";
import { forecastSmoothing } from "../../algorithms/forecasting/forecast-smoothing.ts";
import type { SmoothingForm } from "../../algorithms/forecasting/fit-smoothing.ts";
import type { Forecast } from "../../algorithms/forecasting/forecast.ts";
import { selectSmoothing } from "../../algorithms/forecasting/select-smoothing.ts";
import type { DemandSeries } from "./demand-series.ts";

export interface StepForecast {
  readonly method: string;
  /** Expected units, never negative. */
  readonly mean: Float64Array;
  /** Size of a typical error at each step, above 0: the yardstick that intervals are calibrated with. */
  readonly scale: Float64Array;
  /** Why it is not the forecast that the night makes of such a series: what is wrong with the series, or with that forecast. */
  readonly reason?: string;
}

/** Steps ahead that are forecast and measured. */
export const HORIZONS = { week: 13, day: 28 } as const;
/** Series without demand for so long are over: they get no forecast. */
export const ALIVE_STEPS = { week: 26, day: 91 } as const;
/** A series that is younger has no smoothing weight to speak of. */
export const SHORT_WEEKS = 8;

/** Share of each weekday over eight weeks, level of the last four. */
export const WEEKDAY_PROFILE = { period: 7, profileSeasons: 8, levelSeasons: 4 } as const;

/** Forecasts one series by itself; `alpha` is the smoothing weight that all weekly series share. */
export function forecastDemand(
  series: Pick<DemandSeries, "unit" | "values"> & Partial<DemandSeries>,
  alpha: number,
): StepForecast {
  return series.unit === "day" ? forecastDays(series.values) : forecastWeeks(series.values, alpha);
}

/** Smoothing with the shared weight; the mean of all there is, when that is less than eight weeks. */
function forecastWeeks(values: Float64Array, alpha: number): StepForecast {
  return values.length < SHORT_WEEKS
    ? forecastShort(values)
    : toStepForecast("pooled-smoothing", forecastFixedSmoothing(values, HORIZONS.week, alpha));
}

/** The mean of what little there is. */
export function forecastShort(values: Float64Array): StepForecast {
  return toStepForecast("recent-mean", forecastRecentMean(values, HORIZONS.week, SHORT_WEEKS));
}

/**
 * The mean of two views that err differently: additive smoothing in the form that AICc prefers, and the weekday profile
 * times the recent level. A weekday without any demand in the profile is closed: nothing is expected of it.
 */
function forecastDays(values: Float64Array): StepForecast {
  const fit = selectSmoothing(values, WEEKDAY_PROFILE.period);
  const smoothed = forecastSmoothing(fit, HORIZONS.day);
  const profile = forecastProfile(values, HORIZONS.day, WEEKDAY_PROFILE);
  const mean = smoothed.mean.map((value, step) => {
    const expected = profile[step] as number;
    return expected === 0 ? 0 : (Math.max(0, value) + expected) / 2;
  });
  const typicalError = measureWeeklyChange(values);
  const deviation = mean.map((value) => (value === 0 ? 0 : typicalError));
  return toStepForecast(`${nameForm(fit.form)}+weekday-profile`, { mean, deviation });
}

/** Mean absolute change from the same day a week before, over the last 13 weeks: one wholesale order barely moves it. */
export function measureWeeklyChange(values: Float64Array): number {
  const recent = values.subarray(-ALIVE_STEPS.day - 7);
  let sum = 0;
  for (let t = 7; t < recent.length; t++) sum += Math.abs((recent[t] as number) - (recent[t - 7] as number));
  return recent.length > 7 ? sum / (recent.length - 7) : 0;
}

function nameForm({ trend, period }: SmoothingForm): string {
  const parts = [...(trend === "damped" ? ["damped"] : []), ...(period > 1 ? ["seasonal"] : [])];
  return `${parts.length > 0 ? parts.join("-") : "simple"}-smoothing`;
}

/** Cuts the mean at 0. The scale is at least that of a Poisson count of this mean, and never 0. */
export function toStepForecast(method: string, { mean, deviation }: Forecast): StepForecast {
  const cut = mean.map((value) => Math.max(0, value));
  return {
    method,
    mean: cut,
    scale: deviation.map((value, step) => Math.max(value, Math.sqrt(cut[step] as number), 0.5)),
  };
}
