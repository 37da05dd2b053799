import { calibratePool } from "./calibrate-pool.ts";
import { detectSeason } from "./detect-season.ts";
import { INTERMITTENT_MEMBERS, REGULAR_MEMBERS } from "./member-forecasts.ts";
import type { PanelForecast, PanelSeries, PoolReport } from "./panel-types.ts";
import { createPoolObjective, type ValidationCase } from "./pool-objective.ts";
import { selectWeights } from "./select-weights.ts";
import { measureScales } from "./series-scales.ts";

/** Fewer cases than this say too little to choose by: the members count the same. */
const MIN_CASES = 8;
/** Values before the first origin of a validation case. */
const MIN_HISTORY = 4;

/**
 * Forecasts series of one period, horizon and kind together: closed-form members, weights by the loss of the last windows of the
 * histories (rolling origin, pooled over the series), intervals from the errors of the weighted forecast there.
 */
export function forecastPool(
  pool: readonly PanelSeries[],
  kind: "regular" | "intermittent",
  _seed: number,
): { readonly forecasts: readonly PanelForecast[]; readonly report: PoolReport } {
  const [{ period, horizon }] = pool;
  const season = detectSeason(pool, period);
  const set = kind === "regular" ? REGULAR_MEMBERS : INTERMITTENT_MEMBERS;
  const forecastMembers = (train: Float64Array): Float64Array[] =>
    set.forecast({ train, period, season, horizon }).map((row) => guardForecast(row, train));

  const cases: ValidationCase[] = [];
  const scales: number[] = [];
  for (const { values } of pool) {
    for (let origin = values.length - horizon; origin >= MIN_HISTORY; origin -= horizon) {
      if (values.length - origin > 2 * horizon) break;
      const history = values.subarray(0, origin);
      const measured = measureScales(history, period);
      cases.push({
        members: forecastMembers(history),
        actual: values.subarray(origin, origin + horizon),
        ...measured,
      });
      scales.push(measured.localScale);
    }
  }
  const weights =
    cases.length < MIN_CASES
      ? new Float64Array(set.names.length).fill(1 / set.names.length)
      : selectWeights(set.names.length, createPoolObjective(cases, kind));
  const calibrate = calibratePool(
    cases.map(({ members, actual }, at) => ({ mean: combineRows(members, weights), actual, scale: scales[at] })),
    horizon,
  );
  const forecasts = pool.map(({ values }) => {
    const mean = guardForecast(combineRows(forecastMembers(values), weights), values);
    return calibrate(
      mean,
      measureScales(values, period).localScale,
      values.every((value) => value >= 0),
    );
  });
  const named = Object.fromEntries(set.names.map((name, at) => [name, Math.round(weights[at] * 1e4) / 1e4]));
  return { forecasts, report: { kind, period, horizon, season, series: pool.length, weights: named } };
}

function combineRows(rows: readonly Float64Array[], weights: Float64Array): Float64Array {
  return rows[0].map((_, step) => rows.reduce((sum, row, member) => sum + weights[member] * row[step], 0));
}

/** No NaN (the last value instead), nothing negative where the history is not, nothing beyond ten times its greatest size. */
function guardForecast(row: Float64Array, history: Float64Array): Float64Array {
  let [least, size] = [0, 0];
  for (const value of history) {
    if (value < least) least = value;
    const own = Math.abs(value);
    if (own > size) size = own;
  }
  const low = least < 0 ? -10 * size : 0;
  const last = history[history.length - 1];
  return row.map((value) => (Number.isFinite(value) ? Math.min(10 * size, Math.max(low, value)) : last));
}
