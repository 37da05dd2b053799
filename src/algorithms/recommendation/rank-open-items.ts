import { allocateDense } from "../kernels/dense-block.ts";
import type { KernelEngine } from "../kernels/kernel-engine.ts";
import { selectTopRows, type TopRows } from "../kernels/select-top-rows.ts";
import { loadSparse } from "../kernels/sparse-block.ts";
import type { Incidence } from "../sparse/incidence.ts";
import { withUnitValues, type SparseMatrix } from "../sparse/sparse-matrix.ts";
import type { FittedModel } from "./collaborative/fitted-model.ts";
import { addStandardised } from "./collaborative/rank-histories.ts";

/** Users scored at a time. */
const BATCH_ROWS = 128;
const NEVER = -3e38;

/** What a list must not hold: per row, and for all. */
export interface ClosedItems {
  /** Same rows as the histories. */
  readonly perRow: Incidence;
  /** 1 for items on offer. */
  readonly isOpen: Uint8Array;
}

/**
 * The best `keep` open items for each history by standardised scores. Unlike `rankHistories` an item that was only looked
 * at may be recommended: what is closed is told apart from what speaks. −1 where nothing is left. O(users·items).
 */
export function rankOpenItems(
  engine: KernelEngine,
  model: FittedModel,
  histories: SparseMatrix,
  closed: ClosedItems,
  keep: number,
): TopRows {
  const { memory } = engine;
  const mark = memory.mark();
  const users = histories.rowCount;
  const items = new Int32Array(users * keep).fill(-1);
  const scores = new Float32Array(users * keep);
  const shut = [...closed.isOpen.keys()].filter((item) => closed.isOpen[item] === 0);
  const loaded = loadSparse(engine, histories);
  const seen = loadSparse(engine, withUnitValues(closed.perRow));
  const raw = allocateDense(engine, BATCH_ROWS, model.itemCount);
  const standard = allocateDense(engine, BATCH_ROWS, model.itemCount);
  for (let first = 0; first < users; first += BATCH_ROWS) {
    const rows = Math.min(BATCH_ROWS, users - first);
    memory.floats(raw.address, rows * raw.stride).fill(0);
    model.addScores(loaded, first, rows, raw);
    const cells = memory.floats(standard.address, rows * standard.stride);
    cells.fill(0);
    addStandardised(engine, raw, model.itemCount, rows, 1, standard);
    for (let row = 0; row < rows; row++) for (const item of shut) cells[row * standard.stride + item] = NEVER;
    const top = selectTopRows(engine, { ...standard, rows, columns: model.itemCount }, seen, first, keep);
    for (let at = 0; at < rows * keep; at++) {
      if (top.items[at] < 0 || top.scores[at] <= NEVER) continue;
      items[first * keep + at] = top.items[at];
      scores[first * keep + at] = top.scores[at];
    }
  }
  memory.release(mark);
  return { keep, items, scores };
}
