import { transposeSparse, type SparseMatrix } from "../sparse/sparse-matrix.ts";
import { allocateDense, type DenseBlock } from "./dense-block.ts";
import type { KernelEngine } from "./kernel-engine.ts";
import { loadSparse } from "./sparse-block.ts";

/**
 * XᵀX of a sparse matrix (users × items) as a dense, symmetric block. Time O(Σ_user entries² / 2), memory columns² cells.
 * The columns of each row must ascend.
 */
export function gramMatrix(engine: KernelEngine, matrix: SparseMatrix): DenseBlock {
  const gram = allocateDense(engine, matrix.colCount, matrix.colCount);
  const mark = engine.memory.mark();
  const users = loadSparse(engine, matrix);
  const items = loadSparse(engine, transposeSparse(matrix));
  engine.run(
    "gramChunk",
    Math.ceil(matrix.colCount / 16),
    items.rowPtr,
    items.colIdx,
    items.values,
    users.rowPtr,
    users.colIdx,
    users.values,
    gram.address,
    gram.stride,
    matrix.colCount,
  );
  engine.memory.release(mark);
  engine.run("mirrorChunk", Math.ceil(gram.paddedRows / 32), gram.address, gram.stride, 1);
  return gram;
}
