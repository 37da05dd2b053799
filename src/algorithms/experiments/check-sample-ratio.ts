import { fail } from "../../core/errors.ts";
import { requireAtLeast } from "../require-numbers.ts";
import { chiSquareTail } from "./chi-square-tail.ts";

export interface SampleRatioCheck {
  /** Pearson's sum of (counted − expected)² / expected. */
  readonly chiSquare: number;
  readonly degrees: number;
  /** How often chance alone strays as far. Tiny: units were lost or assigned otherwise than planned. */
  readonly pValue: number;
}

/**
 * Whether the units counted in each variant fit the shares planned: Pearson's chi-square test of goodness of fit.
 * Input: counts and weights a variant, in the same order; variants of weight 0 must have no units. O(variants).
 * Errors: `ALGORITHM_INPUT_INVALID` for unequal lengths, fewer than 2 variants with a weight, negative numbers, units where
 * none are planned. Good from some five expected units a variant on.
 * Source: Pearson (1900); Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled experiments.
 */
export function checkSampleRatio(counts: readonly number[], weights: readonly number[]): SampleRatioCheck {
  if (counts.length !== weights.length) {
    throw fail("ALGORITHM_INPUT_INVALID", `counts has ${counts.length} variants; weights has ${weights.length}.`);
  }
  let units = 0;
  let total = 0;
  let planned = 0;
  for (let i = 0; i < counts.length; i++) {
    requireAtLeast(counts[i], 0, `counts[${i}]`);
    requireAtLeast(weights[i], 0, `weights[${i}]`);
    units += counts[i];
    total += weights[i];
    if (weights[i] > 0) planned++;
    else if (counts[i] > 0) {
      throw fail("ALGORITHM_INPUT_INVALID", `counts[${i}] is ${counts[i]} where weights[${i}] plans none.`);
    }
  }
  if (planned < 2) throw fail("ALGORITHM_INPUT_INVALID", "weights has fewer than 2 variants above 0.");
  let chiSquare = 0;
  for (let i = 0; i < counts.length; i++) {
    const expected = (units * weights[i]) / total;
    if (expected > 0) chiSquare += (counts[i] - expected) ** 2 / expected;
  }
  return { chiSquare, degrees: planned - 1, pValue: chiSquareTail(chiSquare, planned - 1) };
}
