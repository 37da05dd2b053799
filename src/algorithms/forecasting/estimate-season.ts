/**
 * Additive season of a series: the mean distance from the centred moving average of one period, per phase, shifted to
 * sum to zero. `season[t mod period]` belongs to time t. Needs at least two periods of finite values. O(n).
 * Source: classical decomposition, e.g. Hyndman and Athanasopoulos, *Forecasting: principles and practice*, 3.4.
 */
export function estimateSeason(series: Float64Array, period: number): Float64Array {
  const half = period >> 1;
  const isEven = period % 2 === 0;
  const sums = new Float64Array(period);
  const counts = new Int32Array(period);
  for (let t = half; t + half < series.length; t++) {
    // A centred window of even length takes half of each end.
    let window = isEven ? -0.5 * (series[t - half] + series[t + half]) : 0;
    for (let near = t - half; near <= t + half; near++) window += series[near];
    sums[t % period] += series[t] - window / period;
    counts[t % period]++;
  }
  const season = sums.map((sum, phase) => (counts[phase] > 0 ? sum / counts[phase] : 0));
  const mean = season.reduce((sum, value) => sum + value, 0) / period;
  return season.map((value) => value - mean);
}
