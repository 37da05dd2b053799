import { forecastNaive } from "../../algorithms/forecasting/forecast-naive.ts";
import {
  calibrateIntervals,
  mapQuantiles,
  type IntervalCalibration,
  type PastForecast,
  type Quantiles,
} from "./calibrate-intervals.ts";
import { DEFAULT_ALPHA } from "./choose-alpha.ts";
import { type DemandSeries, isAlive, type StepUnit, truncateSeries } from "./demand-series.ts";
import { evaluateIntervals, evaluatePoints, type PointCase } from "./evaluate-forecasts.ts";
import { splitWeeks } from "./forecast-days.ts";
import { ALIVE_STEPS, forecastDemand, HORIZONS, type StepForecast } from "./forecast-demand.ts";
import { forecastSums } from "./forecast-sums.ts";
import { forecastWeeks, type WeekForecasts } from "./forecast-weeks.ts";
import { measureYearlyRatios } from "./yearly-ratios.ts";

/** Origins of days that are scored, newest first, a horizon of days apart. Weeks have one: the windows before it choose. */
const DAY_ORIGINS = 6;
/** The season that the seasonal naive forecast repeats. */
const SEASONS = { week: 52, day: 7 } as const;
/** Forecasts needed at the test origin for its figures to mean something. */
const MIN_CASES = { week: 20, day: 1 } as const;

/** A forecast of one series from a past origin: of the model, of smoothing or profile alone as before it, and what came. */
export interface TestCase extends PastForecast {
  readonly known: DemandSeries;
  readonly plain: StepForecast;
  readonly quantiles: Quantiles;
  /** 0 for steps with days without stock, which say nothing and do not count; missing: all count. */
  readonly inStock?: Uint8Array;
}

type Figures = Readonly<Record<string, number>>;

/** Errors of the model and of what it is held against, on the same steps. */
export interface Comparison {
  readonly series: number;
  readonly model: Figures;
  readonly naive: Figures;
  readonly seasonalNaive: Figures;
  /** Each series by itself: smoothing with one weight for all weeks, smoothing and weekday profile of days. */
  readonly plain: Figures;
}

/** Calibrations of intervals: errors of sums of thousands tell nothing about products. */
interface Calibrations {
  readonly products: IntervalCalibration;
  readonly sums: IntervalCalibration;
}

export interface WeekBacktest {
  readonly cases: readonly TestCase[];
  /** From the errors of all origins, the test origin included: for the forecasts to come. */
  readonly calibrations: Calibrations;
}

/**
 * Forecasts all weeks as they were known a horizon ago: what chooses, weighs and calibrates ends there. `now` are the forecasts
 * to be published, whose own windows calibrate their intervals together with the errors of the test origin.
 */
export function backtestWeeks(all: readonly DemandSeries[], now: WeekForecasts, seed: number): WeekBacktest {
  const known = all.map((series) => truncateSeries(series, HORIZONS.week));
  const then = forecastWeeks(known, seed);
  const atEnd = new Map(known.map((series, at) => [series.values, all[at] as DemandSeries]));
  const calibrated = calibrate(then.past.products, then.past.sums);
  const cases = then.series.map((series, at): TestCase => {
    const forecast = then.forecasts[at] as StepForecast;
    const whole = atEnd.get(series.values) as DemandSeries;
    const to = series.values.length + HORIZONS.week;
    const actual = whole.values.subarray(series.values.length, to);
    const inStock = whole.daysOut?.subarray(series.values.length, to).map((days) => (days > 0 ? 0 : 1));
    const quantiles = calibrationOf(calibrated, series)(forecast);
    const plain = forecastDemand(series, then.alpha);
    return { known: series, forecast, actual, quantiles, plain, ...(inStock ? { inStock } : {}) };
  });
  const isProduct = ({ known: series }: TestCase): boolean => series.product !== "";
  return {
    cases,
    calibrations: calibrate(
      [...now.past.products, ...cases.filter(isProduct)],
      [...now.past.sums, ...cases.filter((one) => !isProduct(one))],
    ),
  };
}

