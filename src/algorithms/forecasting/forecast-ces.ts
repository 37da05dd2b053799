import type { ForecastFunction } from "./forecast-function.ts";
import { forecastLevel } from "./forecast-level.ts";
import { minimizeNelderMead } from "./minimize-nelder-mead.ts";

/** Shorter series get simple smoothing: two weights and two states are fitted. */
const SHORTEST = 6;
/** Values whose mean is the level before the filter has run. */
const START_VALUES = 10;
/** Forwards, backwards, forwards: the first state is what running back through the series leaves. */
const PASSES = 3;
const START = [1.3, 1] as const;
const LOWEST = 0.01;
const HIGHEST = 2.5;
const SEARCH = { maxEvaluations: 120, tolerance: 1e-7 } as const;

/** Level and what the method's paper calls the potential: the imaginary part of the smoothed series. */
interface CesState {
  level: number;
  potential: number;
}

interface CesFit {
  readonly real: number;
  readonly imaginary: number;
  readonly state: CesState;
  readonly squares: number;
}

/**
 * Complex exponential smoothing without a season: one complex weight α₀ + iα₁ takes the place of the weights of level and trend, so that level and
 * slope need not be told apart, and a series may be anything between stationary and trending.
 *
 *     ŷ = l     l ← l − (1 − α₁) c + (α₀ − α₁) e     c ← l + (1 − α₀) c + (α₀ + α₁) e     e = y − ŷ
 *
 * The weights have the least squared one-step error among those for which the first state is forgotten; first states by running back.
 * Shorter than six values: simple smoothing. At most 360 passes over the series.
 * Source: Svetunkov, Kourentzes and Ord (2022), CES(n); R package smooth, `ces`.
 */
export const forecastCes: ForecastFunction = (train, period, horizon) => {
  if (train.length < SHORTEST) return forecastLevel(train, period, horizon);
  const { real, imaginary, state } = fitCes(train);
  return Float64Array.from({ length: horizon }, () => {
    const mean = state.level;
    moveState(state, real, imaginary, 0);
    return mean;
  });
};

/** The complex weight, the state after the last value and the squared one-step errors. */
export function fitCes(train: Float64Array): CesFit {
  const { point } = minimizeNelderMead(
    ([real, imaginary]) => (isStable(real, imaginary) ? runFilter(train, real, imaginary).squares : Infinity),
    [...START],
    [LOWEST, LOWEST],
    [HIGHEST, HIGHEST],
    SEARCH,
  );
  const [real, imaginary] = point;
  return { real, imaginary, ...runFilter(train, real, imaginary) };
}

/** One step of the state after a one-step error. */
function moveState(state: CesState, real: number, imaginary: number, error: number): void {
  const { level, potential } = state;
  state.level = level - (1 - imaginary) * potential + (real - imaginary) * error;
  state.potential = level + (1 - real) * potential + (real + imaginary) * error;
}

/** State after the last pass and its squared errors. */
function runFilter(series: Float64Array, real: number, imaginary: number): { state: CesState; squares: number } {
  const n = series.length;
  const count = Math.min(n, START_VALUES);
  let mean = 0;
  for (let t = 0; t < count; t++) mean += series[t] / count;
  const state = { level: mean, potential: mean / 1.1 };
  let squares = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    squares = 0;
    for (let t = 0; t < n; t++) {
      const error = series[pass % 2 === 0 ? t : n - 1 - t] - state.level;
      squares += error * error;
      moveState(state, real, imaginary, error);
    }
  }
  return { state, squares };
}

/** Whether the filter forgets its first state: both eigenvalues of its transition lie within the unit circle (Jury). */
function isStable(real: number, imaginary: number): boolean {
  const trace = 2 - 2 * real + imaginary;
  const determinant = (1 - real + imaginary) * (1 - real) + (1 - imaginary) * (1 - real - imaginary);
  return Math.abs(determinant) < 1 && Math.abs(trace) < 1 + determinant;
}
