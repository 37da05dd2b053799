import { normalDensity, normalQuantile, normalUpperTail } from "../normal-distribution.ts";
import { requireAtLeast } from "../require-numbers.ts";

export interface NewsvendorOrder {
  /** Units to have before the season. */
  readonly quantity: number;
  /** Expected cost of units left over and units missed. */
  readonly cost: number;
  /** Probability that demand is met in full: underage / (underage + overage). */
  readonly criticalRatio: number;
}

/**
 * The single-period stock that costs least when demand is normal: S = μ + z·σ with Φ(z) = p / (p + h).
 *
 * Input: overage cost h a unit left over, underage cost p a unit missed, mean and deviation of demand in units. O(1).
 * Errors: costs that are not above 0, a negative deviation.
 * Source: Arrow, Harris and Marschak (1951); cost h·(S − μ) + (h + p)·σ·L(z), L the standard loss function.
 */
export function newsvendorNormal(overage: number, underage: number, mean: number, deviation: number): NewsvendorOrder {
  const criticalRatio = ratioOf(overage, underage);
  requireAtLeast(mean, 0, "mean");
  requireAtLeast(deviation, 0, "deviation");
  const z = normalQuantile(criticalRatio);
  const loss = normalDensity(z) - z * normalUpperTail(z);
  return {
    quantity: mean + z * deviation,
    cost: overage * z * deviation + (overage + underage) * deviation * loss,
    criticalRatio,
  };
}

/**
 * The same for demand known by equally likely outcomes: the smallest outcome that the critical ratio does not exceed.
 * Input: outcomes in units, ascending, at least one. O(n).
 */
export function newsvendorEmpirical(overage: number, underage: number, outcomes: Float64Array): NewsvendorOrder {
  const criticalRatio = ratioOf(overage, underage);
  requireAtLeast(outcomes.length, 1, "outcomes.length");
  const rank = Math.min(outcomes.length - 1, Math.max(0, Math.ceil(criticalRatio * outcomes.length - 1e-12) - 1));
  const quantity = outcomes[rank];
  let cost = 0;
  for (const demand of outcomes)
    cost += demand > quantity ? underage * (demand - quantity) : overage * (quantity - demand);
  return { quantity, cost: cost / outcomes.length, criticalRatio };
}

function ratioOf(overage: number, underage: number): number {
  requireAtLeast(overage, Number.MIN_VALUE, "overage");
  requireAtLeast(underage, Number.MIN_VALUE, "underage");
  return underage / (underage + overage);
}
