import { allocateDense, type DenseBlock } from "../kernels/dense-block.ts";
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

/** One way to rank by the scores of a model. */
export interface RankingView {
  readonly closed: ClosedItems;
  /** One number an item, added to the standardised scores; none where undefined. */
  readonly offsets?: Float32Array | undefined;
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
  return rankUnderViews(engine, model, histories, [{ closed }], keep)[0];
}

/** The same under several views, in their order: the model scores once for all. With offsets as by `offsetItems`. */
export function rankUnderViews(
  engine: KernelEngine,
  model: FittedModel,
  histories: SparseMatrix,
  views: readonly RankingView[],
  keep: number,
): TopRows[] {
  const { memory } = engine;
  const { itemCount } = model;
  const mark = memory.mark();
  const users = histories.rowCount;
  const lists = views.map(() => ({
    keep,
    items: new Int32Array(users * keep).fill(-1),
    scores: new Float32Array(users * keep),
  }));
  const shut = views.map(({ closed }) =>
    Int32Array.from(closed.isOpen.keys()).filter((item) => closed.isOpen[item] === 0),
  );
  const loaded = loadSparse(engine, histories);
  const seen = views.map(({ closed }) => loadSparse(engine, withUnitValues(closed.perRow)));
  const [raw, plain, shifted] = [0, 1, 2].map(() => allocateDense(engine, BATCH_ROWS, itemCount));
  const standardise = (from: DenseBlock, to: DenseBlock, rows: number): void => {
    memory.floats(to.address, rows * to.stride).fill(0);
    addStandardised(engine, from, itemCount, rows, 1, to);
  };
  for (let first = 0; first < users; first += BATCH_ROWS) {
    const rows = Math.min(BATCH_ROWS, users - first);
    memory.floats(raw.address, rows * raw.stride).fill(0);
    model.addScores(loaded, first, rows, raw);
    standardise(raw, plain, rows);
    views.forEach(({ offsets }, view) => {
      // What is ranked stands in `raw`, whose scores are needed no more.
      const cells = memory.floats(raw.address, rows * raw.stride);
      const base = memory.floats(plain.address, rows * plain.stride);
      if (offsets === undefined) cells.set(base);
      else {
        const sums = memory.floats(shifted.address, rows * shifted.stride);
        addOffsets(base, offsets, rows, sums);
        standardise(shifted, raw, rows);
      }
      for (let row = 0; row < rows; row++) for (const item of shut[view]) cells[row * raw.stride + item] = NEVER;
      const top = selectTopRows(engine, { ...raw, rows, columns: itemCount }, seen[view], first, keep);
      const { items, scores } = lists[view];
      for (let at = 0; at < rows * keep; at++) {
        if (top.items[at] < 0 || top.scores[at] <= NEVER) continue;
        items[first * keep + at] = top.items[at];
        scores[first * keep + at] = top.scores[at];
      }
    });
  }
  memory.release(mark);
  return lists;
}

/** to = from + offsets, row by row; padding as it is. */
function addOffsets(from: Float32Array, offsets: Float32Array, rows: number, to: Float32Array): void {
  const stride = from.length / rows;
  to.set(from);
  for (let row = 0; row < rows; row++) {
    const start = row * stride;
    for (let item = 0; item < offsets.length; item++) to[start + item] += offsets[item];
  }
}
