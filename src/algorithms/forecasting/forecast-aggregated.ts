import type { ForecastFunction } from "./forecast-function.ts";

const ALPHAS = [0.1, 0.15, 0.2, 0.25, 0.3];

/**
 * ADIDA: sums over buckets as long as the mean interval between demands, smoothed, spread evenly again. O(n).
 * Source: Nikolopoulos et al. (2011).
 */
export const forecastAdida: ForecastFunction = (train, _period, horizon) =>
  new Float64Array(horizon).fill(smoothBuckets(train, meanInterval(train)));

/**
 * IMAPA: the mean of such forecasts over all bucket lengths from 1 to the mean interval. O(n · interval).
 * Source: Petropoulos and Kourentzes (2015).
 */
export const forecastImapa: ForecastFunction = (train, _period, horizon) => {
  const longest = meanInterval(train);
  let sum = 0;
  for (let length = 1; length <= longest; length++) sum += smoothBuckets(train, length);
  return new Float64Array(horizon).fill(sum / longest);
};

/** Mean steps from demand to demand, the first counted from the start, rounded; at least 1. */
function meanInterval(train: Float64Array): number {
  let [last, demands] = [-1, 0];
  train.forEach((value, t) => {
    if (value === 0) return;
    last = t;
    demands++;
  });
  return demands === 0 ? 1 : Math.max(1, Math.round((last + 1) / demands));
}

/** One step's forecast from whole buckets of `length` steps, counted back from the end; α in [0.1, 0.3] by least squares. */
function smoothBuckets(train: Float64Array, length: number): number {
  const count = Math.floor(train.length / length);
  const buckets = new Float64Array(count);
  const offset = train.length - count * length;
  for (let t = offset; t < train.length; t++) buckets[Math.floor((t - offset) / length)] += train[t];
  let [best, bestError] = [0, Number.POSITIVE_INFINITY];
  for (const alpha of ALPHAS) {
    let level = buckets[0];
    let squaredError = 0;
    for (let t = 1; t < count; t++) {
      const error = buckets[t] - level;
      squaredError += error * error;
      level += alpha * error;
    }
    if (squaredError < bestError) [best, bestError] = [level, squaredError];
  }
  return best / length;
}
