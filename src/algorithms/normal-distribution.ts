/**
 * The standard normal distribution in double precision: density, both tails, quantile. O(1).
 * Tails are relative-exact to about 1e-15 far out, where 1 − cdf would lose every digit.
 */

const SQRT_2PI = Math.sqrt(2 * Math.PI);
/** Terms of the continued fraction; enough for full precision beyond the switch. */
const FRACTION_TERMS = 120;
/** Below, the Taylor series of the error function converges fast; beyond, the continued fraction. */
const SWITCH = 3;

/** φ(z). */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / SQRT_2PI;
}

/** P(Z > z). Series φ(z)·Σ z^(2k+1)/(1·3·…·(2k+1)) near 0, Laplace's continued fraction in the tail. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z > SWITCH) {
    let fraction = z;
    for (let term = FRACTION_TERMS; term >= 1; term--) fraction = z + term / fraction;
    return normalDensity(z) / fraction;
  }
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 - normalDensity(z) * sum;
}

/** P(Z ≤ z). */
export function normalCdf(z: number): number {
  return normalUpperTail(-z);
}

/**
 * The z with P(Z ≤ z) = p, for 0 < p < 1; ±Infinity at the ends.
 * A bracket halved ten times, then Newton steps on the smaller tail: quadratic, so a few reach full precision.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p < 0.5) return -normalQuantile(1 - p === 1 ? 1 - 2 ** -53 : 1 - p);
  const tail = 1 - p;
  let low = 0;
  let high = 9;
  for (let halving = 0; halving < 10; halving++) {
    const middle = (low + high) / 2;
    if (normalUpperTail(middle) > tail) low = middle;
    else high = middle;
  }
  let z = (low + high) / 2;
  for (let step = 0; step < 8; step++) z += (normalUpperTail(z) - tail) / normalDensity(z);
  return z;
}
