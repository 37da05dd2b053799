/**
 * The competitions' seasonal adjustment: a 90 % autocorrelation test at the seasonal lag, then classical multiplicative
 * decomposition. Without a season (period 1, less than three periods, test not passed, values not all positive) the series
 * comes back as it is with factors of 1. `factor(t)` belongs to time t counted from the start. O(n · period).
 * Source: the M4 benchmark code (SeasonalityTest, Benchmarks). Departure: a series with a value at or below zero is left alone.
 */
export function adjustSeason(
  series: Float64Array,
  period: number,
): { readonly adjusted: Float64Array; readonly factor: (time: number) => number } {
  if (!series.every((value) => value > 0) || !isSeasonal(series, period)) return { adjusted: series, factor: () => 1 };
  const half = period >> 1;
  const isEven = period % 2 === 0;
  const sums = new Float64Array(period);
  const counts = new Int32Array(period);
  let window = 0;
  for (let t = 0; t < 2 * half + 1 && t < series.length; t++) window += series[t];
  for (let t = half; t + half < series.length; t++) {
    const centred = isEven ? window - 0.5 * (series[t - half] + series[t + half]) : window;
    sums[t % period] += (series[t] * period) / centred;
    counts[t % period]++;
    if (t + half + 1 < series.length) window += series[t + half + 1] - series[t - half];
  }
  const raw = sums.map((sum, phase) => sum / counts[phase]);
  const mean = raw.reduce((sum, ratio) => sum + ratio, 0) / period;
  const factors = raw.map((ratio) => ratio / mean);
  return { adjusted: series.map((value, t) => value / factors[t % period]), factor: (time) => factors[time % period] };
}

function isSeasonal(series: Float64Array, period: number): boolean {
  const n = series.length;
  if (period < 2 || n < 3 * period) return false;
  const mean = series.reduce((sum, value) => sum + value, 0) / n;
  const autocovariance = (lag: number): number => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (series[t] - mean) * (series[t - lag] - mean);
    return sum;
  };
  const variance = autocovariance(0);
  if (!(variance > 0)) return false;
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += (autocovariance(lag) / variance) ** 2;
  return Math.abs(autocovariance(period) / variance) > 1.645 * Math.sqrt((1 + 2 * squares) / n);
}
