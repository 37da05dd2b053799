import type { SparseMatrix } from "../../sparse/sparse-matrix.ts";

/** Sum of the values of each row. */
export function rowSums(matrix: SparseMatrix): Float64Array {
  const sums = new Float64Array(matrix.rowCount);
  for (let row = 0; row < matrix.rowCount; row++) {
    for (let at = matrix.rowPtr[row]; at < matrix.rowPtr[row + 1]; at++) sums[row] += matrix.values[at];
  }
  return sums;
}

/** Sum of the values of each column. */
export function columnSums(matrix: SparseMatrix): Float64Array {
  const sums = new Float64Array(matrix.colCount);
  for (let at = 0; at < matrix.colIdx.length; at++) sums[matrix.colIdx[at]] += matrix.values[at];
  return sums;
}

/** max(x, 1e-9)^power, 0 where x is 0. */
export function powers(values: Float64Array, power: number): Float64Array {
  return values.map((value) => (value > 0 ? value ** power : 0));
}
