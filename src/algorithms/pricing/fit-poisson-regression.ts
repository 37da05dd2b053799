import { fail } from "../../core/errors.ts";
import { solveCholeskyInPlace } from "../solve-cholesky.ts";

export interface PoissonFit {
  /** One a column. */
  readonly coefficients: Float64Array;
  /** Standard errors, widened by the overdispersion found. */
  readonly errors: Float64Array;
  /** Pearson χ² / degrees of freedom, at least 1. */
  readonly dispersion: number;
}

const MAX_STEPS = 50;
const TOLERANCE = 1e-9;
/** A linear predictor beyond this is clipped, so that a poor step cannot overflow. */
const MAX_PREDICTOR = 30;
/** Keeps a column that says nothing beside the others solvable; a part of what all columns add up to. */
const RIDGE = 1e-9;

/**
 * Quasi-Poisson regression with log link by Newton steps, halved while the likelihood falls: log E y = offset + Xβ.
 *
 * Input: counts (or amounts) y ≥ 0, design columns of the same length (give a column of ones for the level), offsets.
 * Output: coefficients with standard errors. O(steps · n · k²). Errors: lengths that differ, fewer rows than columns.
 * Source: McCullagh and Nelder, "Generalized Linear Models" (1989), chapters 6 and 9.
 */
export function fitPoissonRegression(
  y: Float64Array,
  columns: readonly Float64Array[],
  offset: Float64Array,
): PoissonFit {
  const [n, k] = [y.length, columns.length];
  if (n <= k || offset.length !== n || columns.some((column) => column.length !== n)) {
    const message = `${n} rows for ${k} columns; give more rows than columns, all of one length.`;
    throw fail("ALGORITHM_INPUT_INVALID", message);
  }
  const beta = new Float64Array(k);
  const total = y.reduce((sum, value) => sum + value, 0);
  const exposure = offset.reduce((sum, value) => sum + Math.exp(value), 0);
  beta[0] = Math.log(Math.max(total, 0.5) / exposure);
  let likelihood = logLikelihood(y, columns, offset, beta);
  let information = new Float64Array(k * k);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = derive(y, columns, offset, beta);
    information = hessian;
    const move = solveCholeskyInPlace(hessian.slice(), gradient, k);
    let size = 1;
    let next = beta;
    let reached = -Infinity;
    for (; size > 1e-6; size /= 2) {
      next = beta.map((value, j) => value + size * move[j]);
      reached = logLikelihood(y, columns, offset, next);
      if (reached >= likelihood - TOLERANCE) break;
    }
    const gain = reached - likelihood;
    if (!(gain >= -TOLERANCE)) break;
    beta.set(next);
    likelihood = reached;
    if (gain < TOLERANCE * (1 + Math.abs(likelihood))) break;
  }
  const dispersion = measureDispersion(y, columns, offset, beta);
  const errors = Float64Array.from({ length: k }, (_, j) => {
    const unit = new Float64Array(k);
    unit[j] = 1;
    return Math.sqrt(dispersion * solveCholeskyInPlace(information.slice(), unit, k)[j]);
  });
  return { coefficients: beta, errors, dispersion };
}

function predict(columns: readonly Float64Array[], offset: Float64Array, beta: Float64Array, row: number): number {
  let sum = offset[row];
  for (let j = 0; j < columns.length; j++) sum += columns[j][row] * beta[j];
  return Math.min(MAX_PREDICTOR, Math.max(-MAX_PREDICTOR, sum));
}

function logLikelihood(
  y: Float64Array,
  columns: readonly Float64Array[],
  offset: Float64Array,
  beta: Float64Array,
): number {
  let sum = 0;
  for (let row = 0; row < y.length; row++) {
    const eta = predict(columns, offset, beta, row);
    sum += y[row] * eta - Math.exp(eta);
  }
  return sum;
}

function derive(y: Float64Array, columns: readonly Float64Array[], offset: Float64Array, beta: Float64Array) {
  const k = columns.length;
  const gradient = new Float64Array(k);
  const hessian = new Float64Array(k * k);
  for (let row = 0; row < y.length; row++) {
    const mean = Math.exp(predict(columns, offset, beta, row));
    for (let i = 0; i < k; i++) {
      const x = columns[i][row];
      gradient[i] += (y[row] - mean) * x;
      for (let j = 0; j <= i; j++) hessian[i * k + j] += mean * x * columns[j][row];
    }
  }
  let trace = 1;
  for (let i = 0; i < k; i++) trace += hessian[i * k + i];
  for (let i = 0; i < k; i++) {
    hessian[i * k + i] += RIDGE * trace;
    for (let j = 0; j < i; j++) hessian[j * k + i] = hessian[i * k + j];
  }
  return { gradient, hessian };
}

function measureDispersion(
  y: Float64Array,
  columns: readonly Float64Array[],
  offset: Float64Array,
  beta: Float64Array,
): number {
  let pearson = 0;
  for (let row = 0; row < y.length; row++) {
    const mean = Math.exp(predict(columns, offset, beta, row));
    pearson += (y[row] - mean) ** 2 / mean;
  }
  return Math.max(1, pearson / (y.length - columns.length));
}
