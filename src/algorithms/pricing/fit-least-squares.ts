import { fail } from "../../core/errors.ts";
import { solveCholeskyInPlace } from "../solve-cholesky.ts";

/** Keeps a column that says nothing beside the others solvable; a part of what all columns add up to. */
const RIDGE = 1e-9;

/**
 * Least squares by the normal equations: y = Xβ + error of one variance. Input: amounts, and design columns of the same length,
 * few and of like size. Output: coefficients with standard errors. O(n · k²). Errors: lengths that differ, fewer rows than columns.
 */
export function fitLeastSquares(
  y: Float64Array,
  columns: readonly Float64Array[],
): { readonly coefficients: Float64Array; readonly errors: Float64Array } {
  const [n, k] = [y.length, columns.length];
  if (n <= k || columns.some((column) => column.length !== n)) {
    const message = `${n} rows for ${k} columns; give more rows than columns, all of one length.`;
    throw fail("ALGORITHM_INPUT_INVALID", message);
  }
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, row) => sum + value * b[row], 0);
  const matrix = Float64Array.from({ length: k * k }, (_, at) => dot(columns[Math.floor(at / k)], columns[at % k]));
  let trace = 0;
  for (let j = 0; j < k; j++) trace += matrix[j * k + j];
  for (let j = 0; j < k; j++) matrix[j * k + j] += RIDGE * trace;
  const right = Float64Array.from(columns, (column) => dot(column, y));
  const coefficients = solveCholeskyInPlace(matrix.slice(), right, k);
  let squares = 0;
  for (let row = 0; row < n; row++) {
    const fitted = columns.reduce((sum, column, j) => sum + column[row] * coefficients[j], 0);
    squares += (y[row] - fitted) ** 2;
  }
  const errors = Float64Array.from({ length: k }, (_, j) => {
    const unit = new Float64Array(k);
    unit[j] = 1;
    return Math.sqrt((squares / (n - k)) * solveCholeskyInPlace(matrix.slice(), unit, k)[j]);
  });
  return { coefficients, errors };
}
