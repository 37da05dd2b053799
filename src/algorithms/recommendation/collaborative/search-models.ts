import { createRng } from "../../../core/rng.ts";
import type { ProgressListener } from "../../../core/progress.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { chooseBlend, objective, type BlendQuality, type CandidateLists } from "./candidate-lists.ts";
import type { Interactions } from "./fitted-model.ts";
import { createJudge, type Judge } from "./create-judge.ts";
import type { ModelConfig } from "./model-config.ts";
import type { ModelFamily } from "./search-space.ts";

export interface SearchOptions {
  /** Cut-off of recall and NDCG. */
  readonly k: number;
  readonly seed: number;
  readonly families: readonly ModelFamily[];
  readonly onProgress: ProgressListener;
  /** Judges in place of the parts carved at random: a window of time where there are times. */
  readonly judge?: Judge;
  /** Members that speak for a family in the part of the blend that is not learned: 2 by default, fewer cost less to fit. */
  readonly membersPerFamily?: number;
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

/** Part of the blend that goes in equal shares to the families, and in each to its best members. */
const HEDGE = 0.75;
/** A trial takes part in that when it reaches this share of the best of all. */
const SOUND_SHARE = 0.75;
const MEMBERS_PER_FAMILY = 2;
/** Trials of one family that the learned half of the blend may be made of: its best, so that no family floods it. */
const FAMILY_LIBRARY = 4;

/**
 * Chooses models and their blend on validation parts carved from train (see createJudge): each family is searched from its starts by moving
 * to the best neighbour while that helps; then a blend is selected from the best trials of each.
 *
 * Input: interactions users × items. Output: the blend to fit on all of train. The same seed gives the same answer.
 * Time that of the trials; memory of one model at a time, plus users·200 pairs a trial.
 */
export function searchModels(engine: KernelEngine, train: Interactions, options: SearchOptions): SearchResult {
  const { relevant, judge } = options.judge ?? createJudge(engine, train, options.k, options.seed);
  const trials: (Trial & { readonly lists: CandidateLists })[] = [];
  const total = options.families.reduce((sum, family) => sum + family.maxTrials, 0);
  const tried = new Set<string>();
  const attempt = (config: ModelConfig): number | undefined => {
    const key = JSON.stringify(config);
    if (tried.has(key)) return undefined;
    const { quality, lists } = judge(config);
    tried.add(key);
    trials.push({ config, quality, lists });
    options.onProgress({ label: `try ${key} → ${objective(quality).toFixed(4)}`, done: trials.length, total });
    return objective(quality);
  };

  const libraries = options.families.map((family) => {
    const first = trials.length;
    searchFamily(family, attempt);
    const indices = Array.from({ length: trials.length - first }, (_, offset) => first + offset);
    return indices.sort((a, b) => objective(trials[b].quality) - objective(trials[a].quality)).slice(0, FAMILY_LIBRARY);
  });
  const leaders = libraries.map((library) => library.slice(0, options.membersPerFamily ?? MEMBERS_PER_FAMILY));
  const library = libraries.flat();
  const lists = library.map((index) => trials[index].lists);
  const choice = chooseBlend(lists, relevant, options.k, createRng(options.seed));
  const learned = new Float64Array(trials.length);
  library.forEach((index, place) => (learned[index] = choice.weights[place]));
  const weights = hedgeWeights(learned, trials, leaders);
  const parts = trials.flatMap(({ config }, index) => (weights[index] > 0 ? [{ config, weight: weights[index] }] : []));
  const ranked = trials
    .map(({ config, quality }) => ({ config, quality }))
    .sort((a, b) => objective(b.quality) - objective(a.quality));
  return { trials: ranked, parts, quality: choice.quality };
}

/**
 * A quarter the learned shares, the rest equal shares of the families, those far behind left out. Learned shares fit the
 * validation, which is never quite the future; equal ones of different methods are hard to beat when it is not.
 * Source: Smith and Wallis, "A simple explanation of the forecast combination puzzle" (2009).
 */
function hedgeWeights(
  learned: Float64Array,
  trials: readonly Trial[],
  leaders: readonly (readonly number[])[],
): Float64Array {
  const reached = (index: number): number => objective(trials[index].quality);
  const bar = SOUND_SHARE * Math.max(...leaders.flat().map(reached));
  const sound = leaders
    .map((members) => members.filter((index) => reached(index) >= bar))
    .filter((members) => members.length > 0);
  const weights = learned.map((share) => share * (1 - HEDGE));
  for (const members of sound) for (const index of members) weights[index] += HEDGE / sound.length / members.length;
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
