/** Two-sided 90 % point of the normal law. */
const Z90 = 1.645;

/**
 * Whether the autocorrelation at lag `period` stands out at 90 %, given those at shorter lags (Bartlett's variance).
 * Needs three full periods; shorter or constant series are not seasonal. O(n · period).
 * Source: M4 benchmark code (SeasonalityTest).
 */
export function isSeasonal(series: Float64Array, period: number): boolean {
  const n = series.length;
  if (period < 2 || n < 3 * period) return false;
  const mean = series.reduce((sum, value) => sum + value, 0) / n;
  const centred = series.map((value) => value - mean);
  const variance = autocovariance(centred, 0);
  if (!(variance > 0)) return false;
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += (autocovariance(centred, lag) / variance) ** 2;
  return Math.abs(autocovariance(centred, period) / variance) > Z90 * Math.sqrt((1 + 2 * squares) / n);
}

function autocovariance(centred: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < centred.length; t++) sum += centred[t] * centred[t - lag];
  return sum;
}
