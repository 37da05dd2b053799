import { createRng } from "../../../core/rng.ts";
import type { ProgressListener } from "../../../core/progress.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import type { Incidence } from "../../sparse/incidence.ts";
import { chooseBlend, objective, type BlendQuality, type CandidateLists } from "./candidate-lists.ts";
import { carveHoldout } from "./carve-holdout.ts";
import type { Interactions } from "./fitted-model.ts";
import { measureRanking, meanOf } from "./measure-ranking.ts";
import { fitModel, type ModelConfig } from "./model-config.ts";
import { rankHistories } from "./rank-histories.ts";
import type { ModelFamily } from "./search-space.ts";
import { rowsWithEntries, selectRows } from "./select-rows.ts";

export interface SearchOptions {
  /** Cut-off of recall and NDCG. */
  readonly k: number;
  readonly seed: number;
  readonly families: readonly ModelFamily[];
  readonly onProgress: ProgressListener;
}

/** A configuration and what it reached on the validation part. */
export interface Trial {
  readonly config: ModelConfig;
  readonly quality: BlendQuality;
}

export interface SearchResult {
  /** Best first. */
  readonly trials: readonly Trial[];
  /** The chosen blend: configurations with their shares, which sum to 1. */
  readonly parts: readonly { readonly config: ModelConfig; readonly weight: number }[];
  /** The learned blend on the validation part, before hedging. */
  readonly quality: BlendQuality;
}

/** Share of each user's items that is hidden to judge by. */
const VALIDATION_SHARE = 0.2;
/** Part of the blend that goes in equal shares to the best of each family. */
const HEDGE = 0.5;
/** A family takes part in that when its best reaches this share of the best of all. */
const SOUND_SHARE = 0.9;
/** Users judged on; more only cost time. */
const MAX_USERS = 2500;
/** Items kept of each user's list: the blend needs more than k. */
const LIST_LENGTH = 200;

/**
 * Chooses models and their blend on a validation part carved from train: each family is searched from its starts by moving
 * to the best neighbour while that helps; then a blend is selected from all trials.
 *
 * Input: interactions users × items. Output: the blend to fit on all of train. The same seed gives the same answer.
 * Time that of the trials; memory of one model at a time, plus users·200 pairs a trial.
 */
export function searchModels(engine: KernelEngine, train: Interactions, options: SearchOptions): SearchResult {
  const validation = carveHoldout(train, VALIDATION_SHARE, createRng(options.seed));
  const users = sampleUsers(validation.held, options.seed);
  const histories = selectRows(validation.fit, users);
  const relevant = selectRows({ ...validation.held, values: new Float32Array(validation.held.colIdx.length) }, users);

  const trials: (Trial & { readonly lists: CandidateLists })[] = [];
  const total = options.families.reduce((sum, family) => sum + family.maxTrials, 0);
  const tried = new Set<string>();
  const attempt = (config: ModelConfig): number | undefined => {
    const key = JSON.stringify(config);
    if (tried.has(key)) return undefined;
    const mark = engine.memory.mark();
    const model = fitModel(engine, validation.fit, config, createRng(options.seed));
    const lists = rankHistories(engine, model, histories, Math.min(LIST_LENGTH, train.colCount), true);
    engine.memory.release(mark);
    const measures = measureRanking(lists.items, lists.keep, relevant, options.k);
    const quality = { recall: meanOf(measures.recall), ndcg: meanOf(measures.ndcg) };
    tried.add(key);
    trials.push({ config, quality, lists });
    options.onProgress({ label: `try ${key} → ${objective(quality).toFixed(4)}`, done: trials.length, total });
    return objective(quality);
  };

  const leaders = options.families.map((family) => {
    const first = trials.length;
    searchFamily(family, attempt);
    return indexOfBest(trials, first);
  });
  const choice = chooseBlend(
    trials.map((trial) => trial.lists),
    relevant,
    options.k,
    createRng(options.seed),
  );
  const weights = hedgeWeights(choice.weights, trials, leaders);
  const parts = trials.flatMap(({ config }, index) => (weights[index] > 0 ? [{ config, weight: weights[index] }] : []));
  const ranked = trials
    .map(({ config, quality }) => ({ config, quality }))
    .sort((a, b) => objective(b.quality) - objective(a.quality));
  return { trials: ranked, parts, quality: choice.quality };
}

/** The best trial from `first` on. */
function indexOfBest(trials: readonly Trial[], first: number): number {
  let best = first;
  for (let index = first + 1; index < trials.length; index++) {
    if (objective(trials[index].quality) > objective(trials[best].quality)) best = index;
  }
  return best;
}

/**
 * Half the learned shares, half equal shares of the families' best, those far behind left out. Learned shares fit the
 * validation, which is never quite the future; equal ones of different methods are hard to beat when it is not.
 * Source: Smith and Wallis, "A simple explanation of the forecast combination puzzle" (2009).
 */
function hedgeWeights(learned: Float64Array, trials: readonly Trial[], leaders: readonly number[]): Float64Array {
  const best = Math.max(...leaders.map((index) => objective(trials[index].quality)));
  const sound = leaders.filter((index) => objective(trials[index].quality) >= SOUND_SHARE * best);
  const weights = learned.map((share) => share * (1 - HEDGE));
  for (const index of sound) weights[index] += HEDGE / sound.length;
  const sum = weights.reduce((part, weight) => part + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Hill climbing: tries the starts, then the neighbours of the best so far while they improve and trials are left.
 * `attempt` answers undefined for a configuration that was tried before.
 */
function searchFamily(family: ModelFamily, attempt: (config: ModelConfig) => number | undefined): void {
  let left = family.maxTrials;
  let best: { config: ModelConfig; score: number } | undefined;
  const consider = (configs: readonly ModelConfig[]): boolean => {
    let hasImproved = false;
    for (const config of configs) {
      const score = left > 0 ? attempt(config) : undefined;
      if (score === undefined) continue;
      left--;
      if (best !== undefined && score <= best.score) continue;
      best = { config, score };
      hasImproved = true;
    }
    return hasImproved;
  };
  let hasImproved = consider(family.starts);
  while (hasImproved) hasImproved = best !== undefined && consider(family.neighbours(best.config));
}

/** Rows of users with something held out; a random choice where there are too many. */
function sampleUsers(held: Incidence, seed: number): Int32Array {
  const rows = [...rowsWithEntries(held)];
  const rng = createRng(seed);
  while (rows.length > MAX_USERS) rows.splice(rng.nextInt(rows.length), 1);
  return Int32Array.from(rows);
}
