import type { Elasticity } from "./estimate-elasticity.ts";

/** Degrees of freedom of the t distribution that estimates are judged by: a few products with a freak price must not decide. */
export const FREEDOM = 5;
const ROUNDS = 20;

/**
 * The middle of elasticities that lie around it with the variance `between` and their errors, by a t distribution: freak
 * estimates count little. Iteratively reweighted mean, from the median. Input: at least one. O(n log n).
 * Source: Lange, Little and Taylor, Journal of the American Statistical Association 84, 1989.
 */
export function findMiddle(all: readonly Elasticity[], between: number): number {
  const sorted = Float64Array.from(all, ({ elasticity }) => elasticity).sort();
  let mean = sorted[sorted.length >> 1];
  for (let round = 0; round < ROUNDS; round++) {
    let [sum, total] = [0, 0];
    for (const { elasticity, error } of all) {
      const weight = weigh(elasticity - mean, error * error + between);
      sum += weight * elasticity;
      total += weight;
    }
    const next = sum / total;
    const isDone = Math.abs(next - mean) < 1e-6;
    mean = next;
    if (isDone) break;
  }
  return mean;
}

/** Standard error of `findMiddle`. O(n). */
export function errorOfMiddle(all: readonly Elasticity[], between: number, mean: number): number {
  const total = all.reduce((sum, { elasticity, error }) => sum + weigh(elasticity - mean, error * error + between), 0);
  return Math.sqrt(1 / total);
}

/** Precision of an estimate so far from the middle, by the t distribution. */
function weigh(miss: number, variance: number): number {
  return (FREEDOM + 1) / (FREEDOM + (miss * miss) / variance) / variance;
}
