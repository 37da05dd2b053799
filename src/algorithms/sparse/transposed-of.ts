import { createOnceForEach } from "../../core/once-for-each.ts";
import { transposeSparse, type SparseMatrix } from "./sparse-matrix.ts";

const onceFor = createOnceForEach<SparseMatrix>();

/** The transpose of a matrix that does not change, made once: a search asks for that of its train with each trial. O(entries) at first. */
export function transposedOf(matrix: SparseMatrix): SparseMatrix {
  return onceFor(matrix, () => transposeSparse(matrix));
}
