import { normalCdf, normalDensity } from "../normal-distribution.ts";
import type { Elasticity } from "./estimate-elasticity.ts";

/** A history speaks against falling demand when an elasticity of 0 or below leaves less than 5 % for what it shows. */
const Z95_ONE_SIDED = 1.6448536269514722;
/** Beyond so many errors above 0 the tail's own expansion is exact enough. */
const FAR = 8;

/** Whether an own estimate is above 0 by more than chance: price followed demand there, and does not show what it does to it. O(1). */
export function isRising({ elasticity, error }: Elasticity): boolean {
  return elasticity > Z95_ONE_SIDED * error;
}

/**
 * What is left of a normal belief in an elasticity when demand does not rise with price: mean and deviation of the normal distribution cut
 * off above 0. Beliefs well below 0 stay as they are. O(1). Source: Johnson, Kotz and Balakrishnan (1994), section 13.10.1;
 * Geweke (1986) for inequality constraints as priors.
 */
export function restrictSign<T extends Elasticity>(belief: T): T {
  const { elasticity, error } = belief;
  if (!(error > 0)) return { ...belief, elasticity: Math.min(0, elasticity) };
  const above = elasticity / error;
  if (above > FAR) return { ...belief, elasticity: -error / above, error: error / above };
  const hazard = normalDensity(above) / normalCdf(-above);
  const variance = Math.max(0, 1 + above * hazard - hazard * hazard);
  return { ...belief, elasticity: elasticity - error * hazard, error: error * Math.sqrt(variance) };
}
