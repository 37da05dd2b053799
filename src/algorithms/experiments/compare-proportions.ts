import { fail } from "../../core/errors.ts";
import { normalQuantile } from "../normal-distribution.ts";
import { requireInteger, requireShare } from "../require-numbers.ts";
import type { DifferenceInterval } from "./compare-means.ts";

/** How many of how many. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/**
 * The share of `treated` less that of `control`, with Newcombe's interval from the two Wilson intervals: it stays within
 * −1 and 1 and holds what it promises for rare successes, where the textbook interval is too narrow.
 * Input: whole numbers, at least one trial each. O(1).
 * Errors: `ALGORITHM_INPUT_INVALID` for no trials, more successes than trials, a confidence outside (0, 1).
 * Source: Newcombe (1998), Interval estimation for the difference between independent proportions, method 10.
 */
export function compareProportions(control: Proportion, treated: Proportion, confidence = 0.95): DifferenceInterval {
  requireShare(confidence, "confidence");
  const z = normalQuantile((1 + confidence) / 2);
  const from = wilson(control, z, "control");
  const to = wilson(treated, z, "treated");
  const difference = to.share - from.share;
  return {
    difference,
    low: difference - Math.hypot(to.share - to.low, from.high - from.share),
    high: difference + Math.hypot(to.high - to.share, from.share - from.low),
  };
}

function wilson({ successes, trials }: Proportion, z: number, name: string) {
  if (trials < 1) throw fail("ALGORITHM_INPUT_INVALID", `${name}.trials is ${trials}; a share needs at least 1.`);
  requireInteger(trials, 1, Number.MAX_SAFE_INTEGER, `${name}.trials`);
  requireInteger(successes, 0, trials, `${name}.successes`);
  const share = successes / trials;
  const centre = (share + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half =
    (z / (1 + (z * z) / trials)) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { share, low: centre - half, high: centre + half };
}
