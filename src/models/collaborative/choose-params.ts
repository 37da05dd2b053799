import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import { measureRanking, meanOf } from "../../algorithms/recommendation/collaborative/measure-ranking.ts";
import { searchModels } from "../../algorithms/recommendation/collaborative/search-models.ts";
import { createTemporalJudge } from "../../algorithms/recommendation/create-temporal-judge.ts";
import { ALL_TRENDS, chooseTrend, FIRST_TRENDS } from "./choose-trend.ts";
import { carveWindow, createKnowledge, type Holdout, type Knowledge } from "./holdout.ts";
import { configForHalfLife, nightlyFamilies } from "./nightly-families.ts";
import { HALF_LIVES, MIN_QUERIES, POPULAR_HALF_LIVES, WINDOW_DAYS, type StoreParams } from "./params.ts";
import { listPopular } from "./popular-lists.ts";
import type { StoreLog } from "./store-log.ts";
import { trendOffsets } from "./trend-offsets.ts";

const K = 20;
/** Customers judged by. */
const MOST_USERS = 2000;

/**
 * Chooses a store's half-life, trend, methods and their blend on the 28 days from `from` on, fitted on what came before; a search
 * small enough for every night. Undefined where the window has too few customers to choose by.
 */
export function chooseParams(
  engine: KernelEngine,
  data: StoreLog,
  from: number,
  seed: number,
  onTrial: (label: string) => void,
): StoreParams | undefined {
  const tryTrends = (known: Knowledge, holdout: Holdout, candidates: typeof ALL_TRENDS) =>
    chooseTrend(engine, holdout, configForHalfLife(holdout.fit), {
      candidates,
      offsetsOf: (trend) => trendOffsets(data, known, from, trend),
      k: K,
      seed,
    });
  let best: { halfLifeDays: number; known: Knowledge; holdout: Holdout; ndcg: number } | undefined;
  const knowAt = createKnowledge(data, from);
  for (const halfLifeDays of HALF_LIVES) {
    const known = knowAt(halfLifeDays);
    const holdout = carveWindow(data, known, [from, from + WINDOW_DAYS], MOST_USERS, seed);
    if (countQueries(holdout) < MIN_QUERIES) return undefined;
    onTrial(`half-life ${halfLifeDays}`);
    const { ndcg } = tryTrends(known, holdout, FIRST_TRENDS);
    if (best === undefined || ndcg > best.ndcg) best = { halfLifeDays, known, holdout, ndcg };
  }
  if (best === undefined) return undefined;
  const { known, holdout, halfLifeDays } = best;
  onTrial("trend");
  const { trend } = tryTrends(known, holdout, ALL_TRENDS);
  const offsets = trendOffsets(data, known, from, trend);
  const judge = createTemporalJudge(engine, { ...holdout, offsets }, K, seed);
  const onProgress = ({ label }: { label: string }): void => onTrial(label);
  const families = nightlyFamilies(holdout.fit);
  const options = { k: K, seed, families, onProgress, judge, membersPerFamily: 1 };
  const { parts } = searchModels(engine, holdout.fit, options);
  let popular = { halfLifeDays: POPULAR_HALF_LIVES[0] as number, ndcg: -1 };
  for (const candidate of POPULAR_HALF_LIVES) {
    const lists = listPopular(data, holdout, from, candidate, K);
    const ndcg = meanOf(measureRanking(lists, K, holdout.relevant, K).ndcg);
    if (ndcg > popular.ndcg) popular = { halfLifeDays: candidate, ndcg };
  }
  return { halfLifeDays, popularHalfLifeDays: popular.halfLifeDays, ...(trend === undefined ? {} : { trend }), parts };
}

/** Customers of the window who bought something new to them. */
export function countQueries({ relevant }: Holdout): number {
  return relevant.rowPtr.subarray(1).filter((end, row) => end > (relevant.rowPtr[row] as number)).length;
}
