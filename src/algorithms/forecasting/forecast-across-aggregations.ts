import type { ForecastFunction } from "./forecast-function.ts";

/** Steps of a block: the divisors of twelve. */
const BLOCKS = [1, 2, 3, 4, 6, 12] as const;
/** Blocks that a level of aggregation needs. */
const LEAST_BLOCKS = 6;

/**
 * Wraps a method so that it forecasts the series at several levels of temporal aggregation, the mean of the answers: means of blocks of 1, 2, 3,
 * 4, 6 and 12 steps, counted from the end, each forecast by itself and read off between the middles of its blocks. Short blocks see
 * what happened last, long ones the trend under the noise. Blocks longer than a season are left out, and levels of fewer than six blocks.
 * Meant for a series without its season.
 * Time: that of the method on some 2.3 n values. Source: Kourentzes, Petropoulos and Trapero (2014), MAPA, without its states.
 */
export function acrossAggregations(forecast: ForecastFunction, season: number): ForecastFunction {
  return (train, period, horizon) => {
    const levels = BLOCKS.filter(
      (size) => size === 1 || (size <= season && Math.floor(train.length / size) >= LEAST_BLOCKS),
    );
    const sum = new Float64Array(horizon);
    for (const size of levels) {
      const blocks = averageBlocks(train, size);
      const means = forecast(blocks, period, Math.ceil(horizon / size) + 1);
      const last = blocks[blocks.length - 1];
      for (let step = 0; step < horizon; step++) {
        // In blocks from the middle of the first block ahead; the middle of the last known one lies at -1.
        const place = (step + 0.5) / size - 0.5;
        const before = Math.floor(place);
        const from = before < 0 ? last : means[before];
        sum[step] += (from + (means[before + 1] - from) * (place - before)) / levels.length;
      }
    }
    return sum;
  };
}

/** Means of whole blocks; what is left over at the start does not count. O(n). */
function averageBlocks(values: Float64Array, size: number): Float64Array {
  const start = values.length % size;
  return Float64Array.from({ length: Math.floor(values.length / size) }, (_, block) => {
    let sum = 0;
    for (let at = 0; at < size; at++) sum += values[start + block * size + at];
    return sum / size;
  });
}
