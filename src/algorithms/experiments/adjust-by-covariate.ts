import { fail } from "../../core/errors.ts";
import { requireFinite } from "../require-numbers.ts";

export interface AdjustedOutcomes {
  /** y − θ (x − mean of x): the same mean over all units, less spread. */
  readonly adjusted: Float64Array;
  readonly theta: number;
  /** Share of the variance that the covariate explains, 0 to 1: the squared correlation. */
  readonly explained: number;
}

/**
 * CUPED: takes out of each unit's outcome what its covariate foretold, so that variants are compared with less noise.
 * θ = cov(x, y) / var(x) over the units of all variants together. The covariate must be from before the treatment; then
 * the difference of the adjusted means estimates the same effect.
 * Input: one outcome and one covariate a unit, in any units. O(n) time and memory.
 * A covariate without spread, or fewer than 2 units, leaves the outcomes as they are.
 * Errors: `ALGORITHM_INPUT_INVALID` for unequal lengths, NaN and infinities.
 * Source: Deng, Xu, Kohavi and Walker (2013), Improving the sensitivity of online controlled experiments.
 */
export function adjustByCovariate(outcomes: ArrayLike<number>, covariates: ArrayLike<number>): AdjustedOutcomes {
  const n = outcomes.length;
  if (covariates.length !== n) {
    throw fail("ALGORITHM_INPUT_INVALID", `covariates has ${covariates.length} values; outcomes has ${n}.`);
  }
  requireFinite(outcomes, "outcomes");
  requireFinite(covariates, "covariates");
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    meanX += covariates[i] / n;
    meanY += outcomes[i] / n;
  }
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    xx += (covariates[i] - meanX) ** 2;
    xy += (covariates[i] - meanX) * (outcomes[i] - meanY);
    yy += (outcomes[i] - meanY) ** 2;
  }
  const theta = xx > 0 ? xy / xx : 0;
  const adjusted = new Float64Array(n);
  for (let i = 0; i < n; i++) adjusted[i] = outcomes[i] - theta * (covariates[i] - meanX);
  return { adjusted, theta, explained: xx > 0 && yy > 0 ? Math.min(1, (xy * xy) / (xx * yy)) : 0 };
}
