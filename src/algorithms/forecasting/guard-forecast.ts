import type { ForecastFunction } from "./forecast-function.ts";

/** A forecast may leave the range of the training values by no more than this factor. */
const LARGEST_GROWTH = 10;

/**
 * Makes a method safe for a nightly run: no step below 0 where no training value is, none further from 0 than ten times
 * the greatest training value, the last value in place of what is not finite, zeros for an empty series. O(n + horizon).
 */
export function guardForecast(forecast: ForecastFunction): ForecastFunction {
  return (train, period, horizon) => {
    if (train.length === 0) return new Float64Array(horizon);
    const last = train[train.length - 1];
    let [least, greatest] = [Number.POSITIVE_INFINITY, 0];
    for (const value of train) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, Math.abs(value));
    }
    const limit = LARGEST_GROWTH * greatest;
    const floor = least >= 0 ? 0 : -limit;
    return forecast(train, period, horizon).map((value) =>
      Number.isFinite(value) ? Math.min(limit, Math.max(floor, value)) : last,
    );
  };
}
