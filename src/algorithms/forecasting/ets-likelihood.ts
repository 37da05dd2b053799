import type { EtsForm } from "./ets-form.ts";

/** Places of the values in a parameter vector; the first season's `period` values follow. */
export const ALPHA = 0;
export const BETA = 1;
export const GAMMA = 2;
export const PHI = 3;
export const LEVEL = 4;
export const TREND = 5;
export const SEASON = 6;

/** Below this (for a series of mean 1) a multiplicative model has left its domain. */
const TINY = 1e-6;
/** Keeps the logarithm of a perfect fit finite. */
const LEAST_SQUARES_PER_STEP = 1e-12;

export interface EtsObjective {
  /** n log Σ e² (+ 2 Σ log ŷ for multiplicative errors), and its derivative by every parameter; +Infinity outside the domain. */
  readonly evaluate: (parameters: Float64Array, gradient: Float64Array) => number;
  /** State after the last observation of the latest evaluation, laid out like the parameters. */
  readonly lastState: () => Float64Array;
}

/**
 * Likelihood of an exponential smoothing model for a series of mean absolute value near 1.
 *
 *     q = l + φ b     ŷ = q | q + s | q s     p = y | y − s | y / s     t = y − q | y / q
 *     l ← q + α (p − q)     b ← φ b + β (p − q)     s ← s + γ (t − s)
 *
 * The gradient comes from the adjoint recursion backwards over the stored states: a second pass of the same cost, whatever
 * the number of parameters. O(n) time and memory. Source: Hyndman et al. (2008), chapters 2 and 5; the adjoint is ours.
 */
export function createEtsObjective(series: Float64Array, period: number, form: EtsForm): EtsObjective {
  const n = series.length;
  const isRelative = form.error === "M";
  const isAdditive = form.season === "A";
  const isMultiplicative = form.season === "M";
  const hasSeason = isAdditive || isMultiplicative;
  const needsPositive = isRelative || isMultiplicative;
  const bases = new Float64Array(n);
  const trends = new Float64Array(n);
  const seasons = new Float64Array(n);
  const state = new Float64Array(SEASON + period);
  const adjoint = new Float64Array(period);

  const runForward = (parameters: Float64Array): number => {
    const [alpha, beta, gamma, phi] = parameters;
    state.set(parameters);
    let level = parameters[LEVEL];
    let trend = parameters[TREND];
    let squares = LEAST_SQUARES_PER_STEP * n;
    let logs = 0;
    let at = SEASON;
    for (let t = 0; t < n; t++) {
      const y = series[t];
      const q = level + phi * trend;
      const s = state[at];
      bases[t] = q;
      trends[t] = trend;
      seasons[t] = s;
      const mean = isMultiplicative ? q * s : isAdditive ? q + s : q;
      if (needsPositive && !(mean > TINY && (!isMultiplicative || (q > TINY && s > TINY)))) return Infinity;
      const error = isRelative ? y / mean - 1 : y - mean;
      squares += error * error;
      if (isRelative) logs += Math.log(mean);
      const move = (isMultiplicative ? y / s : isAdditive ? y - s : y) - q;
      level = q + alpha * move;
      trend = phi * trend + beta * move;
      if (hasSeason) {
        state[at] = s + gamma * ((isMultiplicative ? y / q : y - q) - s);
        at = at + 1 === SEASON + period ? SEASON : at + 1;
      }
    }
    state[LEVEL] = level;
    state[TREND] = trend;
    sumOfSquares = squares;
    return n * Math.log(squares) + 2 * logs;
  };
  let sumOfSquares = 0;

  const runBackward = (parameters: Float64Array, gradient: Float64Array): void => {
    const [alpha, beta, gamma, phi] = parameters;
    const weight = (2 * n) / sumOfSquares;
    let [byAlpha, byBeta, byGamma, byPhi, byLevel, byTrend] = [0, 0, 0, 0, 0, 0];
    adjoint.fill(0);
    let at = (n - 1) % period;
    for (let t = n - 1; t >= 0; t--) {
      const y = series[t];
      const q = bases[t];
      const s = seasons[t];
      const mean = isMultiplicative ? q * s : isAdditive ? q + s : q;
      const byMean = isRelative ? (2 - weight * (y / mean - 1) * (y / mean)) / mean : weight * (mean - y);
      const move = (isMultiplicative ? y / s : isAdditive ? y - s : y) - q;
      const byMove = alpha * byLevel + beta * byTrend;
      byAlpha += byLevel * move;
      byBeta += byTrend * move;
      let byBase = byLevel - byMove;
      if (hasSeason) {
        const bySeason = adjoint[at];
        const target = isMultiplicative ? y / q : y - q;
        byGamma += bySeason * (target - s);
        const byTarget = gamma * bySeason;
        byBase += isMultiplicative ? byMean * s - (byTarget * y) / (q * q) : byMean - byTarget;
        adjoint[at] =
          (1 - gamma) * bySeason + (isMultiplicative ? byMean * q - (byMove * y) / (s * s) : byMean - byMove);
        at = at === 0 ? period - 1 : at - 1;
      } else {
        byBase += byMean;
      }
      byPhi += (byTrend + byBase) * trends[t];
      byTrend = phi * (byTrend + byBase);
      byLevel = byBase;
    }
    gradient.set([byAlpha, byBeta, byGamma, byPhi, byLevel, byTrend]);
    gradient.set(adjoint, SEASON);
  };

  return {
    evaluate: (parameters, gradient) => {
      const value = runForward(parameters);
      if (Number.isFinite(value)) runBackward(parameters, gradient);
      return Number.isFinite(value) ? value : Infinity;
    },
    lastState: () => state.slice(),
  };
}
