import { fail } from "../../core/errors.ts";
import { normalQuantile } from "../normal-distribution.ts";
import { requireAtLeast, requireFinite, requireShare } from "../require-numbers.ts";

export interface PolicyValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Units of equal weight that would tell as much (Kish): (Σ w)² / Σ w². */
  readonly effectiveUnits: number;
}

/**
 * The mean reward of a policy from lists that others made, too: SNIPS, the self-normalised inverse propensity score
 * Σ w r / Σ w, with w = (probability of the list under the policy) / (probability with which it was shown).
 * Lists of one unit are not independent, so both sums come a unit: `weights[u]` is Σ w and `weightedRewards[u]` is Σ w r
 * over the lists of unit u. The interval is the delta method's for a ratio of means over independent units; there is a
 * bias of order 1 / units. O(units) time, no memory.
 * Errors: `ALGORITHM_INPUT_INVALID` for unequal lengths, negative weights, NaN, infinities, or weights that are all 0.
 * Source: Swaminathan and Joachims (2015), The self-normalized estimator for counterfactual learning.
 */
export function estimatePolicyValue(
  weights: ArrayLike<number>,
  weightedRewards: ArrayLike<number>,
  confidence = 0.95,
): PolicyValue {
  requireShare(confidence, "confidence");
  const n = weights.length;
  if (weightedRewards.length !== n) {
    throw fail("ALGORITHM_INPUT_INVALID", `weightedRewards has ${weightedRewards.length} units; weights has ${n}.`);
  }
  requireFinite(weightedRewards, "weightedRewards");
  let weight = 0;
  let reward = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    requireAtLeast(weights[i], 0, `weights[${i}]`);
    weight += weights[i];
    squares += weights[i] ** 2;
    reward += weightedRewards[i];
  }
  if (!(weight > 0)) throw fail("ALGORITHM_INPUT_INVALID", "weights add up to 0; no list tells about the policy.");
  const value = reward / weight;
  let residuals = 0;
  for (let i = 0; i < n; i++) residuals += (weightedRewards[i] - value * weights[i]) ** 2;
  const margin = (normalQuantile((1 + confidence) / 2) * Math.sqrt(residuals)) / weight;
  return { value, low: value - margin, high: value + margin, effectiveUnits: weight ** 2 / squares };
}
