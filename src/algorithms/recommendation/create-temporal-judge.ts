import { createRng } from "../../core/rng.ts";
import type { KernelEngine } from "../kernels/kernel-engine.ts";
import type { Incidence } from "../sparse/incidence.ts";
import type { SparseMatrix } from "../sparse/sparse-matrix.ts";
import type { Judge } from "./collaborative/create-judge.ts";
import { meanOf, measureRanking } from "./collaborative/measure-ranking.ts";
import { fitModel } from "./collaborative/model-config.ts";
import { rankUnderViews, type ClosedItems } from "./rank-under-views.ts";

/** A window of time to judge by. */
export interface TemporalHoldout {
  /** What was known before the window; all customers. */
  readonly fit: SparseMatrix;
  /** Histories, closed items and what was bought for the first time, of the customers judged by; same rows. */
  readonly histories: SparseMatrix;
  readonly closed: ClosedItems;
  readonly relevant: Incidence;
  /** One number an item, added to the standardised scores of every configuration; none where undefined. */
  readonly offsets?: Float32Array | undefined;
}

/** Items kept of each list: the blend needs more than k. */
const LIST_LENGTH = 200;

/** Judges configurations by what customers bought in the window after the fit: no shuffling of time. */
export function createTemporalJudge(engine: KernelEngine, holdout: TemporalHoldout, k: number, seed: number): Judge {
  const { fit, histories, closed, relevant, offsets } = holdout;
  const keep = Math.min(LIST_LENGTH, fit.colCount);
  return {
    relevant,
    judge(config) {
      const mark = engine.memory.mark();
      const model = fitModel(engine, fit, config, createRng(seed));
      const [lists] = rankUnderViews(engine, model, histories, [{ closed, offsets }], keep);
      engine.memory.release(mark);
      const measures = measureRanking(lists.items, keep, relevant, k);
      return { lists, quality: { recall: meanOf(measures.recall), ndcg: meanOf(measures.ndcg) } };
    },
  };
}
