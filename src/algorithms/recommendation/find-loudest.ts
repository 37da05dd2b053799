import { padTo } from "../kernels/dense-block.ts";
import type { KernelEngine } from "../kernels/kernel-engine.ts";
import { loadSparse } from "../kernels/sparse-block.ts";
import type { SparseMatrix } from "../sparse/sparse-matrix.ts";
import type { ItemNeighbours } from "./item-neighbours.ts";

/** For each place of each list the history item that adds most to its score. */
export interface LoudestItems {
  /** −1 where no neighbour list of the history holds the item. */
  readonly because: Int32Array;
  /** Customers who had both, 0 for none. */
  readonly support: Int32Array;
}

/** Lists looked through at a time, so that the engine need not hold all of them. */
const BATCH_ROWS = 8192;

/**
 * Explains lists (row-major, `keep` places, −1 for none) by histories of the same rows through sparsified neighbours: the
 * history item with the largest weight · similarity. O(entries of the histories · neighbours).
 */
export function findLoudest(
  engine: KernelEngine,
  lists: { readonly items: Int32Array; readonly keep: number },
  histories: SparseMatrix,
  neighbours: ItemNeighbours,
): LoudestItems {
  const { memory } = engine;
  const { keep, items } = lists;
  const because = new Int32Array(items.length);
  const support = new Int32Array(items.length);
  const mark = memory.mark();
  const loaded = loadSparse(engine, histories);
  const { itemCount, rowPtr, neighbour, score } = neighbours;
  const near = loadSparse(engine, {
    rowCount: itemCount,
    colCount: itemCount,
    rowPtr,
    colIdx: neighbour,
    values: score,
  });
  const evidence = memory.reserve(neighbour.length);
  memory.ints(evidence, neighbour.length).set(neighbours.support);
  const placeCells = padTo(itemCount, 2);
  const scratch = memory.allocate((2 * keep + placeCells) * engine.threadCount);
  const cells = Math.min(BATCH_ROWS, histories.rowCount) * keep;
  const [batch, speakers, shared] = [memory.reserve(cells), memory.reserve(cells), memory.reserve(cells)];
  const history = [loaded.rowPtr, loaded.colIdx, loaded.values];
  const similar = [near.rowPtr, near.colIdx, near.values, evidence, placeCells];
  for (let first = 0; first < histories.rowCount; first += BATCH_ROWS) {
    const rows = Math.min(BATCH_ROWS, histories.rowCount - first);
    const from = first * keep;
    memory.ints(batch, rows * keep).set(items.subarray(from, from + rows * keep));
    const output = [batch, keep, scratch, speakers, shared];
    engine.run("loudestChunk", Math.ceil(rows / 32), ...history, first, rows, ...similar, ...output);
    because.set(memory.ints(speakers, rows * keep), from);
    support.set(memory.ints(shared, rows * keep), from);
  }
  memory.release(mark);
  return { because, support };
}
