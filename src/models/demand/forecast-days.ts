import { DEFAULT_ALPHA } from "./choose-alpha.ts";
import type { DemandSeries } from "./demand-series.ts";
import { forecastDemand, HORIZONS, measureWeeklyChange, type StepForecast, toStepForecast } from "./forecast-demand.ts";

const WEEK = 7;

/**
 * Days of a sum from its weeks: each day takes the share of its week that it has in `plain`, the forecast of the days by themselves
 * (additive smoothing and weekday profile), so days add up to the weeks they are in: weeks know the level and the year, days the weekdays.
 * A weekday without any demand lately is closed: nothing is expected of it, and its errors are no part of any profile.
 */
export function splitWeeks(
  series: DemandSeries,
  weeks: StepForecast,
  plain: Float64Array = forecastDemand(series, DEFAULT_ALPHA).mean,
): StepForecast {
  const mean = new Float64Array(HORIZONS.day);
  for (let from = 0; from < mean.length; from += WEEK) {
    const shares = plain.subarray(from, from + WEEK);
    const sum = shares.reduce((total, value) => total + value, 0);
    const whole = weeks.mean[from / WEEK] as number;
    if (sum > 0) shares.forEach((value, day) => (mean[from + day] = (whole * value) / sum));
  }
  const typicalError = measureWeeklyChange(series.values);
  const deviation = mean.map((value) => (value === 0 ? 0 : typicalError));
  return toStepForecast(`${weeks.method}+weekday-shares`, { mean, deviation });
}
