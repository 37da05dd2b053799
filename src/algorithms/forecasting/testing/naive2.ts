/**
 * The competitions' seasonal adjustment, for conformance with published tables: a 90 % autocorrelation test at the
 * seasonal lag, then classical multiplicative decomposition. Source: the M4 benchmark code (SeasonalityTest, Benchmarks).
 */
export function seasonallyAdjust(
  series: Float64Array,
  period: number,
): { adjusted: Float64Array; factor: (time: number) => number } {
  if (period === 1 || !isSeasonal(series, period)) return { adjusted: series, factor: () => 1 };
  const half = period >> 1;
  const ratios: number[][] = Array.from({ length: period }, () => []);
  for (let t = half; t + half < series.length; t++) {
    let window = period % 2 === 0 ? -0.5 * (series[t - half] + series[t + half]) : 0;
    for (let near = t - half; near <= t + half; near++) window += series[near];
    ratios[t % period].push((series[t] * period) / window);
  }
  const raw = ratios.map((list) => list.reduce((sum, ratio) => sum + ratio, 0) / list.length);
  const mean = raw.reduce((sum, ratio) => sum + ratio, 0) / period;
  const factor = (time: number): number => raw[time % period] / mean;
  return { adjusted: series.map((value, t) => value / factor(t)), factor };
}

function isSeasonal(series: Float64Array, period: number): boolean {
  const n = series.length;
  if (n < 3 * period) return false;
  const mean = series.reduce((sum, value) => sum + value, 0) / n;
  const autocovariance = (lag: number): number => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (series[t] - mean) * (series[t - lag] - mean);
    return sum;
  };
  const variance = autocovariance(0);
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += (autocovariance(lag) / variance) ** 2;
  const limit = 1.645 * Math.sqrt((1 + 2 * squares) / n);
  return Math.abs(autocovariance(period) / variance) > limit;
}
