/** Roots may lie this far outside the unit circle. */
const MARGIN = 1e-10;

/**
 * Whether a seasonal exponential smoothing model forgets its first state: the roots of its characteristic polynomial
 *
 *     z^{m+1} + (α + β − φ) z^m + (α + β − αφ) (z^{m−1} + … + z²) + (α + β − αφ + γ − 1) z + φ (1 − α − γ)
 *
 * lie inside the unit circle. Needs the usual bounds (0 < α < 1, 0 ≤ β ≤ α, 0 ≤ γ ≤ 1 − α) and period m ≥ 2; without a trend
 * those suffice. O(m²) by the recursion of Schur and Cohn. Source: Hyndman et al. (2008), 10.2; R's `ets`.
 */
export function isForecastable(alpha: number, beta: number, gamma: number, phi: number, period: number): boolean {
  if (alpha < 1 - 1 / phi - (gamma * (1 - period + phi + phi * period)) / (2 * phi * period)) return false;
  const degree = period + 1;
  // From the highest power down, of the polynomial in z · (1 + margin).
  let current = new Float64Array(degree + 1);
  let next = new Float64Array(degree + 1);
  const middle = alpha + beta - alpha * phi;
  current.fill(middle);
  current[0] = 1;
  current[1] = alpha + beta - phi;
  current[degree - 1] = middle + gamma - 1;
  current[degree] = phi * (1 - alpha - gamma);
  for (let i = 0; i <= degree; i++) current[i] *= (1 + MARGIN) ** (degree - i);
  for (let order = degree; order > 0; order--) {
    const ratio = current[order] / current[0];
    if (!(Math.abs(ratio) < 1)) return false;
    for (let i = 0; i < order; i++) next[i] = current[i] - ratio * current[order - i];
    [current, next] = [next, current];
  }
  return true;
}
