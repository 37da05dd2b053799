import { fail } from "../../core/errors.ts";
import type { KernelEngine } from "./kernel-engine.ts";

/**
 * A row-major f32 matrix in the memory of an engine. The stored sizes are padded with zeros to multiples of `PADDING`, so
 * that kernels need no edge cases; `rows` and `columns` are the sizes that mean something.
 */
export interface DenseBlock {
  readonly address: number;
  readonly rows: number;
  readonly columns: number;
  readonly paddedRows: number;
  /** Padded columns: the distance in cells from one row to the next. */
  readonly stride: number;
}

/** Rows of a pivot block of the inverse, and so a multiple of every tile and chunk. */
export const PADDING = 64;

export function padTo(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}

/** A zeroed matrix on top of the engine's memory. */
export function allocateDense(engine: KernelEngine, rows: number, columns: number): DenseBlock {
  const paddedRows = padTo(rows, PADDING);
  const stride = padTo(columns, PADDING);
  return { address: engine.memory.allocate(paddedRows * stride), rows, columns, paddedRows, stride };
}

/** Copies rows × columns numbers, row-major, into a new block. Error: `ALGORITHM_INPUT_INVALID` for NaN or Infinity. */
export function loadDense(engine: KernelEngine, values: ArrayLike<number>, rows: number, columns: number): DenseBlock {
  const block = allocateDense(engine, rows, columns);
  const cells = viewDense(engine, block);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column];
      if (!Number.isFinite(value)) {
        throw fail(
          "ALGORITHM_INPUT_INVALID",
          `The matrix holds ${value} at row ${row}, column ${column}; give finite numbers.`,
        );
      }
      cells[row * block.stride + column] = value;
    }
  }
  return block;
}

/** All stored cells, padding included; valid until the memory grows. */
export function viewDense(engine: KernelEngine, block: DenseBlock): Float32Array {
  return engine.memory.floats(block.address, block.paddedRows * block.stride);
}

/** A copy of the meaningful cells, row-major without padding. */
export function readDense(engine: KernelEngine, block: DenseBlock): Float32Array {
  const cells = viewDense(engine, block);
  const values = new Float32Array(block.rows * block.columns);
  for (let row = 0; row < block.rows; row++) {
    values.set(cells.subarray(row * block.stride, row * block.stride + block.columns), row * block.columns);
  }
  return values;
}
