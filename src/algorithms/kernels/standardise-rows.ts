import { padTo } from "./dense-block.ts";
import type { KernelEngine } from "./kernel-engine.ts";

/** Rows in the memory of an engine, `stride` cells from one to the next, whose padding is zero. */
export interface ScoreRows {
  readonly address: number;
  readonly stride: number;
  readonly rows: number;
  readonly columns: number;
}

export interface StandardiseOptions {
  /** Deviation of the result; 1 by default. */
  readonly weight?: number;
  /** Adds to what `out` holds, in place of writing over it. */
  readonly adds?: boolean;
  /** Leaves the scores zero, ready to be summed anew. */
  readonly clears?: boolean;
  /** Address of a number a column, padded with zeros to a multiple of 4, added before; 0 for none. */
  readonly offsets?: number;
}

/**
 * out = weight · (scores − row mean) / row deviation, 0 for a row without spread; `out` has the same stride. The mean and deviation
 * are those of the columns padded to a multiple of 4. Time O(rows·columns).
 */
export function standardiseRows(
  engine: KernelEngine,
  scores: ScoreRows,
  out: { readonly address: number },
  { weight = 1, adds = false, clears = false, offsets = 0 }: StandardiseOptions = {},
): void {
  const { address, stride, rows, columns } = scores;
  const matrix = [address, stride, padTo(columns, 4), rows];
  const [clearing, adding] = [clears ? 1 : 0, adds ? 1 : 0];
  engine.run("standardiseChunk", Math.ceil(rows / 4), ...matrix, offsets, clearing, weight, adding, out.address);
}
