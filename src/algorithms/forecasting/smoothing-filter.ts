/** Smoothing weights of an additive exponential smoothing model in error-correction form. */
export interface SmoothingWeights {
  /** Level, in (0, 1). */
  readonly alpha: number;
  /** Trend, in [0, alpha]; 0 with a zero trend is no trend at all. */
  readonly beta: number;
  /** Season, in [0, 1 − alpha]; 0 keeps the first season for ever. */
  readonly gamma: number;
  /** Damping of the trend per step, in (0, 1]. */
  readonly phi: number;
}

/** State after the last observation. `season[t mod m]` belongs to time t, counted from the start of the series. */
export interface SmoothingState {
  level: number;
  trend: number;
  readonly season: Float64Array;
}

/**
 * Runs an additive exponential smoothing model over a series, in place of `state`, and writes the one-step errors.
 *
 *     ŷ_t = l + φ b + s_{t−m}     e_t = y_t − ŷ_t
 *     l ← l + φ b + α e_t          b ← φ b + β e_t          s_t ← s_{t−m} + γ e_t
 *
 * A season of length 1 that holds 0, with γ = 0, is no season. The errors are linear in the first state, which the
 * fit makes use of. Time O(n), no allocation. NaN in, NaN out: callers check.
 * Source: Hyndman, Koehler, Ord and Snyder (2008), ETS(A,Ad,A), equations of chapter 2.
 */
export function filterSmoothingInPlace(
  series: Float64Array,
  weights: SmoothingWeights,
  state: SmoothingState,
  errors: Float64Array,
): void {
  const { alpha, beta, gamma, phi } = weights;
  const season = state.season;
  const period = season.length;
  let level = state.level;
  let trend = state.trend;
  let at = 0;
  for (let t = 0; t < series.length; t++) {
    const drift = phi * trend;
    const error = series[t] - level - drift - season[at];
    errors[t] = error;
    level += drift + alpha * error;
    trend = drift + beta * error;
    season[at] += gamma * error;
    at = at + 1 === period ? 0 : at + 1;
  }
  state.level = level;
  state.trend = trend;
}
