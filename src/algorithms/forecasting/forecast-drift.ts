/** The line through the first and the last value, continued; a single value is repeated. O(horizon). */
export function forecastDrift(train: Float64Array, _period: number, horizon: number): Float64Array {
  const last = train.length - 1;
  const slope = last > 0 ? (train[last] - train[0]) / last : 0;
  return Float64Array.from({ length: horizon }, (_, step) => train[last] + slope * (step + 1));
}
