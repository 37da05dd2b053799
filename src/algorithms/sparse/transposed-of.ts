import { transposeSparse, type SparseMatrix } from "./sparse-matrix.ts";

const made = new WeakMap<SparseMatrix, SparseMatrix>();

/** The transpose of a matrix that does not change, made once: a search asks for that of its train with each trial. O(entries) at first. */
export function transposedOf(matrix: SparseMatrix): SparseMatrix {
  const known = made.get(matrix);
  if (known !== undefined) return known;
  const transposed = transposeSparse(matrix);
  made.set(matrix, transposed);
  return transposed;
}
