import type { ForecastFunction } from "./forecast-function.ts";

/** A forecast may leave the range of the training values by no more than this factor. */
const LARGEST_GROWTH = 10;

/** Makes a method safe for a nightly run: see `guardValues`; zeros for an empty series. O(n + horizon). */
export function guardForecast(forecast: ForecastFunction): ForecastFunction {
  return (train, period, horizon) =>
    train.length === 0 ? new Float64Array(horizon) : guardValues(forecast(train, period, horizon), train);
}

/**
 * A forecast with no step below 0 where no training value is, none further from 0 than ten times the greatest training value, and the last
 * value in place of what is not finite: itself where it is so already. `train` holds at least one value. O(n + horizon).
 */
export function guardValues(forecast: Float64Array, train: Float64Array): Float64Array {
  const last = train[train.length - 1];
  let [least, greatest] = [0, 0];
  for (const value of train) {
    if (value < least) least = value;
    if (Math.abs(value) > greatest) greatest = Math.abs(value);
  }
  const limit = LARGEST_GROWTH * greatest;
  const floor = least < 0 ? -limit : 0;
  // True of nearly all: a night asks for a hundred thousand of them.
  if (forecast.every((value) => value >= floor && value <= limit)) return forecast;
  return forecast.map((value) => (Number.isFinite(value) ? Math.min(limit, Math.max(floor, value)) : last));
}
