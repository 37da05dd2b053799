import { transposeSparse, type SparseMatrix } from "../sparse/sparse-matrix.ts";
import { type DenseBlock, PADDING, padTo } from "./dense-block.ts";
import type { KernelEngine } from "./kernel-engine.ts";
import { loadSparse } from "./sparse-block.ts";

/**
 * XᵀX of a sparse matrix (users × items) as a dense, symmetric block. Time O(Σ_user entries² / 2), memory columns² cells.
 * The columns of each row must ascend.
 */
export function gramMatrix(engine: KernelEngine, matrix: SparseMatrix): DenseBlock {
  const size = matrix.colCount;
  const paddedRows = padTo(size, PADDING);
  const cells = paddedRows * paddedRows;
  const gram = { address: engine.memory.reserve(cells), rows: size, columns: size, paddedRows, stride: paddedRows };
  // The kernels clear what they write: the lower triangle row by row, then the upper one from it. Left is the padding.
  engine.memory.floats(gram.address, cells).fill(0, size * paddedRows);
  const mark = engine.memory.mark();
  const users = loadSparse(engine, matrix);
  const items = loadSparse(engine, transposeSparse(matrix));
  engine.run(
    "gramChunk",
    Math.ceil(size / 16),
    items.rowPtr,
    items.colIdx,
    items.values,
    users.rowPtr,
    users.colIdx,
    users.values,
    gram.address,
    gram.stride,
    size,
  );
  engine.memory.release(mark);
  engine.run("mirrorChunk", Math.ceil(gram.paddedRows / 32), gram.address, gram.stride, 1);
  return gram;
}
