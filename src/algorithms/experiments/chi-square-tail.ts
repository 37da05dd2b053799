import { requireAtLeast, requireInteger } from "../require-numbers.ts";
import { normalUpperTail } from "../normal-distribution.ts";

/**
 * P(X > x) for the chi-square distribution with a whole number of degrees of freedom, by the finite sum
 * Q(a + 1) = Q(a) + y^a e^(−y) / Γ(a + 1) with y = x / 2, from Q(1/2) = 2 P(Z > √x) or Q(1) = e^(−y).
 * O(degrees). Errors: `ALGORITHM_INPUT_INVALID` for x below 0 and degrees outside 1 to 1,000.
 * Source: Abramowitz and Stegun (1964), 26.4.4 and 26.4.5.
 */
export function chiSquareTail(x: number, degrees: number): number {
  requireAtLeast(x, 0, "x");
  requireInteger(degrees, 1, 1000, "degrees");
  const y = x / 2;
  const isOdd = degrees % 2 === 1;
  let tail = isOdd ? 2 * normalUpperTail(Math.sqrt(x)) : Math.exp(-y);
  // y^a e^(−y) / Γ(a + 1) for a = 1/2 or 1.
  let term = isOdd ? (Math.sqrt(y) * Math.exp(-y) * 2) / Math.sqrt(Math.PI) : y * Math.exp(-y);
  for (let a = isOdd ? 0.5 : 1; a < degrees / 2; a++) {
    tail += term;
    term *= y / (a + 1);
  }
  return Math.min(1, tail);
}
