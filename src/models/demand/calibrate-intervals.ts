import { conformalQuantile } from "../../algorithms/forecasting/conformal-quantile.ts";
import type { StepForecast } from "./forecast-demand.ts";

/** A forecast made in the past and what came. */
export interface PastForecast {
  readonly forecast: StepForecast;
  readonly actual: Float64Array;
}

/** Shares of outcomes that the quantiles stay at or above: bounds of the intervals of 50, 80 and 95 %, and the median. */
const LEVELS = { q025: 0.025, q10: 0.1, q25: 0.25, q50: 0.5, q75: 0.75, q90: 0.9, q975: 0.975 } as const;
export type QuantileName = keyof typeof LEVELS;

export type Quantiles = Readonly<Record<QuantileName, Float64Array>>;

/** Turns a forecast into quantiles. */
export type IntervalCalibration = (forecast: StepForecast) => Quantiles;

/** Upper bounds of the levels (units per step) and of the steps ahead that share one set of error quantiles. */
const LEVEL_BOUNDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, Number.POSITIVE_INFINITY];
const STEP_BOUNDS = [1, 4, 8, 13, Number.POSITIVE_INFINITY];
/** A group with fewer errors borrows those of all levels, and then those of all steps too. */
const MIN_ERRORS = 200;
const ALL = "all";
/** Stands in where there are no past errors at all. */
const NORMAL = { q025: -1.96, q10: -1.2816, q25: -0.6745, q50: 0, q75: 0.6745, q90: 1.2816, q975: 1.96 };

/**
 * Split-conformal intervals from backtest errors: errors divided by the forecast's scale are pooled over series of a
 * similar level and similar steps ahead; their quantiles times the scale go around the mean. No distribution is assumed,
 * so the skew of small counts is in the intervals. Quantiles never cross and are never negative.
 */
export function calibrateIntervals(past: readonly PastForecast[]): IntervalCalibration {
  const groups = new Map<string, number[]>();
  const add = (key: string, error: number): void => {
    const errors = groups.get(key) ?? [];
    errors.push(error);
    groups.set(key, errors);
  };
  for (const { forecast, actual } of past) {
    for (let step = 0; step < actual.length; step++) {
      const mean = forecast.mean[step] as number;
      const error = ((actual[step] as number) - mean) / (forecast.scale[step] as number);
      add(keyOf(mean, step), error);
      // A closed day is forecast as nothing and sells nothing: that says nothing about other days.
      if (mean === 0) continue;
      add(keyOf(undefined, step), error);
      add(ALL, error);
    }
  }
  const tables = new Map(
    [...groups].map(([key, errors]) => {
      const sorted = Float64Array.from(errors).sort();
      return [key, { count: sorted.length, ...mapQuantiles((name) => conformalQuantile(sorted, LEVELS[name])) }];
    }),
  );
  const find = (mean: number, step: number): Readonly<Record<QuantileName, number>> => {
    for (const level of [mean, undefined]) {
      const table = tables.get(keyOf(level, step));
      if (table !== undefined && table.count >= MIN_ERRORS) return table;
    }
    return tables.get(ALL) ?? NORMAL;
  };
  return ({ mean, scale }) => {
    const errors = Array.from(mean, find);
    return mapQuantiles((name) =>
      mean.map((value, step) => Math.max(0, value + (errors[step]?.[name] ?? 0) * (scale[step] as number))),
    );
  };
}

/** A value for each quantile. */
export function mapQuantiles<T>(valueOf: (name: QuantileName) => T): Record<QuantileName, T> {
  return {
    q025: valueOf("q025"),
    q10: valueOf("q10"),
    q25: valueOf("q25"),
    q50: valueOf("q50"),
    q75: valueOf("q75"),
    q90: valueOf("q90"),
    q975: valueOf("q975"),
  };
}

function keyOf(mean: number | undefined, step: number): string {
  const level = mean === undefined ? "any" : LEVEL_BOUNDS.findIndex((bound) => mean <= bound);
  return `${level}/${STEP_BOUNDS.findIndex((bound) => step < bound)}`;
}
