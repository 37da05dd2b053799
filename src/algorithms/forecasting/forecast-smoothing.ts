import type { SmoothingFit } from "./fit-smoothing.ts";
import type { Forecast } from "./forecast.ts";

/**
 * Continues a fitted smoothing model over `horizon` steps: mean and standard deviation of the forecast error.
 *
 *     mean_h = l + (φ + … + φ^h) b + s        variance_h = σ² (1 + Σ_{j<h} c_j²)
 *     c_j = α + β (φ + … + φ^j) + γ [j is a multiple of the season]
 *
 * The deviation holds for independent errors of constant variance and fixed weights; on real data it is too small,
 * so calibrate intervals on backtest errors. The mean may be negative: callers that forecast demand cut it at 0.
 * O(horizon). Source: Hyndman et al. (2008), class 1, table 6.1.
 */
export function forecastSmoothing(fit: SmoothingFit, horizon: number): Forecast {
  const { alpha, beta, gamma, phi } = fit.weights;
  const { level, trend, season } = fit.state;
  const period = season.length;
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  let variance = fit.errorVariance;
  let damping = 0;
  let power = 1;
  for (let step = 1; step <= horizon; step++) {
    power *= phi;
    damping += power;
    mean[step - 1] = level + damping * trend + season[(fit.length + step - 1) % period];
    deviation[step - 1] = Math.sqrt(variance);
    const response = alpha + beta * damping + (period > 1 && step % period === 0 ? gamma : 0);
    variance += fit.errorVariance * response * response;
  }
  return { mean, deviation };
}
