/**
 * Mean pinball (quantile) loss of `forecast` as the `level` quantile of `actual`, level in (0, 1):
 * level·(y − q) where y ≥ q, (1 − level)·(q − y) below. Twice the loss at 0.5 is the mean absolute error. O(n).
 * Source: Koenker and Bassett (1978).
 */
export function pinballLoss(actual: ArrayLike<number>, forecast: ArrayLike<number>, level: number): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const excess = actual[i] - forecast[i];
    sum += excess >= 0 ? level * excess : (level - 1) * excess;
  }
  return sum / actual.length;
}
