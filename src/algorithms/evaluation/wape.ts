/**
 * Weighted absolute percentage error, Σ|y − f| / Σ|y|, over all pairs given (pool series by joining them).
 * Returns undefined where the actual values are all zero. O(n).
 */
export function wape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number | undefined {
  let error = 0;
  let size = 0;
  for (let i = 0; i < actual.length; i++) {
    error += Math.abs(actual[i] - forecast[i]);
    size += Math.abs(actual[i]);
  }
  return size > 0 ? error / size : undefined;
}
