/**
 * Gini coefficient of non-negative amounts: 0 where all are equal, near 1 where one has everything. 0 for nothing at all.
 * G = Σ (2i − n − 1)·x_i / (n·Σ x), x ascending, i from 1. O(n log n). Source: Gini (1912), in this form Sen (1973).
 */
export function giniCoefficient(amounts: ArrayLike<number>): number {
  const sorted = Float64Array.from(amounts).sort();
  const n = sorted.length;
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < n; i++) {
    sum += sorted[i];
    weighted += (2 * (i + 1) - n - 1) * sorted[i];
  }
  return sum === 0 ? 0 : weighted / (n * sum);
}
