import type { KernelEngine } from "./kernel-engine.ts";
import type { SparseBlock } from "./sparse-block.ts";

/** Row-major lists of `keep` places: items by falling score, ties by smaller item; −1 where nothing was left. */
export interface TopRows {
  readonly keep: number;
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/** A penalty that closes a column. */
export const CLOSED = -3e38;

/**
 * The `keep` best columns of each score row, without the columns of the row's history: row r of the scores belongs to row
 * firstRow + r of `seen`, whose columns ascend. `penalties`: address of a number a column that is added to each row, 0 for none. Time
 * O(rows·columns).
 */
export function selectTopRows(
  engine: KernelEngine,
  scores: { readonly address: number; readonly stride: number; readonly rows: number; readonly columns: number },
  seen: SparseBlock,
  firstRow: number,
  keep: number,
  penalties = 0,
): TopRows {
  const { memory } = engine;
  const mark = memory.mark();
  const count = scores.rows * keep;
  const items = memory.reserve(count);
  const best = memory.reserve(count);
  const matrix = [scores.address, scores.stride, scores.columns, scores.rows];
  const mask = [seen.rowPtr, seen.colIdx, firstRow, penalties];
  engine.run("topChunk", Math.ceil(scores.rows / 4), ...matrix, ...mask, keep, items, best);
  const result = { keep, items: memory.ints(items, count).slice(), scores: memory.floats(best, count).slice() };
  memory.release(mark);
  return result;
}
