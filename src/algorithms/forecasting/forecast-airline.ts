import { forecastDifferences } from "./forecast-differences.ts";
import type { ForecastFunction } from "./forecast-function.ts";
import { minimizeNelderMead } from "./minimize-nelder-mead.ts";

/** Steps beyond two periods without which no season is fitted. */
const LEAST_BEYOND = 4;
/** First weights of the step and of the season, and their bounds. */
const START = [0.5, 0.6] as const;
const LOWEST = [-0.5, -0.2] as const;
const HIGHEST = [0.98, 0.98] as const;
const SEARCH = { maxEvaluations: 80, tolerance: 1e-6 } as const;

/**
 * The airline model, ARIMA(0,1,1)(0,1,1) of the period, by conditional least squares: the change over a season changes from step to
 * step by nothing but errors, of which a share θ is taken back a step later and a share Θ a season later.
 *
 *     (1 − B)(1 − B^m) y_t = (1 − θB)(1 − ΘB^m) e_t
 *
 * Without two periods and four steps, or a period of 1: `forecastDifferences`. At most 80 passes over the series.
 * Source: Box and Jenkins (1970), series G.
 */
export const forecastAirline: ForecastFunction = (train, period, horizon) => {
  const n = train.length;
  if (period < 2 || n < 2 * period + LEAST_BEYOND) return forecastDifferences(train, period, horizon);
  const first = period + 1;
  const changes = Float64Array.from(
    { length: n - first },
    (_, at) => train[at + first] - train[at + period] - (train[at + 1] - train[at]),
  );
  // Errors of the steps ahead are 0, and so are those before the first change.
  const errors = new Float64Array(n + horizon);
  const { point } = minimizeNelderMead(
    ([step, season]) => filterChanges(changes, period, step, season, errors),
    [...START],
    [...LOWEST],
    [...HIGHEST],
    SEARCH,
  );
  const [step, season] = point;
  filterChanges(changes, period, step, season, errors);
  const values = new Float64Array(n + horizon);
  values.set(train);
  for (let t = n; t < n + horizon; t++) {
    const change = step * season * errors[t - period - 1] - step * errors[t - 1] - season * errors[t - period];
    values[t] = values[t - 1] + values[t - period] - values[t - period - 1] + change;
  }
  return values.subarray(n);
};

/** Writes the errors of the changes from place `period + 1` on; their squared sum. O(n). */
function filterChanges(
  changes: Float64Array,
  period: number,
  step: number,
  season: number,
  errors: Float64Array,
): number {
  const first = period + 1;
  let squares = 0;
  for (let at = 0; at < changes.length; at++) {
    const t = first + at;
    const error =
      changes[at] + step * errors[t - 1] + season * errors[t - period] - step * season * errors[t - period - 1];
    errors[t] = error;
    squares += error * error;
  }
  return squares;
}
