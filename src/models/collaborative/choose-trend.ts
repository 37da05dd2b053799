import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import { measureRanking, meanOf } from "../../algorithms/recommendation/collaborative/measure-ranking.ts";
import { fitModel, type ModelConfig } from "../../algorithms/recommendation/collaborative/model-config.ts";
import { rankUnderViews } from "../../algorithms/recommendation/rank-under-views.ts";
import { createRng } from "../../core/rng.ts";
import type { Holdout } from "./holdout.ts";
import { TREND_WEIGHTS, TREND_WINDOWS, type TrendParams } from "./params.ts";

/** Undefined stands for no trend. */
type Candidate = TrendParams | undefined;

/** The trend that half-lives are compared with, beside none. */
export const FIRST_TRENDS: readonly Candidate[] = [undefined, { windowDays: 30, weight: 0.6 }];

export const ALL_TRENDS: readonly Candidate[] = [
  undefined,
  ...TREND_WINDOWS.flatMap((windowDays) => TREND_WEIGHTS.map((weight) => ({ windowDays, weight }))),
];

/**
 * The trend that helps one configuration most in NDCG@k of a window; the configuration is fitted once, each trend costs a
 * ranking of the window's customers. The first of equals.
 */
export function chooseTrend(
  engine: KernelEngine,
  holdout: Holdout,
  config: ModelConfig,
  options: {
    readonly candidates: readonly Candidate[];
    readonly offsetsOf: (trend: Candidate) => Float32Array | undefined;
    readonly k: number;
    readonly seed: number;
  },
): { readonly trend: Candidate; readonly ndcg: number } {
  const { candidates, offsetsOf, k, seed } = options;
  const mark = engine.memory.mark();
  const plain = fitModel(engine, holdout.fit, config, createRng(seed));
  let best: { trend: Candidate; ndcg: number } = { trend: undefined, ndcg: -1 };
  const views = candidates.map((trend) => ({ closed: holdout.closed, offsets: offsetsOf(trend) }));
  rankUnderViews(engine, plain, holdout.histories, views, k).forEach(({ items }, at) => {
    const ndcg = meanOf(measureRanking(items, k, holdout.relevant, k).ndcg);
    if (ndcg > best.ndcg) best = { trend: candidates[at], ndcg };
  });
  engine.memory.release(mark);
  return best;
}
