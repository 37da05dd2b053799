import type { ForecastFunction } from "./forecast-function.ts";
import { isSeasonal } from "./is-seasonal.ts";

/** A series without its season, and the way back. */
export interface AdjustedSeries {
  readonly adjusted: Float64Array;
  /** Puts the season back on a forecast that starts one step after the series. */
  readonly restore: (forecast: Float64Array) => Float64Array;
}

/**
 * The competitions' seasonal adjustment: where the season passes the test, the series is divided by the indices of a
 * classical multiplicative decomposition. A series with an index that is not above 0 (zeros in every cycle, negative
 * values) comes back as it is. O(n · period). Source: M4 benchmark code (SeasonalityTest, Benchmarks).
 */
export function adjustSeason(train: Float64Array, period: number): AdjustedSeries {
  return divideBy(train, isSeasonal(train, period) ? seasonalIndices(train, period) : undefined);
}

/** The series divided by the index of each step's phase; as it is where there are none. O(n). */
export function divideBy(train: Float64Array, index: Float64Array | undefined): AdjustedSeries {
  if (index === undefined) return { adjusted: train, restore: (forecast) => forecast };
  const period = index.length;
  return {
    adjusted: train.map((value, t) => value / index[t % period]),
    restore: (forecast) => forecast.map((value, step) => value * index[(train.length + step) % period]),
  };
}

/** Wraps a method so that it forecasts the seasonally adjusted series and the season is put back. O(n · period). */
export function withSeasonalAdjustment(forecast: ForecastFunction): ForecastFunction {
  return (train, period, horizon) => {
    const { adjusted, restore } = adjustSeason(train, period);
    return restore(forecast(adjusted, 1, horizon));
  };
}

/** Mean ratio to the centred moving average, per phase, scaled to a mean of 1; undefined where one is not above 0. */
export function seasonalIndices(series: Float64Array, period: number): Float64Array | undefined {
  const half = period >> 1;
  const sums = new Float64Array(period);
  const counts = new Int32Array(period);
  trendRatios(series, period).forEach((ratio, at) => {
    const phase = (half + at) % period;
    sums[phase] += ratio;
    counts[phase]++;
  });
  const raw = sums.map((sum, phase) => sum / counts[phase]);
  const mean = raw.reduce((sum, value) => sum + value, 0) / period;
  const indices = raw.map((value) => value / mean);
  return mean > 0 && indices.every((value) => value > 1e-6 && Number.isFinite(value)) ? indices : undefined;
}

/** Ratio of each value to the moving average of one period around it; the first is that of step `period >> 1`. O(n · period). */
export function trendRatios(series: Float64Array, period: number): Float64Array {
  const half = period >> 1;
  const isEven = period % 2 === 0;
  return Float64Array.from({ length: Math.max(0, series.length - 2 * half) }, (_, at) => {
    const t = half + at;
    // A centred window of even length takes half of each end.
    let window = isEven ? -0.5 * (series[t - half] + series[t + half]) : 0;
    for (let near = t - half; near <= t + half; near++) window += series[near];
    return (series[t] * period) / window;
  });
}
