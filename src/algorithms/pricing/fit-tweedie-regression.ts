import { fail } from "../../core/errors.ts";
import { requireAtLeast } from "../require-numbers.ts";
import { solveCholeskyInPlace } from "../solve-cholesky.ts";

export interface TweedieFit {
  /** One a column. */
  readonly coefficients: Float64Array;
  /** Standard errors, widened by the overdispersion found. */
  readonly errors: Float64Array;
  /** Pearson χ² / degrees of freedom, φ of the variance φ·μ^power; at least 1 where power is 1. */
  readonly dispersion: number;
  /** 2 Σ of what each amount's quasi-likelihood is below that of a perfect fit; φ is not divided out. */
  readonly deviance: number;
}

export interface TweedieTerms {
  /** Of the mean, in the variance φ·μ^power: 1 Poisson, between 1 and 2 compound Poisson–gamma (bulk orders), 0 constant. */
  readonly power: number;
}

const MAX_STEPS = 50;
const TOLERANCE = 1e-9;
/** A linear predictor beyond this is clipped, so that a poor step cannot overflow. */
const MAX_PREDICTOR = 30;
/** Keeps a column that says nothing beside the others solvable; a part of what all columns add up to. */
const RIDGE = 1e-9;

/**
 * Quasi-likelihood regression with log link and power variance by Fisher scoring (iteratively reweighted least squares),
 * steps halved while the fit falls: log E y = offset + Xβ, Var y = φ·μ^power. The column of ones comes first.
 *
 * Input: amounts y ≥ 0, design columns of the same length (the first of ones, for the level), offsets, terms with power in
 * [0, 2). Output: coefficients with standard errors. O(steps · n · k²). Errors: lengths that differ, fewer rows than columns.
 * Source: McCullagh and Nelder, "Generalized Linear Models" (1989), chapters 2, 6 and 9; Jørgensen, "The Theory of Dispersion
 * Models" (1997), for powers between 1 and 2.
 */
export function fitTweedieRegression(
  y: Float64Array,
  columns: readonly Float64Array[],
  offset: Float64Array,
  terms: TweedieTerms,
): TweedieFit {
  const [n, k] = [y.length, columns.length];
  if (n <= k || offset.length !== n || columns.some((column) => column.length !== n)) {
    const message = `${n} rows for ${k} columns; give more rows than columns, all of one length.`;
    throw fail("ALGORITHM_INPUT_INVALID", message);
  }
  const { power } = terms;
  requireAtLeast(power, 0, "power");
  if (!(power < 2))
    throw fail("ALGORITHM_INPUT_INVALID", `A power of ${power} has no likelihood of 0; give one below 2.`);
  const beta = new Float64Array(k);
  const total = y.reduce((sum, value) => sum + value, 0);
  const exposure = offset.reduce((sum, value) => sum + Math.exp(value), 0);
  beta[0] = Math.log(Math.max(total, 0.5) / exposure);
  const design: Design = { y, columns, offset, power };
  let likelihood = quasiLikelihood(design, beta);
  let information = new Float64Array(k * k);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = derive(design, beta);
    information = hessian;
    const move = solveCholeskyInPlace(hessian.slice(), gradient, k);
    let size = 1;
    let next = beta;
    let reached = -Infinity;
    for (; size > 1e-6; size /= 2) {
      next = beta.map((value, j) => value + size * move[j]);
      reached = quasiLikelihood(design, next);
      if (reached >= likelihood - TOLERANCE) break;
    }
    const gain = reached - likelihood;
    if (!(gain >= -TOLERANCE)) break;
    beta.set(next);
    likelihood = reached;
    if (gain < TOLERANCE * (1 + Math.abs(likelihood))) break;
  }
  const { dispersion, deviance } = measureFit(design, beta);
  const errors = Float64Array.from({ length: k }, (_, j) => {
    const unit = new Float64Array(k);
    unit[j] = 1;
    return Math.sqrt(dispersion * solveCholeskyInPlace(information.slice(), unit, k)[j]);
  });
  return { coefficients: beta, errors, dispersion, deviance };
}

/**
 * Deviance of one amount from its mean: 2·(quasi-likelihood of the amount itself − that of the mean). O(1).
 * Input: amount ≥ 0, mean > 0, power in [0, 2).
 */
export function tweedieDeviance(amount: number, mean: number, power: number): number {
  if (power === 1) return 2 * ((amount === 0 ? 0 : amount * Math.log(amount / mean)) - (amount - mean));
  const own = amount === 0 ? 0 : amount ** (2 - power) / ((1 - power) * (2 - power));
  return 2 * (own - (amount * mean ** (1 - power)) / (1 - power) + mean ** (2 - power) / (2 - power));
}

interface Design {
  readonly y: Float64Array;
  readonly columns: readonly Float64Array[];
  readonly offset: Float64Array;
  readonly power: number;
}

function predict({ columns, offset }: Design, beta: Float64Array, row: number): number {
  let sum = offset[row];
  for (let j = 0; j < columns.length; j++) sum += columns[j][row] * beta[j];
  return Math.min(MAX_PREDICTOR, Math.max(-MAX_PREDICTOR, sum));
}

/** ∫ (y − m) / m^power dm up to the mean, with y's own part left out. */
function quasiLikelihood(design: Design, beta: Float64Array): number {
  const { y, power } = design;
  let sum = 0;
  for (let row = 0; row < y.length; row++) {
    const eta = predict(design, beta, row);
    const rise = power === 1 ? eta : Math.exp((1 - power) * eta) / (1 - power);
    sum += y[row] * rise - Math.exp((2 - power) * eta) / (2 - power);
  }
  return sum;
}

function derive(design: Design, beta: Float64Array) {
  const { y, columns, power } = design;
  const k = columns.length;
  const gradient = new Float64Array(k);
  const hessian = new Float64Array(k * k);
  for (let row = 0; row < y.length; row++) {
    const eta = predict(design, beta, row);
    const mean = Math.exp(eta);
    const pull = (y[row] - mean) * Math.exp((1 - power) * eta);
    const weight = Math.exp((2 - power) * eta);
    for (let i = 0; i < k; i++) {
      const x = columns[i][row];
      gradient[i] += pull * x;
      for (let j = 0; j <= i; j++) hessian[i * k + j] += weight * x * columns[j][row];
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

function measureFit(design: Design, beta: Float64Array): { dispersion: number; deviance: number } {
  const { y, columns, power } = design;
  let [pearson, deviance] = [0, 0];
  for (let row = 0; row < y.length; row++) {
    const mean = Math.exp(predict(design, beta, row));
    pearson += (y[row] - mean) ** 2 / mean ** power;
    deviance += tweedieDeviance(y[row], mean, power);
  }
  const found = pearson / (y.length - columns.length);
  return { dispersion: power === 1 ? Math.max(1, found) : found, deviance };
}
