import { describeLists } from "../../algorithms/evaluation/describe-lists.ts";
import { BANDS, popularityBands } from "../../algorithms/evaluation/popularity-bands.ts";
import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import type { FittedModel } from "../../algorithms/recommendation/collaborative/fitted-model.ts";
import { meanOf, measureRanking } from "../../algorithms/recommendation/collaborative/measure-ranking.ts";
import { rankUnderViews } from "../../algorithms/recommendation/rank-under-views.ts";
import type { Incidence } from "../../algorithms/sparse/incidence.ts";
import { fitBlend } from "./fit-store.ts";
import type { Holdout } from "./holdout.ts";
import { LIST_LENGTH, type StoreParams } from "./params.ts";
import type { StoreLog } from "./store-log.ts";

export type Figures = Record<string, number>;

/** The model's lists for the customers of a window: first what is new to them, then with own purchases let in. */
export interface WindowLists {
  readonly explore: Int32Array;
  readonly withRepeats: Int32Array;
}

/**
 * Fits on what is known before the window and lists for its customers; row-major, 100 places. The model, without the trend of its
 * items, lives in `onModel` alone.
 */
export function listForWindow(
  engine: KernelEngine,
  holdout: Holdout,
  params: StoreParams,
  seed: number,
  onModel?: (model: FittedModel) => void,
): WindowLists {
  const mark = engine.memory.mark();
  const plain = fitBlend(engine, holdout.fit, params, seed);
  const { histories, closed, offsets } = holdout;
  const nothing = { ...closed.perRow, rowPtr: new Int32Array(closed.perRow.rowCount + 1), colIdx: new Int32Array(0) };
  const views = [closed, { ...closed, perRow: nothing }].map((closed) => ({ closed, offsets }));
  const [explore, withRepeats] = rankUnderViews(engine, plain, histories, views, LIST_LENGTH).map(({ items }) => items);
  onModel?.(plain);
  engine.memory.release(mark);
  // A list a view.
  return { explore: explore as Int32Array, withRepeats: withRepeats as Int32Array };
}

/** NDCG@20 of each customer who bought something new, for paired comparisons. */
export function ndcgByCustomer(lists: Int32Array, keep: number, { relevant }: Holdout): Float64Array {
  return measureRanking(lists, keep, relevant, 20).ndcg;
}

/** Full-ranking figures of lists of items new to the customer, in all, by popularity band and by market. */
export function describeRanking(data: StoreLog, holdout: Holdout, lists: Int32Array, keep: number): Figures {
  const { relevant, users, fit, closed } = holdout;
  const figures: Figures = {};
  for (const k of [10, 20]) {
    const measures = measureRanking(lists, keep, relevant, k);
    figures[`recallAt${k}`] = meanOf(measures.recall);
    figures[`ndcgAt${k}`] = meanOf(measures.ndcg);
    figures[`mrrAt${k}`] = meanOf(measures.reciprocalRank);
    figures[`hitRateAt${k}`] = meanOf(measures.recall.map((recall) => (recall > 0 ? 1 : 0)));
  }
  const buyers = new Int32Array(fit.colCount);
  for (const item of fit.colIdx) buyers[item] = (buyers[item] as number) + 1;
  const { coverage, novelty, gini } = describeLists({ items: lists, keep }, 20, closed.isOpen, buyers, fit.rowCount);
  Object.assign(figures, { coverageAt20: coverage, noveltyAt20: novelty, giniAt20: gini });

  const bands = popularityBands(buyers);
  BANDS.forEach((band, number) => {
    const part = keepPairs(relevant, (_, item) => bands[item] === number);
    figures[`recallAt20.${band}`] = meanOf(measureRanking(lists, keep, part, 20).recall);
  });
  for (const market of new Set(Array.from(users, (user) => data.markets[user] as string))) {
    const part = keepPairs(relevant, (row) => data.markets[users[row] as number] === market);
    const { recall, ndcg } = measureRanking(lists, keep, part, 20);
    if (ndcg.length === 0) continue;
    figures[`recallAt20.${market}`] = meanOf(recall);
    figures[`ndcgAt20.${market}`] = meanOf(ndcg);
    figures[`queries.${market}`] = ndcg.length;
  }
  return figures;
}

/** How much is found of what customers bought again, and of what was new to them, where own purchases are let in. */
export function describeRepeats({ relevant, again }: Holdout, lists: Int32Array): Figures {
  const [repeats, explores] = [again.colIdx.length, relevant.colIdx.length];
  return {
    repeatShare: repeats / Math.max(1, repeats + explores),
    "recallAt20.repeat": meanOf(measureRanking(lists, LIST_LENGTH, again, 20).recall),
    "recallAt20.explore": meanOf(measureRanking(lists, LIST_LENGTH, relevant, 20).recall),
  };
}

/** The pairs of an incidence that `isKept`. */
function keepPairs(pairs: Incidence, isKept: (row: number, item: number) => boolean): Incidence {
  const rowPtr = new Int32Array(pairs.rowCount + 1);
  const colIdx: number[] = [];
  for (let row = 0; row < pairs.rowCount; row++) {
    for (let at = pairs.rowPtr[row] as number; at < (pairs.rowPtr[row + 1] as number); at++) {
      if (isKept(row, pairs.colIdx[at] as number)) colIdx.push(pairs.colIdx[at] as number);
    }
    rowPtr[row + 1] = colIdx.length;
  }
  return { ...pairs, rowPtr, colIdx: Int32Array.from(colIdx) };
}
