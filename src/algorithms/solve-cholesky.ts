import { fail } from "../core/errors.ts";

/**
 * Solves A x = b for a symmetric positive definite A (row-major, only the lower triangle is read, overwritten by its factor); b is
 * overwritten by x and returned. O(n³ / 6). Errors: `ALGORITHM_INPUT_INVALID` when A is not positive definite.
 */
export function solveCholeskyInPlace(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      if (i !== j) matrix[i * size + j] = sum / matrix[j * size + j];
      else if (sum > 0) matrix[i * size + i] = Math.sqrt(sum);
      else
        throw fail("ALGORITHM_INPUT_INVALID", `the matrix is not positive definite at row ${i}; add to its diagonal.`);
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) right[i] -= matrix[i * size + k] * right[k];
    right[i] /= matrix[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) right[i] -= matrix[k * size + i] * right[k];
    right[i] /= matrix[i * size + i];
  }
  return right;
}
