import type { Incidence } from "./incidence.ts";

/** An incidence with a weight on each pair: row r holds `values[rowPtr[r] .. rowPtr[r + 1])` at its columns. */
export interface SparseMatrix extends Incidence {
  readonly values: Float32Array;
}

/** Weight 1 on every pair. */
export function withUnitValues(incidence: Incidence): SparseMatrix {
  return { ...incidence, values: new Float32Array(incidence.colIdx.length).fill(1) };
}

/** The same entries seen from the columns, each row ascending. O(entries). */
export function transposeSparse(matrix: SparseMatrix): SparseMatrix {
  const { rowCount, colCount, rowPtr, colIdx, values } = matrix;
  const columnPtr = new Int32Array(colCount + 1);
  for (const col of colIdx) columnPtr[col + 1]++;
  for (let col = 0; col < colCount; col++) columnPtr[col + 1] += columnPtr[col];
  const next = columnPtr.slice(0, colCount);
  const rowIdx = new Int32Array(colIdx.length);
  const moved = new Float32Array(colIdx.length);
  for (let row = 0; row < rowCount; row++) {
    for (let at = rowPtr[row]; at < rowPtr[row + 1]; at++) {
      const to = next[colIdx[at]]++;
      rowIdx[to] = row;
      moved[to] = values[at];
    }
  }
  return { rowCount: colCount, colCount: rowCount, rowPtr: columnPtr, colIdx: rowIdx, values: moved };
}

/** values(r, c) · rowFactor(r) · colFactor(c). O(entries). */
export function scaleSparse(
  matrix: SparseMatrix,
  rowFactor: ArrayLike<number>,
  colFactor: ArrayLike<number>,
): SparseMatrix {
  const values = new Float32Array(matrix.values.length);
  for (let row = 0; row < matrix.rowCount; row++) {
    for (let at = matrix.rowPtr[row]; at < matrix.rowPtr[row + 1]; at++) {
      values[at] = matrix.values[at] * rowFactor[row] * colFactor[matrix.colIdx[at]];
    }
  }
  return { ...matrix, values };
}
