import type { ForecastFunction } from "./forecast-function.ts";
import { forecastLevel } from "./forecast-level.ts";
import { minimizeNelderMead } from "./minimize-nelder-mead.ts";

/** Shorter series get simple smoothing: a mean and two weights are fitted. */
const SHORTEST = 7;
/** First weights, and their bounds: differences may carry on or turn back, but both are forgotten. */
const START = [0.4, 0.2] as const;
const LOWEST = [-0.3, -0.5] as const;
const HIGHEST = [0.98, 0.95] as const;
const SEARCH = { maxEvaluations: 120, tolerance: 1e-6 } as const;

/**
 * ARIMA(1,1,1) with drift by conditional least squares: a change differs from the mean change c by a share φ of what the last one did, and an
 * error is taken back by a share θ.
 *
 *     d_t − c = φ (d_{t−1} − c) + e_t − θ e_{t−1}     d_t = y_t − y_{t−1}
 *
 * Meant for a series without its season. Shorter than seven values: simple smoothing. At most 120 passes over the series.
 * Source: Box and Jenkins (1970).
 */
export const forecastDifferences: ForecastFunction = (train, period, horizon) => {
  const n = train.length;
  if (n < SHORTEST) return forecastLevel(train, period, horizon);
  const drift = (train[n - 1] - train[0]) / (n - 1);
  const distance = Float64Array.from({ length: n - 1 }, (_, t) => train[t + 1] - train[t] - drift);
  const { point } = minimizeNelderMead(
    ([carry, back]) => filterDifferences(distance, carry, back).squares,
    [...START],
    [...LOWEST],
    [...HIGHEST],
    SEARCH,
  );
  const [carry, back] = point;
  let ahead = carry * distance[n - 2] - back * filterDifferences(distance, carry, back).error;
  let value = train[n - 1];
  return Float64Array.from({ length: horizon }, () => {
    value += drift + ahead;
    ahead *= carry;
    return value;
  });
};

/** Last error and squared errors; before the first step both the distance and the error are 0. O(n). */
function filterDifferences(distance: Float64Array, carry: number, back: number): { error: number; squares: number } {
  let [last, error, squares] = [0, 0, 0];
  for (let t = 0; t < distance.length; t++) {
    error = distance[t] - carry * last + back * error;
    last = distance[t];
    squares += error * error;
  }
  return { error, squares };
}
