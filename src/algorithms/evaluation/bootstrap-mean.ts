import type { Rng } from "../../core/rng.ts";

/** A mean with the 2.5 % and 97.5 % quantiles of its bootstrap distribution. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap of a mean over independent users: `rounds` resamples with replacement. With the differences of two
 * systems on the same users as `values` this is the paired bootstrap. Returns zeros for an empty list.
 * O(rounds·n). Source: Efron and Tibshirani (1993).
 */
export function bootstrapMean(values: ArrayLike<number>, rng: Rng, rounds = 1000): MeanInterval {
  const n = values.length;
  if (n === 0) return { mean: 0, low: 0, high: 0 };
  const means = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[rng.nextInt(n)];
    means[round] = sum / n;
  }
  means.sort();
  let total = 0;
  for (let i = 0; i < n; i++) total += values[i];
  return {
    mean: total / n,
    low: means[Math.floor(0.025 * (rounds - 1))],
    high: means[Math.ceil(0.975 * (rounds - 1))],
  };
}
