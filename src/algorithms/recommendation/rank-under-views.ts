import { allocateDense, padTo } from "../kernels/dense-block.ts";
import type { KernelEngine } from "../kernels/kernel-engine.ts";
import { CLOSED, selectTopRows, type TopRows } from "../kernels/select-top-rows.ts";
import { loadSparse } from "../kernels/sparse-block.ts";
import { standardiseRows } from "../kernels/standardise-rows.ts";
import type { Incidence } from "../sparse/incidence.ts";
import { withUnitValues, type SparseMatrix } from "../sparse/sparse-matrix.ts";
import type { FittedModel } from "./collaborative/fitted-model.ts";

/** Users scored at a time. */
const BATCH_ROWS = 128;

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
 * The best `keep` open items for each history by standardised scores, a list a view: the model scores once for all. Unlike
 * `rankHistories` an item that was only looked at may be recommended: what is closed is told apart from what speaks. Where a view has
 * offsets, they are added to the standardised scores, and the sums standardised again. −1 where nothing is left. O(users·items).
 */
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
    items: new Int32Array(users * keep),
    scores: new Float32Array(users * keep),
  }));
  const loaded = loadSparse(engine, histories);
  const loadedViews = views.map((view) => loadView(engine, view));
  const [raw, plain, shifted] = [0, 1, 2].map(() => allocateDense(engine, BATCH_ROWS, itemCount));
  for (let first = 0; first < users; first += BATCH_ROWS) {
    const batch = { ...raw, rows: Math.min(BATCH_ROWS, users - first), columns: itemCount };
    model.addScores(loaded, first, batch.rows, raw);
    standardiseRows(engine, batch, plain, { clears: true });
    loadedViews.forEach(({ seen, penalties, offsets }, view) => {
      const standardised = { ...batch, address: plain.address };
      if (offsets !== 0) standardiseRows(engine, standardised, shifted, { offsets });
      const ranked = offsets === 0 ? standardised : { ...batch, address: shifted.address };
      const top = selectTopRows(engine, ranked, seen, first, keep, penalties);
      lists[view].items.set(top.items, first * keep);
      lists[view].scores.set(top.scores, first * keep);
    });
  }
  memory.release(mark);
  return lists;
}

/** Puts what a view asks for into the engine's memory; address 0 for no penalties and for no offsets. */
function loadView(engine: KernelEngine, { closed, offsets }: RankingView) {
  const load = (numbers: Float32Array): number => {
    const address = engine.memory.allocate(padTo(numbers.length, 4));
    engine.memory.floats(address, numbers.length).set(numbers);
    return address;
  };
  const isAllOpen = closed.isOpen.every((flag) => flag !== 0);
  return {
    seen: loadSparse(engine, withUnitValues(closed.perRow)),
    penalties: isAllOpen ? 0 : load(Float32Array.from(closed.isOpen, (flag) => (flag === 0 ? CLOSED : 0))),
    offsets: offsets === undefined ? 0 : load(offsets),
  };
}
