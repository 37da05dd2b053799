import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import type { TopRows } from "../../algorithms/kernels/select-top-rows.ts";
import { blendModels } from "../../algorithms/recommendation/collaborative/blend-models.ts";
import type { FittedModel } from "../../algorithms/recommendation/collaborative/fitted-model.ts";
import { fitModel } from "../../algorithms/recommendation/collaborative/model-config.ts";
import { offsetItems } from "../../algorithms/recommendation/collaborative/offset-items.ts";
import { rankHistories } from "../../algorithms/recommendation/collaborative/rank-histories.ts";
import { countShared, findLoudest } from "../../algorithms/recommendation/find-loudest.ts";
import type { ItemNeighbours } from "../../algorithms/recommendation/item-neighbours.ts";
import { rankOpenItems } from "../../algorithms/recommendation/rank-open-items.ts";
import { transposeSparse, type SparseMatrix } from "../../algorithms/sparse/sparse-matrix.ts";
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
  const model = offsets === undefined ? plain : offsetItems(engine, plain, offsets);
  const lists = rankOpenItems(engine, model, train, { perRow: owned, isOpen }, LIST_LENGTH);
  const neighbours = sparsifyModel(engine, plain, train);
  engine.memory.release(mark);
  return { lists, ...findLoudest(lists, train, neighbours), neighbours, histories: train };
}

/** The items that each item alone would recommend, had by at least one customer together with it. */
export function sparsifyModel(engine: KernelEngine, model: FittedModel, train: SparseMatrix): ItemNeighbours {
  const itemCount = train.colCount;
  const identity: SparseMatrix = {
    rowCount: itemCount,
    colCount: itemCount,
    rowPtr: Int32Array.from({ length: itemCount + 1 }, (_, row) => row),
    colIdx: Int32Array.from({ length: itemCount }, (_, item) => item),
    values: new Float32Array(itemCount).fill(1),
  };
  const keep = Math.min(NEIGHBOURS, itemCount);
  const top = rankHistories(engine, model, identity, keep, true);
  const users = transposeSparse(train);
  const rowPtr = new Int32Array(itemCount + 1);
  const [neighbour, support] = [new Int32Array(top.items.length), new Int32Array(top.items.length)];
  const score = new Float32Array(top.items.length);
  let length = 0;
  for (let item = 0; item < itemCount; item++) {
    for (let at = item * keep; at < (item + 1) * keep; at++) {
      const other = top.items[at] as number;
      if (other < 0 || (top.scores[at] as number) <= 0) continue;
      const shared = countShared(users, item, other);
      if (shared === 0) continue;
      neighbour[length] = other;
      score[length] = top.scores[at] as number;
      support[length++] = shared;
    }
    rowPtr[item + 1] = length;
  }
  return {
    itemCount,
    rowPtr,
    neighbour: neighbour.slice(0, length),
    score: score.slice(0, length),
    support: support.slice(0, length),
  };
}
