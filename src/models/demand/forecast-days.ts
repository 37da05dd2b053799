import { forecastProfile } from "../../algorithms/forecasting/forecast-profile.ts";
import type { DemandSeries } from "./demand-series.ts";
import {
  HORIZONS,
  measureWeeklyChange,
  type StepForecast,
  toStepForecast,
  WEEKDAY_PROFILE,
} from "./forecast-demand.ts";

const WEEK = 7;

/**
 * Days of a sum from its weeks: each weekday takes its share of the last eight weeks, so days add up to the weeks they are in. A weekday
 * without any demand in these weeks is closed: nothing is expected of it, and its errors are no part of any profile.
 */
export function splitWeeks({ values }: DemandSeries, weeks: StepForecast): StepForecast {
  const profile = forecastProfile(values, WEEK, WEEKDAY_PROFILE);
  const sum = profile.reduce((total, value) => total + value, 0);
  const mean = Float64Array.from({ length: HORIZONS.day }, (_, step) =>
    sum > 0 ? ((weeks.mean[Math.floor(step / WEEK)] as number) * (profile[step % WEEK] as number)) / sum : 0,
  );
  const typicalError = measureWeeklyChange(values);
  const deviation = mean.map((value) => (value === 0 ? 0 : typicalError));
  return toStepForecast(`${weeks.method}+weekday-shares`, { mean, deviation });
}
