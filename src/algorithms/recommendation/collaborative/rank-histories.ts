import { allocateDense } from "../../kernels/dense-block.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { selectTopRows, type TopRows } from "../../kernels/select-top-rows.ts";
import { loadSparse } from "../../kernels/sparse-block.ts";
import { standardiseRows } from "../../kernels/standardise-rows.ts";
import type { FittedModel, Interactions } from "./fitted-model.ts";

/** Users scored at a time. */
const BATCH_ROWS = 128;

/**
 * The best `keep` items for each history, its own items left out: full ranking, no sampled candidates.
 * With `standardised`, scores are first brought to mean 0 and deviation 1 over all items of a user.
 * Time that of the model's scores plus O(users·items).
 */
export function rankHistories(
  engine: KernelEngine,
  model: FittedModel,
  histories: Interactions,
  keep: number,
  standardised = false,
): TopRows {
  const { memory } = engine;
  const mark = memory.mark();
  const users = histories.rowCount;
  const items = new Int32Array(users * keep);
  const scores = new Float32Array(users * keep);
  const loaded = loadSparse(engine, histories);
  const raw = allocateDense(engine, BATCH_ROWS, model.itemCount);
  const standard = standardised ? allocateDense(engine, BATCH_ROWS, model.itemCount) : raw;
  for (let first = 0; first < users; first += BATCH_ROWS) {
    const rows = Math.min(BATCH_ROWS, users - first);
    const batch = { ...raw, rows, columns: model.itemCount };
    if (!standardised) memory.floats(raw.address, rows * raw.stride).fill(0);
    model.addScores(loaded, first, rows, raw);
    if (standardised) standardiseRows(engine, batch, standard, { clears: true });
    const top = selectTopRows(engine, { ...batch, address: standard.address }, loaded, first, keep);
    items.set(top.items, first * keep);
    scores.set(top.scores, first * keep);
  }
  memory.release(mark);
  return { keep, items, scores };
}
