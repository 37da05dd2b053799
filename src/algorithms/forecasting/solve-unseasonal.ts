import type { SmoothingWeights } from "./smoothing-filter.ts";

/** First level and trend of a smoothing model, and the sum of squared one-step errors from there. */
export interface FirstState {
  readonly level: number;
  readonly trend: number;
  readonly squaredError: number;
}

/**
 * Best first level and trend of simple, Holt's or damped smoothing for given weights, by least squares in one pass without storage.
 *
 * The errors are e⁰ + l·u + b·v: e⁰ from the first value and the mean slope, u and v the answers of the recursion to a level and a
 * trend of 1. Their products are summed while the three recursions run side by side. The trend is 0 where v tells nothing.
 * O(n), no allocation but the result. Source: Hyndman et al. (2008), section 5.2, least squares for the seed states.
 */
export function solveUnseasonal(series: Float64Array, weights: SmoothingWeights, hasTrend: boolean): FirstState {
  const { alpha, beta, phi } = weights;
  const origin = series[0];
  const slope = hasTrend ? (series[series.length - 1] - origin) / Math.max(1, series.length - 1) : 0;
  // Each recursion carries q = l + φ b, the next forecast: q ← q + φ² b + (α + φ β) e, b ← φ b + β e.
  const step = alpha + phi * beta;
  const phi2 = phi * phi;
  const first = hasTrend ? 1 : 0;
  let [q, trend, qU, trendU, qV, trendV] = [origin + phi * slope, slope, 1, 0, phi * first, first];
  let [ee, ue, ve, uu, uv, vv] = [0, 0, 0, 0, 0, 0];
  for (let t = 0; t < series.length; t++) {
    const e = series[t] - q;
    ee += e * e;
    ue -= qU * e;
    ve -= qV * e;
    uu += qU * qU;
    uv += qU * qV;
    vv += qV * qV;
    q = q + phi2 * trend + step * e;
    trend = phi * trend + beta * e;
    const nextU = qU + phi2 * trendU - step * qU;
    trendU = phi * trendU - beta * qU;
    qU = nextU;
    const nextV = qV + phi2 * trendV - step * qV;
    trendV = phi * trendV - beta * qV;
    qV = nextV;
  }
  const determinant = uu * vv - uv * uv;
  const isPlane = determinant > 1e-9 * uu * vv;
  const l = isPlane ? (uv * ve - vv * ue) / determinant : uu > 0 ? -ue / uu : 0;
  const b = isPlane ? (uv * ue - uu * ve) / determinant : 0;
  return { level: origin + l, trend: slope + b, squaredError: Math.max(0, ee + l * ue + b * ve) };
}
