import type { Incidence } from "../../sparse/incidence.ts";
import type { SparseMatrix } from "../../sparse/sparse-matrix.ts";

/** The given rows of a sparse matrix, in the given order. O(entries taken). */
export function selectRows(matrix: SparseMatrix, rows: ArrayLike<number>): SparseMatrix {
  const rowPtr = new Int32Array(rows.length + 1);
  for (let r = 0; r < rows.length; r++) rowPtr[r + 1] = rowPtr[r] + matrix.rowPtr[rows[r] + 1] - matrix.rowPtr[rows[r]];
  const colIdx = new Int32Array(rowPtr[rows.length]);
  const values = new Float32Array(colIdx.length);
  for (let r = 0; r < rows.length; r++) {
    const [from, to] = [matrix.rowPtr[rows[r]], matrix.rowPtr[rows[r] + 1]];
    colIdx.set(matrix.colIdx.subarray(from, to), rowPtr[r]);
    values.set(matrix.values.subarray(from, to), rowPtr[r]);
  }
  return { rowCount: rows.length, colCount: matrix.colCount, rowPtr, colIdx, values };
}

/** The rows that hold anything, ascending. */
export function rowsWithEntries(matrix: Incidence): Int32Array {
  const rows = Int32Array.from({ length: matrix.rowCount }, (_, row) => row);
  return rows.filter((row) => matrix.rowPtr[row + 1] > matrix.rowPtr[row]);
}
