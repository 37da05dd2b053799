import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import { KNN_COSINE, KNN_RP3_BETA } from "../../algorithms/recommendation/collaborative/fit-item-knn.ts";
import { measureRanking, meanOf } from "../../algorithms/recommendation/collaborative/measure-ranking.ts";
import type { ModelConfig } from "../../algorithms/recommendation/collaborative/model-config.ts";
import { searchModels } from "../../algorithms/recommendation/collaborative/search-models.ts";
import { familyOf, type ModelFamily } from "../../algorithms/recommendation/collaborative/search-space.ts";
import { createTemporalJudge } from "../../algorithms/recommendation/create-temporal-judge.ts";
import { carveWindow, knowBefore, type Holdout } from "./holdout.ts";
import { HALF_LIVES, MIN_QUERIES, POPULAR_HALF_LIVES, WINDOW_DAYS, type StoreParams } from "./params.ts";
import { listPopular } from "./popular-lists.ts";
import type { StoreLog } from "./store-log.ts";

const K = 20;
/** Customers judged by. */
const MOST_USERS = 2000;
const FIRST_CONFIG: ModelConfig = {
  method: "sparse-ease",
  params: { ridgeRatio: 4, userPower: 0.25, itemPower: 0.25, keep: 100 },
};
/** Catalogues and logs up to these sizes get the longer search. */
const SMALL = { items: 6000, interactions: 400_000 } as const;

/**
 * Chooses a store's half-life, methods and their blend on the 28 days from `from` on, fitted on what came before; a search
 * small enough for every night. Undefined where the window has too few customers to choose by.
 */
export function chooseParams(
  engine: KernelEngine,
  data: StoreLog,
  from: number,
  seed: number,
  onTrial: (label: string) => void,
): StoreParams | undefined {
  const carve = (halfLifeDays: number): Holdout =>
    carveWindow(data, knowBefore(data, from, halfLifeDays), [from, from + WINDOW_DAYS], MOST_USERS, seed);
  let best: { halfLifeDays: number; holdout: Holdout; ndcg: number } | undefined;
  for (const halfLifeDays of HALF_LIVES) {
    const holdout = carve(halfLifeDays);
    if (countQueries(holdout) < MIN_QUERIES) return undefined;
    onTrial(`half-life ${halfLifeDays}`);
    const { ndcg } = createTemporalJudge(engine, holdout, K, seed).judge(FIRST_CONFIG).quality;
    if (best === undefined || ndcg > best.ndcg) best = { halfLifeDays, holdout, ndcg };
  }
  if (best === undefined) return undefined;
  const { holdout, halfLifeDays } = best;
  const judge = createTemporalJudge(engine, holdout, K, seed);
  const onProgress = ({ label }: { label: string }): void => onTrial(label);
  const families = nightlyFamilies(data);
  const { parts } = searchModels(engine, holdout.fit, { k: K, seed, families, onProgress, judge });
  let popular = { halfLifeDays: POPULAR_HALF_LIVES[0] as number, ndcg: -1 };
  for (const candidate of POPULAR_HALF_LIVES) {
    const lists = listPopular(data, holdout, from, candidate, K);
    const ndcg = meanOf(measureRanking(lists, K, holdout.relevant, K).ndcg);
    if (ndcg > popular.ndcg) popular = { halfLifeDays: candidate, ndcg };
  }
  return { halfLifeDays, popularHalfLifeDays: popular.halfLifeDays, parts };
}

/** Customers of the window who bought something new to them. */
export function countQueries({ relevant }: Holdout): number {
  return relevant.rowPtr.subarray(1).filter((end, row) => end > (relevant.rowPtr[row] as number)).length;
}

/** Regression and neighbours, from settings that are good on most shops; dense methods cost too much for every night. */
function nightlyFamilies({ items, log }: StoreLog): ModelFamily[] {
  const isSmall = items.length <= SMALL.items && log.item.length <= SMALL.interactions;
  const knn = (params: typeof KNN_COSINE): ModelConfig => ({ method: "item-knn", params });
  return [
    { ...familyOf("sparse-ease"), starts: [FIRST_CONFIG], maxTrials: isSmall ? 4 : 2 },
    {
      ...familyOf("item-knn"),
      starts: [knn({ ...KNN_COSINE, keep: 200, side: "history", userPower: 1 }), knn(KNN_RP3_BETA)],
      maxTrials: isSmall ? 4 : 2,
    },
  ];
}
