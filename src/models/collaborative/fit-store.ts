import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import type { TopRows } from "../../algorithms/kernels/select-top-rows.ts";
import { blendModels } from "../../algorithms/recommendation/collaborative/blend-models.ts";
import type { FittedModel } from "../../algorithms/recommendation/collaborative/fitted-model.ts";
import { fitModel } from "../../algorithms/recommendation/collaborative/model-config.ts";
import { rankHistories } from "../../algorithms/recommendation/collaborative/rank-histories.ts";
import { rowsWithEntries } from "../../algorithms/recommendation/collaborative/select-rows.ts";
import { createSharedCounter } from "../../algorithms/recommendation/count-shared.ts";
import { findLoudest } from "../../algorithms/recommendation/find-loudest.ts";
import type { ItemNeighbours } from "../../algorithms/recommendation/item-neighbours.ts";
import { rankUnderViews } from "../../algorithms/recommendation/rank-under-views.ts";
import type { SparseMatrix } from "../../algorithms/sparse/sparse-matrix.ts";
import { transposedOf } from "../../algorithms/sparse/transposed-of.ts";
import { createRng } from "../../core/rng.ts";
import type { Knowledge } from "./holdout.ts";
import { LIST_LENGTH, NEIGHBOURS, type StoreParams } from "./params.ts";

/** What a store's answers are made from; numbers are those of its `StoreLog`. */
export interface FittedStore {
  readonly lists: TopRows;
  readonly because: Int32Array;
  readonly support: Int32Array;
  readonly neighbours: ItemNeighbours;
  /** Customers × items as weighed, which the lists were made from. */
  readonly histories: SparseMatrix;
}

/** The blend on all interactions of `train`. It lives in the engine's memory until the caller releases it. */
export function fitBlend(engine: KernelEngine, train: SparseMatrix, params: StoreParams, seed: number): FittedModel {
  const parts = params.parts.map(({ config, weight }) => ({
    model: fitModel(engine, train, config, createRng(seed)),
    weight,
  }));
  return blendModels(engine, parts);
}

/** Fits on all that is known and lists the best open items of every customer, each with what speaks for it. */
export function fitStore(
  engine: KernelEngine,
  known: Knowledge,
  params: StoreParams,
  seed: number,
  offsets?: Float32Array,
): FittedStore {
  const { train, owned, isOpen } = known;
  const mark = engine.memory.mark();
  const plain = fitBlend(engine, train, params, seed);
  const view = { closed: { perRow: owned, isOpen }, offsets };
  // A list a view.
  const [lists] = rankUnderViews(engine, plain, train, [view], LIST_LENGTH) as [TopRows];
  const neighbours = sparsifyModel(engine, plain, train);
  engine.memory.release(mark);
  return { lists, ...findLoudest(engine, lists, train, neighbours), neighbours, histories: train };
}

/** The items that each item alone, or each of those asked for, would recommend, had by at least one customer together with it. */
export function sparsifyModel(
  engine: KernelEngine,
  model: FittedModel,
  train: SparseMatrix,
  asked?: ReadonlySet<number>,
): ItemNeighbours {
  const itemCount = train.colCount;
  const users = transposedOf(train);
  const countShared = createSharedCounter(users, train);
  // A history of one item each, of the items that anybody had.
  const known = rowsWithEntries(users).filter((item) => asked?.has(item) !== false);
  const single: SparseMatrix = {
    rowCount: known.length,
    colCount: itemCount,
    rowPtr: Int32Array.from({ length: known.length + 1 }, (_, row) => row),
    colIdx: known,
    values: new Float32Array(known.length).fill(1),
  };
  const keep = Math.min(NEIGHBOURS, itemCount);
  const top = rankHistories(engine, model, single, keep, true);
  const rowPtr = new Int32Array(itemCount + 1);
  const [neighbour, support] = [new Int32Array(top.items.length), new Int32Array(top.items.length)];
  const score = new Float32Array(top.items.length);
  let length = 0;
  known.forEach((item, row) => {
    const counts = countShared(item);
    for (let at = row * keep; at < (row + 1) * keep; at++) {
      const other = top.items[at] as number;
      if (other < 0 || (top.scores[at] as number) <= 0) continue;
      const shared = counts[other] as number;
      if (shared === 0) continue;
      neighbour[length] = other;
      score[length] = top.scores[at] as number;
      support[length++] = shared;
    }
    rowPtr[item + 1] = length;
  });
  for (let item = 0; item < itemCount; item++) {
    rowPtr[item + 1] = Math.max(rowPtr[item] as number, rowPtr[item + 1] as number);
  }
  return {
    itemCount,
    rowPtr,
    neighbour: neighbour.slice(0, length),
    score: score.slice(0, length),
    support: support.slice(0, length),
  };
}
