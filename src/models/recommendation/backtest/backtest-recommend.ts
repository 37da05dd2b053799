import { bootstrapMean, type MeanInterval } from "../../../algorithms/evaluation/bootstrap-mean.ts";
import type { KernelEngine } from "../../../algorithms/kernels/kernel-engine.ts";
import { blendModels } from "../../../algorithms/recommendation/collaborative/blend-models.ts";
import {
  measureRanking,
  type RankingMeasures,
} from "../../../algorithms/recommendation/collaborative/measure-ranking.ts";
import { fitModel, type ModelConfig } from "../../../algorithms/recommendation/collaborative/model-config.ts";
import { rankHistories } from "../../../algorithms/recommendation/collaborative/rank-histories.ts";
import { searchModels } from "../../../algorithms/recommendation/collaborative/search-models.ts";
import { familiesFor, familyOf } from "../../../algorithms/recommendation/collaborative/search-space.ts";
import { rowsWithEntries, selectRows } from "../../../algorithms/recommendation/collaborative/select-rows.ts";
import type { FittedModel, Interactions } from "../../../algorithms/recommendation/collaborative/fitted-model.ts";
import { buildIncidence } from "../../../algorithms/sparse/incidence.ts";
import { withUnitValues } from "../../../algorithms/sparse/sparse-matrix.ts";
import { createRng } from "../../../core/rng.ts";
import { openKernelEngine } from "../../kernels/open-kernel-engine.ts";
import type { BacktestRequest } from "./backtest-request.ts";
import { startCpuTimer } from "./cpu-seconds.ts";
import { IdRegistry, readInteractionLines } from "./read-interaction-lines.ts";

/** The answer of `tradewind backtest recommend`; measures carry K in their names, as `recall@20`. */
export type BacktestAnswer = Readonly<Record<string, unknown>>;

/** One configuration of a blend and its share. */
interface Part {
  readonly config: ModelConfig;
  readonly weight: number;
}

/**
 * Fits on the train file and measures on the test file: full ranking, items of train masked, every user with a test item
 * counted. Parameters and blend are chosen on a validation part carved from train; the test file is read only to measure
 * (and to learn its ids: an item unknown to train can be missed, never recommended).
 * The same files and seed give the same lists. Errors: unreadable or empty files.
 */
export async function backtestRecommend(request: BacktestRequest): Promise<BacktestAnswer> {
  const users = new IdRegistry();
  const items = new IdRegistry();
  const trainPairs = await readInteractionLines(request.train, users, items);
  const trainItemCount = items.size;
  const testPairs = await readInteractionLines(request.test, users, items);
  // Items known to test alone have no column: they count as missed. Users known to test alone have an empty history.
  const train = withUnitValues(buildIncidence(trainPairs.users, trainPairs.items, users.size, trainItemCount));
  const test = buildIncidence(testPairs.users, testPairs.items, users.size, items.size);

  const engine = await openKernelEngine();
  try {
    const fitTimer = startCpuTimer();
    const parts = chooseParts(engine, train, request);
    const model = fitParts(engine, train, parts, request.seed);
    const fitCpuSec = fitTimer();

    const recommendTimer = startCpuTimer();
    const tested = rowsWithEntries(test);
    const top = rankHistories(engine, model, selectRows(train, tested), request.k);
    const recommendCpuSec = recommendTimer();
    const relevant = selectRows(withUnitValues(test), tested);
    const measures = measureRanking(top.items, top.keep, relevant, request.k);
    return {
      ...describeMeasures(measures, request.k, request.seed),
      fitCpuSec,
      recommendCpuSec,
      model: request.model === "auto" ? "blend" : request.model,
      parameters: parts.map(({ config, weight }) => ({ weight: Math.round(weight * 1e4) / 1e4, ...config })),
      users: tested.length,
      trainUsers: rowsWithEntries(train).length,
      items: trainItemCount,
      trainPairs: train.colIdx.length,
      testPairs: test.colIdx.length,
      seed: request.seed,
      kernels: engine.kind,
      threads: engine.threadCount,
    };
  } finally {
    await engine.close();
  }
}

function chooseParts(engine: KernelEngine, train: Interactions, request: BacktestRequest): readonly Part[] {
  const { k, seed, onProgress, model } = request;
  const families = model === "auto" ? familiesFor(train.colCount) : [familyOf(model)];
  const result = searchModels(engine, train, { k, seed, families, onProgress });
  if (model === "auto") return result.parts;
  return result.trials.slice(0, 1).map(({ config }) => ({ config, weight: 1 }));
}

function fitParts(engine: KernelEngine, train: Interactions, parts: readonly Part[], seed: number): FittedModel {
  const fitted = parts.map(({ config, weight }) => ({
    model: fitModel(engine, train, config, createRng(seed)),
    weight,
  }));
  const [only] = fitted;
  return only !== undefined && fitted.length === 1 ? only.model : blendModels(engine, fitted);
}

/** Means over users and their intervals. F1 is that of the mean recall and mean precision, the convention of the tables. */
function describeMeasures(measures: RankingMeasures, k: number, seed: number): Record<string, unknown> {
  const interval = (values: Float64Array): MeanInterval => bootstrapMean(values, createRng(seed));
  const recall = interval(measures.recall);
  const ndcg = interval(measures.ndcg);
  const precision = interval(measures.precision);
  const mrr = interval(measures.reciprocalRank);
  const f1 =
    recall.mean + precision.mean === 0 ? 0 : (2 * recall.mean * precision.mean) / (recall.mean + precision.mean);
  return {
    [`recall@${k}`]: recall.mean,
    [`ndcg@${k}`]: ndcg.mean,
    [`precision@${k}`]: precision.mean,
    [`f1@${k}`]: f1,
    [`mrr@${k}`]: mrr.mean,
    intervals: {
      [`recall@${k}`]: [recall.low, recall.high],
      [`ndcg@${k}`]: [ndcg.low, ndcg.high],
      [`precision@${k}`]: [precision.low, precision.high],
      [`mrr@${k}`]: [mrr.low, mrr.high],
    },
  };
}
