/**
 * Σ(f − y) / Σ|y| over all pairs given: positive where too much is forecast. Pools like `wape`, so a sum of small
 * series weighs as much as one large series. Returns undefined where the actual values are all zero. O(n).
 */
export function relativeBias(actual: ArrayLike<number>, forecast: ArrayLike<number>): number | undefined {
  let error = 0;
  let size = 0;
  for (let i = 0; i < actual.length; i++) {
    error += forecast[i] - actual[i];
    size += Math.abs(actual[i]);
  }
  return size > 0 ? error / size : undefined;
}
