import type { SparseMatrix } from "../../sparse/sparse-matrix.ts";
import type { SparseBlock } from "../../kernels/sparse-block.ts";

/** Dense scores, one row a user; `stride` cells from row to row, at least the padded number of items. */
export interface ScoreBlock {
  readonly address: number;
  readonly stride: number;
}

/**
 * What every fit of this folder returns: a scorer of histories, known or new (fold-in). It lives in the memory of the
 * engine it was fitted on, and dies when that memory is released below it.
 */
export interface FittedModel {
  readonly name: string;
  readonly itemCount: number;
  /** Adds the scores of history rows firstRow … firstRow + rows − 1 to the rows of `out`. */
  addScores(histories: SparseBlock, firstRow: number, rows: number, out: ScoreBlock): void;
  /**
   * How much each item of a history adds to the score of `item`, in the order of the history; the sum is the score.
   * Absent where the method has no such parts.
   */
  explain?(history: ArrayLike<number>, item: number): Float64Array;
}

/** Users × items; a value is the weight of an interaction (1 for a plain one). Columns of each row ascend. */
export type Interactions = SparseMatrix;
