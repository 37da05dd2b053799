import { allocateDense, padTo } from "../../kernels/dense-block.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { selectTopRows, type TopRows } from "../../kernels/select-top-rows.ts";
import { loadSparse } from "../../kernels/sparse-block.ts";
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
    memory.floats(raw.address, rows * raw.stride).fill(0);
    model.addScores(loaded, first, rows, raw);
    if (standardised) {
      memory.floats(standard.address, rows * standard.stride).fill(0);
      addStandardised(engine, raw, model.itemCount, rows, 1, standard);
    }
    const top = selectTopRows(engine, { ...standard, rows, columns: model.itemCount }, loaded, first, keep);
    items.set(top.items, first * keep);
    scores.set(top.scores, first * keep);
  }
  memory.release(mark);
  return { keep, items, scores };
}

/** out += weight · (scores − row mean) / row deviation; both blocks have the same stride. */
export function addStandardised(
  engine: KernelEngine,
  scores: { readonly address: number; readonly stride: number },
  itemCount: number,
  rows: number,
  weight: number,
  out: { readonly address: number },
): void {
  const columns = padTo(itemCount, 4);
  engine.run(
    "standardiseChunk",
    Math.ceil(rows / 4),
    scores.address,
    scores.stride,
    columns,
    rows,
    weight,
    out.address,
  );
}
