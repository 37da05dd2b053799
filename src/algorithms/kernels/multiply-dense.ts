import { allocateDense, type DenseBlock, padTo } from "./dense-block.ts";
import type { KernelEngine } from "./kernel-engine.ts";

/** Depth of one pass: a packed panel of 8 columns then takes 16 KiB and stays in the first cache. */
const DEPTH_STEP = 512;

/** The right factor of products, packed once for many left factors. */
export interface PackedFactor {
  readonly address: number;
  readonly depth: number;
  readonly columns: number;
}

/** Packs B (depth × columns), or with `transposed` the transpose of the given matrix, on top of the memory. */
export function packFactor(engine: KernelEngine, matrix: DenseBlock, transposed: boolean): PackedFactor {
  const depth = transposed ? matrix.stride : matrix.paddedRows;
  const columns = transposed ? matrix.paddedRows : matrix.stride;
  const address = engine.memory.reserve(depth * columns);
  const depthStride = transposed ? 1 : matrix.stride;
  const columnStride = transposed ? matrix.stride : 1;
  engine.run("packChunk", columns / 32, matrix.address, depthStride, columnStride, address, depth, columns);
  return { address, depth, columns };
}

/**
 * out += A · B for `rows` rows of A from `a` on (stride aStride), B packed; the rows are computed in whole tiles of 4, so
 * both matrices must be stored padded. Time 2·rows·depth·columns flops.
 */
export function multiplyPacked(
  engine: KernelEngine,
  a: { readonly address: number; readonly stride: number; readonly rows: number },
  b: PackedFactor,
  out: { readonly address: number; readonly stride: number },
): void {
  const rows = padTo(a.rows, 4);
  const columns = Math.min(b.columns, out.stride);
  for (let depth = 0; depth < b.depth; depth += DEPTH_STEP) {
    engine.run(
      "multiplyChunk",
      Math.ceil(rows / 32),
      a.address,
      a.stride,
      b.address,
      b.depth,
      out.address,
      out.stride,
      rows,
      columns,
      depth,
      Math.min(b.depth, depth + DEPTH_STEP),
      1,
      0,
    );
  }
}

/** A · B in a new block, or A · Bᵀ with `transposed`. */
export function multiplyDense(engine: KernelEngine, a: DenseBlock, b: DenseBlock, transposed = false): DenseBlock {
  const out = allocateDense(engine, a.rows, transposed ? b.rows : b.columns);
  const mark = engine.memory.mark();
  multiplyPacked(engine, a, packFactor(engine, b, transposed), out);
  engine.memory.release(mark);
  return out;
}

/** AᵀA of a tall matrix in a new block. Time 2·rows·columns² flops; the transpose is stored for its duration. */
export function crossProduct(engine: KernelEngine, a: DenseBlock): DenseBlock {
  const out = allocateDense(engine, a.columns, a.columns);
  const mark = engine.memory.mark();
  const packed = packFactor(engine, a, false);
  // The panels of Aᵀ · A hold the columns of A eight at a time; the left factor needs them one after another.
  const transposed = { address: engine.memory.reserve(a.stride * a.paddedRows), stride: a.paddedRows, rows: a.stride };
  const from = engine.memory.floats(a.address, a.paddedRows * a.stride);
  const to = engine.memory.floats(transposed.address, a.paddedRows * a.stride);
  // Some rows at a time, so that what is written stands together; padding included, which is a multiple of them.
  for (let first = 0; first < a.paddedRows; first += 16) {
    for (let column = 0; column < a.stride; column++) {
      const start = column * a.paddedRows;
      for (let row = first; row < first + 16; row++) to[start + row] = from[row * a.stride + column];
    }
  }
  multiplyPacked(engine, transposed, packed, out);
  engine.memory.release(mark);
  return out;
}
