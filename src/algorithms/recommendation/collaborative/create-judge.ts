import { createRng } from "../../../core/rng.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import type { Incidence } from "../../sparse/incidence.ts";
import type { SparseMatrix } from "../../sparse/sparse-matrix.ts";
import type { BlendQuality, CandidateLists } from "./candidate-lists.ts";
import { carveHoldout } from "./carve-holdout.ts";
import type { Interactions } from "./fitted-model.ts";
import { meanOf, measureRanking } from "./measure-ranking.ts";
import { fitModel, type ModelConfig } from "./model-config.ts";
import { rankHistories } from "./rank-histories.ts";
import { rowsWithEntries, selectRows } from "./select-rows.ts";

/** Judges configurations on validation parts carved from train. */
export interface Judge {
  /** What the users of all parts should find, one row a user and part. */
  readonly relevant: Incidence;
  /** Fits on each part's rest; the lists are those of the rows of `relevant`. */
  readonly judge: (config: ModelConfig) => { readonly quality: BlendQuality; readonly lists: CandidateLists };
}

/** Share of each user's items that is hidden to judge by. */
const VALIDATION_SHARE = 0.2;
/** Users judged on in one part; more only cost time. */
const MAX_USERS = 2500;
/** Items kept of each user's list: the blend needs more than k. */
const LIST_LENGTH = 200;
/** A small train is carved this many times, so that its few held pairs do not decide by chance; … */
const MAX_PARTS = 3;
/** … a train with this many pairs once. */
const PAIRS_FOR_ONE_PART = 100_000;

/** Carves the parts. Time of a judgement: one fit and one ranking a part. */
export function createJudge(engine: KernelEngine, train: Interactions, k: number, seed: number): Judge {
  const partCount = Math.min(MAX_PARTS, Math.max(1, Math.round(PAIRS_FOR_ONE_PART / Math.max(1, train.colIdx.length))));
  const parts = Array.from({ length: partCount }, (_, part) => {
    const { fit, held } = carveHoldout(train, VALIDATION_SHARE, createRng(seed + part));
    const users = sampleRows(rowsWithEntries(held), seed + part);
    return { fit, histories: selectRows(fit, users), relevant: selectRows(held, users) };
  });
  const relevant = stackRows(parts.map((part) => part.relevant));
  const keep = Math.min(LIST_LENGTH, train.colCount);

  return {
    relevant,
    judge(config) {
      const lists = {
        keep,
        items: new Int32Array(relevant.rowCount * keep),
        scores: new Float32Array(relevant.rowCount * keep),
      };
      let first = 0;
      for (const { fit, histories } of parts) {
        const mark = engine.memory.mark();
        const model = fitModel(engine, fit, config, createRng(seed));
        const ranked = rankHistories(engine, model, histories, keep, true);
        engine.memory.release(mark);
        lists.items.set(ranked.items, first * keep);
        lists.scores.set(ranked.scores, first * keep);
        first += histories.rowCount;
      }
      const measures = measureRanking(lists.items, keep, relevant, k);
      return { lists, quality: { recall: meanOf(measures.recall), ndcg: meanOf(measures.ndcg) } };
    },
  };
}

/** The rows, or a random choice of them where there are too many. */
function sampleRows(rows: Int32Array, seed: number): Int32Array {
  const chosen = [...rows];
  const rng = createRng(seed);
  while (chosen.length > MAX_USERS) chosen.splice(rng.nextInt(chosen.length), 1);
  return Int32Array.from(chosen);
}

/** The rows of all matrices, one below the other. */
function stackRows(matrices: readonly SparseMatrix[]): Incidence {
  const rowPtr = [0];
  const colIdx: number[] = [];
  for (const matrix of matrices) {
    for (let row = 0; row < matrix.rowCount; row++) {
      rowPtr.push(rowPtr[rowPtr.length - 1] + matrix.rowPtr[row + 1] - matrix.rowPtr[row]);
    }
    for (const column of matrix.colIdx) colIdx.push(column);
  }
  const colCount = matrices[0].colCount;
  return { rowCount: rowPtr.length - 1, colCount, rowPtr: Int32Array.from(rowPtr), colIdx: Int32Array.from(colIdx) };
}