export function calibrationOf({ products, sums }: Calibrations, { product }: DemandSeries): IntervalCalibration {
  return product === "" ? sums : products;
}

function calibrate(products: readonly PastForecast[], sums: readonly PastForecast[]): Calibrations {
  return { products: calibrateIntervals(products), sums: calibrateIntervals(sums) };
}

export interface DayBacktest {
  readonly cases: readonly TestCase[];
  readonly calibration: IntervalCalibration;
}

/** Six months of days of sums, from weeks that were known at each origin; intervals of an origin from those before it. */
export function backtestDays(days: readonly DemandSeries[], weeks: readonly DemandSeries[]): DayBacktest {
  const sums = weeks.filter(({ product }) => product === "");
  const origins = Array.from({ length: DAY_ORIGINS }, (_, at) => forecastDaysAt(days, sums, (at + 1) * HORIZONS.day));
  const calibration = calibrateIntervals(origins.flat());
  const cases = origins.flatMap((origin, at) => {
    const before = origins.slice(at + 1).flat();
    const calibrated = before.length > 0 ? calibrateIntervals(before) : undefined;
    return origin.map((one): TestCase => ({ ...one, quantiles: (calibrated ?? calibration)(one.forecast) }));
  });
  return { cases, calibration };
}

function forecastDaysAt(
  days: readonly DemandSeries[],
  sums: readonly DemandSeries[],
  back: number,
): Omit<TestCase, "quantiles">[] {
  const known = sums.map((series) => truncateSeries(series, back / 7)).filter(({ values }) => values.length > 0);
  const { forecasts } = forecastSums(known, measureYearlyRatios(known));
  const weeks = new Map(known.map((series, at) => [placeOf(series), forecasts[at] as StepForecast]));
  return days.flatMap((series) => {
    const then = truncateSeries(series, back);
    const week = weeks.get(placeOf(series));
    if (week === undefined || !isAlive(then, ALIVE_STEPS.day)) return [];
    const from = then.values.length;
    const actual = series.values.subarray(from, from + HORIZONS.day);
    const plain = forecastDemand(then, DEFAULT_ALPHA);
    return [{ known: then, actual, forecast: splitWeeks(then, week, plain.mean), plain }];
  });
}

/** Names a sum, whatever its unit. */
export function placeOf({ store, category, market }: DemandSeries): string {
  return JSON.stringify([store, category, market]);
}

/** The figures of some cases of one unit; undefined where there are too few to measure anything. */
export function compareCases(
  cases: readonly TestCase[],
  unit: StepUnit,
  least: number = MIN_CASES[unit],
): Comparison | undefined {
  if (cases.length < least) return undefined;
  const measure = (meanOf: (one: TestCase) => Float64Array): Figures =>
    evaluatePoints(
      cases.map((one): PointCase => ({ history: one.known.values, actual: one.actual, mean: meanOf(one) })),
    );
  const naive = (period: number): Figures =>
    measure(({ known }) => forecastNaive(known.values, HORIZONS[unit], period).mean);
  return {
    series: cases.length,
    model: {
      ...measure(({ forecast }) => forecast.mean),
      ...evaluateIntervals(
        cases.map((one) => ({
          actual: takeInStock(one, one.actual),
          mean: takeInStock(one, one.forecast.mean),
          quantiles: mapQuantiles((name) => takeInStock(one, one.quantiles[name])),
        })),
      ),
    },
    naive: naive(1),
    seasonalNaive: naive(SEASONS[unit]),
    plain: measure(({ plain }) => plain.mean),
  };
}

function takeInStock({ inStock }: TestCase, values: Float64Array): Float64Array {
  return inStock === undefined ? values : values.filter((_, step) => inStock[step] === 1);
}
