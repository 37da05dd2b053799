import type { Elasticity } from "./estimate-elasticity.ts";
import { findMiddle, FREEDOM } from "./robust-middle.ts";

/** How elasticities of many products lie, and how much is to be believed of their standard errors. */
export interface ElasticitySpread {
  /** Variance between products of what stays theirs. */
  readonly between: number;
  /** What standard errors are to be multiplied by. */
  readonly inflation: number;
}

/** Fewer products than this with two halves tell nothing. */
const LEAST_PRODUCTS = 30;
const DEVIATIONS = [0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4] as const;
const INFLATIONS = [1, 1.25, 1.5, 2, 3] as const;

/**
 * Learns from the halves of histories how far one half foretells the other: an elasticity of one half, drawn to the mean of all, should lie
 * as near that of the other half as the variance between products and both errors say. Of a grid of deviations between products and of
 * factors on the errors, that under which the other half is likeliest. Weeks depend on each other and demand drifts, so that
 * errors of a regression are too small, and moments of the estimates take that for a difference between products.
 *
 * Input: a pair of estimates a product. Undefined below 30 products. O(products · grid).
 * Source: empirical Bayes with a predictive likelihood, t-distributed for robustness (Lange, Little and Taylor 1989).
 */
export function learnSpread(halves: readonly (readonly [Elasticity, Elasticity])[]): ElasticitySpread | undefined {
  if (halves.length < LEAST_PRODUCTS) return undefined;
  const all = halves.flat();
  let [best, most]: [ElasticitySpread | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
  for (const inflation of INFLATIONS) {
    const widened = all.map(({ elasticity, error }) => ({ elasticity, error: error * inflation }));
    for (const deviation of DEVIATIONS) {
      const between = deviation * deviation;
      const mean = findMiddle(widened, between);
      let likelihood = 0;
      for (let at = 0; at < widened.length; at += 2) {
        likelihood += foretell(widened[at], widened[at + 1], mean, between);
        likelihood += foretell(widened[at + 1], widened[at], mean, between);
      }
      if (likelihood > most) [best, most] = [{ between, inflation }, likelihood];
    }
  }
  return best;
}

/** Log likelihood, but for a constant, of one estimate seen from the other drawn to the mean. */
function foretell(from: Elasticity, to: Elasticity, mean: number, between: number): number {
  const noise = from.error * from.error;
  const kept = between / (between + noise);
  const variance = kept * noise + to.error * to.error;
  const miss = to.elasticity - (mean + kept * (from.elasticity - mean));
  return -0.5 * Math.log(variance) - ((FREEDOM + 1) / 2) * Math.log1p((miss * miss) / variance / FREEDOM);
}
