import type { KernelEngine } from "./kernel-engine.ts";
import type { SparseBlock } from "./sparse-block.ts";

/** Row-major lists of `keep` places: items by falling score, ties by smaller item; −1 where nothing was left. */
export interface TopRows {
  readonly keep: number;
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/**
 * The `keep` best columns of each score row, without the columns of the row's history: row r of the scores belongs to row
 * firstRow + r of `seen`. Overwrites the scores of seen columns. Time O(rows·columns).
 */
export function selectTopRows(
  engine: KernelEngine,
  scores: { readonly address: number; readonly stride: number; readonly rows: number; readonly columns: number },
  seen: SparseBlock,
  firstRow: number,
  keep: number,
): TopRows {
  const { memory } = engine;
  const mark = memory.mark();
  const count = scores.rows * keep;
  const items = memory.allocate(count);
  const best = memory.allocate(count);
  const matrix = [scores.address, scores.stride, scores.columns, scores.rows];
  const mask = [seen.rowPtr, seen.colIdx, firstRow];
  engine.run("topChunk", Math.ceil(scores.rows / 4), ...matrix, ...mask, keep, items, best);
  const result = { keep, items: memory.ints(items, count).slice(), scores: memory.floats(best, count).slice() };
  memory.release(mark);
  return result;
}
