import type { SparseMatrix } from "../sparse/sparse-matrix.ts";
import type { KernelEngine } from "./kernel-engine.ts";

/** A sparse matrix in the memory of an engine: byte addresses of its three arrays. */
export interface SparseBlock {
  readonly rows: number;
  readonly columns: number;
  readonly entries: number;
  readonly rowPtr: number;
  readonly colIdx: number;
  readonly values: number;
}

/** Copies a sparse matrix on top of the engine's memory. */
export function loadSparse(engine: KernelEngine, matrix: SparseMatrix): SparseBlock {
  const { memory } = engine;
  const entries = matrix.colIdx.length;
  const rowPtr = memory.reserve(matrix.rowPtr.length);
  const colIdx = memory.reserve(entries);
  const values = memory.reserve(entries);
  memory.ints(rowPtr, matrix.rowPtr.length).set(matrix.rowPtr);
  memory.ints(colIdx, entries).set(matrix.colIdx);
  memory.floats(values, entries).set(matrix.values);
  return { rows: matrix.rowCount, columns: matrix.colCount, entries, rowPtr, colIdx, values };
}
