import type { Rng } from "../../core/rng.ts";
import { requireAtLeast, requireInteger } from "../require-numbers.ts";

export interface ClickCounts {
  readonly impressions: number;
  /** At most the impressions. */
  readonly clicks: number;
}

/**
 * Draws from the posterior of an item's click rate: Beta(clicks + m s, impressions − clicks + (1 − m) s), where the prior has
 * the mean m, usually the click rate of all items, and the weight of s impressions. A Beta is the share of one of two Gamma
 * draws. O(count) expected time.
 * Errors: `ALGORITHM_INPUT_INVALID` for more clicks than impressions, a mean or weight that is not above 0, a mean of 1.
 * Source: Thompson (1933); Marsaglia and Tsang (2000), A simple method for generating gamma variables.
 */
export function drawClickRates(
  { impressions, clicks }: ClickCounts,
  prior: { readonly mean: number; readonly weight: number },
  count: number,
  rng: Rng,
): Float64Array {
  requireAtLeast(clicks, 0, "clicks");
  requireAtLeast(impressions - clicks, 0, "impressions − clicks");
  requireInteger(count, 1, 1_000_000, "count");
  const alpha = clicks + prior.mean * prior.weight;
  const beta = impressions - clicks + (1 - prior.mean) * prior.weight;
  requireAtLeast(Math.min(alpha, beta), 1e-6, "the smaller parameter of the posterior");
  return Float64Array.from({ length: count }, () => {
    const hit = drawGamma(alpha, rng);
    return hit / (hit + drawGamma(beta, rng));
  });
}

/** Shape above 0, scale 1. */
function drawGamma(shape: number, rng: Rng): number {
  // A shape below 1 is drawn one higher and shrunk by a power of a uniform number.
  if (shape < 1) return drawGamma(shape + 1, rng) * (1 - rng.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(rng);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - rng.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function drawNormal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
}
