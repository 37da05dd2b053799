import { forecastFixedSmoothing } from "../../algorithms/forecasting/forecast-fixed-smoothing.ts";
import type { ForecastFunction } from "../../algorithms/forecasting/forecast-function.ts";
import { MODEL_METHODS } from "../../algorithms/forecasting/model-methods.ts";
import type { PastForecast } from "./calibrate-intervals.ts";
import { type DemandSeries, levelOf, type SeriesLevel, truncateSeries } from "./demand-series.ts";
import { forecastShort, HORIZONS, SHORT_WEEKS, type StepForecast, toStepForecast } from "./forecast-demand.ts";
import { forecastSafely } from "./forecast-safely.ts";
import type { YearlyRatios } from "./yearly-ratios.ts";

/** Windows that choose the method of a level: so many, so many weeks apart, the newest one horizon before the end. */
const WINDOWS = 6;
const STRIDE = 4;
/** Smoothing weight of the deviations that intervals are scaled with. */
const SCALE_ALPHA = 0.2;

/** A level, which the yearly ratio is put on, or a forecast with a year of its own. */
interface SumMethod {
  readonly name: string;
  readonly forecast: ForecastFunction;
  readonly hasYear?: boolean;
}

const smoothing = (alpha: number): SumMethod => ({
  name: `smoothing-${alpha}`,
  forecast: (values, _period, horizon) => forecastFixedSmoothing(values, horizon, alpha).mean,
});

const takeModels = (...names: readonly string[]): SumMethod[] =>
  MODEL_METHODS.filter(({ name }) => names.includes(name)).map(({ name, forecast }) => ({ name, forecast }));

/** The levels that sums may be put on; the first stands where no window tells. */
const LEVELS: readonly SumMethod[] = [
  ...[0.2, 0.1, 0.3, 0.4].map((alpha) => smoothing(alpha)),
  ...takeModels("dynamicTheta", "autoEts"),
];
/** Methods that know the year from two or more of them. */
const YEARS: readonly SumMethod[] = takeModels("mstlTheta", "mstlEts").map((method) => ({ ...method, hasYear: true }));
const WEEKS_PER_YEAR = 52;
/** Weeks that show a year; with fewer of them a method that knows the year is a level like others. */
const TWO_YEARS = 2 * WEEKS_PER_YEAR;

interface SumForecasts {
  /** A forecast a series, in order. */
  readonly forecasts: readonly StepForecast[];
  /** By the methods chosen, from the windows that they were chosen on. */
  readonly past: readonly PastForecast[];
  readonly methods: Readonly<Partial<Record<SeriesLevel, string>>>;
}

/**
 * Weekly forecasts of categories, markets and stores: a level times the yearly ratio of the store, or, where two years are known, a
 * decomposition with a year of its own. All series of one height choose together: the method with the least absolute error on the
 * last six windows of their histories.
 */
export function forecastSums(sums: readonly DemandSeries[], ratios: YearlyRatios): SumForecasts {
  const names: Partial<Record<SeriesLevel, string>> = {};
  const past: PastForecast[] = [];
  const chosen = new Map<SeriesLevel, SumMethod>();
  for (const level of new Set(sums.map(levelOf))) {
    const windows = listWindows(sums.filter((series) => levelOf(series) === level));
    const hasYears = windows.some(({ known }) => known.values.length >= TWO_YEARS);
    const methods = hasYears ? [...LEVELS, ...YEARS] : LEVELS;
    const tried = methods.map((method) =>
      windows.map(({ known, back, actual }) => ({ actual, forecast: forecastSum(known, method, ratios, back) })),
    );
    const errors = tried.map((cases) => cases.reduce((sum, one) => sum + absoluteError(one), 0));
    const best = windows.length > 0 ? errors.indexOf(Math.min(...errors)) : 0;
    const method = methods[best] as SumMethod;
    chosen.set(level, method);
    names[level] = method.name;
    past.push(...(tried[best] ?? []));
  }
  const forecasts = sums.map((series) => forecastSum(series, chosen.get(levelOf(series)) as SumMethod, ratios, 0));
  return { forecasts, past, methods: names };
}

function listWindows(
  sums: readonly DemandSeries[],
): { readonly known: DemandSeries; readonly back: number; readonly actual: Float64Array }[] {
  return sums.flatMap((series) =>
    Array.from({ length: WINDOWS }, (_, at) => {
      const back = HORIZONS.week + at * STRIDE;
      const known = truncateSeries(series, back);
      const from = known.values.length;
      return { known, back, actual: series.values.subarray(from, from + HORIZONS.week) };
    }).filter(({ known }) => known.values.length >= SHORT_WEEKS),
  );
}

function forecastSum(series: DemandSeries, method: SumMethod, ratios: YearlyRatios, back: number): StepForecast {
  return forecastSafely(series.values, () => addRatio(series, method, ratios, back));
}

function addRatio(series: DemandSeries, method: SumMethod, ratios: YearlyRatios, back: number): StepForecast {
  const { values, store } = series;
  if (values.length < SHORT_WEEKS) return forecastShort(values);
  const { deviation } = forecastFixedSmoothing(values, HORIZONS.week, SCALE_ALPHA);
  if (method.hasYear === true && values.length >= TWO_YEARS) {
    return toStepForecast(method.name, { mean: method.forecast(values, WEEKS_PER_YEAR, HORIZONS.week), deviation });
  }
  const ratio = ratios(store, back);
  const level = method.forecast(values, 1, HORIZONS.week);
  return toStepForecast(`${method.name}+yearly-ratio`, {
    mean: level.map((value, step) => value * (ratio[step] as number)),
    deviation: deviation.map((value, step) => value * (ratio[step] as number)),
  });
}

function absoluteError({ actual, forecast }: PastForecast): number {
  return actual.reduce((sum, value, step) => sum + Math.abs(value - (forecast.mean[step] as number)), 0);
}
