import { conformalQuantile } from "../../algorithms/forecasting/conformal-quantile.ts";
import type { StepForecast } from "./forecast-demand.ts";

/** A forecast made in the past and what came. */
export interface PastForecast {
  readonly forecast: StepForecast;
  readonly actual: Float64Array;
}

export interface Quantiles {
  readonly q10: Float64Array;
  readonly q50: Float64Array;
  readonly q90: Float64Array;
}

/** Turns a forecast into quantiles. */
export type IntervalCalibration = (forecast: StepForecast) => Quantiles;

/** Upper bounds of the levels (units per step) and of the steps ahead that share one set of error quantiles. */
const LEVEL_BOUNDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, Number.POSITIVE_INFINITY];
const STEP_BOUNDS = [1, 4, 8, 13, Number.POSITIVE_INFINITY];
/** A group with fewer errors borrows those of all levels, and then those of all steps too. */
const MIN_ERRORS = 200;
const ALL = "all";
/** Stands in where there are no past errors at all. */
const NORMAL = { q10: -1.2816, q50: 0, q90: 1.2816 };

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
      const at = (level: number): number => conformalQuantile(sorted, level);
      return [key, { count: sorted.length, q10: at(0.1), q50: at(0.5), q90: at(0.9) }];
    }),
  );
  const find = (mean: number, step: number): { q10: number; q50: number; q90: number } => {
    for (const key of [keyOf(mean, step), keyOf(undefined, step)]) {
      const table = tables.get(key);
      if (table !== undefined && table.count >= MIN_ERRORS) return table;
    }
    return tables.get(ALL) ?? NORMAL;
  };
  return ({ mean, scale }) => {
    const at = (name: "q10" | "q50" | "q90"): Float64Array =>
      mean.map((value, step) => Math.max(0, value + find(value, step)[name] * (scale[step] as number)));
    return { q10: at("q10"), q50: at("q50"), q90: at("q90") };
  };
}

function keyOf(mean: number | undefined, step: number): string {
  const level = mean === undefined ? "any" : LEVEL_BOUNDS.findIndex((bound) => mean <= bound);
  return `${level}/${STEP_BOUNDS.findIndex((bound) => step < bound)}`;
}
