/**
 * Symmetric mean absolute percentage error: mean of 200·|y − f| / (|y| + |f|), in [0, 200]; a pair of zeros counts 0.
 * The convention of the M3 and M4 tables. Not for intermittent demand: it rewards forecasting zero. O(n).
 */
export function smape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const size = Math.abs(actual[i]) + Math.abs(forecast[i]);
    if (size > 0) sum += (200 * Math.abs(actual[i] - forecast[i])) / size;
  }
  return sum / actual.length;
}
