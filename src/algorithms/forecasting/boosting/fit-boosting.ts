import type { Rng } from "../../../core/rng.ts";
import { requireBetween, requireFinite, requireInteger } from "../../require-numbers.ts";
import type { BinnedTable } from "./bin-features.ts";
import { runInTeam } from "./boost-rounds.ts";
import { type BoostingLoss, meanLoss, startScore } from "./boosting-loss.ts";
import { type BoostingCrew, type BoostingWork, createBoostingWork } from "./boosting-work.ts";
import { MIN_SHARED_ROWS } from "./thread-team.ts";
import { addTreeScores, type Forest, layByRow } from "./forest.ts";

export interface BoostingParams {
  readonly loss: BoostingLoss;
  readonly rounds: number;
  readonly learningRate: number;
  readonly maxDepth: number;
  readonly lambda: number;
  readonly minChildWeight: number;
  /** Share of the rows that each tree sees. */
  readonly rowShare: number;
  /** Share of the features that each tree sees. */
  readonly featureShare: number;
  /** −1, 0 or 1 a feature: the prediction must not rise, is free, must not fall with it. */
  readonly monotone?: readonly number[];
}

export const BOOSTING_DEFAULTS: BoostingParams = {
  loss: { name: "squared" },
  rounds: 150,
  learningRate: 0.1,
  maxDepth: 6,
  lambda: 1,
  minChildWeight: 5,
  rowShare: 1,
  featureShare: 1,
};

/** Rows held out, binned like the training table: fitting ends when their loss has not fallen for `patience` rounds. */
export interface EarlyStopping {
  readonly table: BinnedTable;
  readonly target: Float64Array;
  readonly patience: number;
}

/**
 * Gradient boosting of depth-limited trees on binned columns: Newton steps, histogram subtraction, seeded samples of rows and
 * features a tree. With quantile loss a leaf's value is the quantile of its residuals.
 *
 * With a crew, larger tables are shared among its threads; the forest is the same, byte for byte.
 *
 * Input: `target` finite, at least 0 for Poisson and Tweedie; `weight` at least 0. The same seed gives the same trees.
 * Time O(rounds · rows · features · maxDepth / 2), memory O(rows + bins · maxDepth).
 * Errors: `ALGORITHM_INPUT_INVALID` for values or parameters out of range.
 * Source: Friedman (2001); Chen and Guestrin (2016); Ke et al. (2017) for histograms.
 */
export function fitBoosting(
  table: BinnedTable,
  target: Float64Array,
  weight: Float64Array,
  params: BoostingParams,
  rng: Rng,
  stopping?: EarlyStopping,
  crew?: BoostingCrew,
): Forest {
  checkParams(params);
  requireFinite(target, "target");
  requireFinite(weight, "weight");
  if (params.loss.name === "poisson" || params.loss.name === "tweedie") {
    for (let row = 0; row < target.length; row++) requireBetween(target[row], 0, Infinity, `target[${row}]`);
  }
  const threadCount = target.length >= MIN_SHARED_ROWS ? (crew?.threadCount ?? 1) : 1;
  const start = startScore(params.loss, target, weight);
  const work = createBoostingWork(table, target, weight, params, start, threadCount);
  const held = stopping === undefined ? undefined : watchHeldOut(stopping, params.loss, start);
  if (threadCount > 1) crew?.start(work);
  const forest = runInTeam(work, 0, {
    drawTree: () => drawTree(work, rng),
    isDone: (grown, round) => held?.isDone(grown, round) ?? false,
  });
  return held === undefined ? forest : cutForest(forest, held.bestRound());
}

interface HeldOutWatch {
  bestRound(): number;
  /** True when the loss has not fallen for `patience` rounds. To be called after each tree. */
  isDone(forest: Forest, rounds: number): boolean;
}

/** Follows the loss of rows held out from tree to tree. */
function watchHeldOut({ table, target, patience }: EarlyStopping, loss: BoostingLoss, start: number): HeldOutWatch {
  const score = new Float64Array(target.length).fill(start);
  const ones = new Float64Array(target.length).fill(1);
  const rows = layByRow(table.columns, table.rowCount);
  let [bestLoss, bestRound] = [Infinity, 0];
  return {
    bestRound: (): number => bestRound,
    isDone: (forest: Forest, rounds: number): boolean => {
      if (rounds === 0) return false;
      addTreeScores(forest, rounds - 1, rows, score);
      const lossNow = meanLoss(loss, target, ones, score);
      if (lossNow < bestLoss) [bestLoss, bestRound] = [lossNow, rounds];
      return rounds - bestRound >= patience;
    },
  };
}

/** Draws the rows and features of the next tree. */
function drawTree({ rows, features, drawn, params }: BoostingWork, rng: Rng): void {
  drawn[0] = params.rowShare < 1 ? drawSample(rows, params.rowShare, rng) : rows.length;
  drawn[1] = drawSample(features, params.featureShare, rng);
}

/** The first trees of a forest. */
function cutForest(forest: Forest, trees: number): Forest {
  return { ...forest, roots: forest.roots.slice(0, trees), feature: forest.feature.slice(0, forest.roots[trees]) };
}

/** Writes an ascending sample without replacement of about `share` of 0 … length − 1, at least one; returns how many. */
function drawSample(places: Int32Array, share: number, rng: Rng): number {
  const count = places.length;
  if (share >= 1) {
    for (let at = 0; at < count; at++) places[at] = at;
    return count;
  }
  const wanted = Math.max(1, Math.round(share * count));
  let taken = 0;
  // Selection sampling (Knuth, algorithm S).
  for (let at = 0; at < count && taken < wanted; at++) {
    if ((count - at) * rng.next() < wanted - taken) places[taken++] = at;
  }
  return taken;
}

function checkParams(params: BoostingParams): void {
  requireInteger(params.rounds, 1, 100_000, "rounds");
  requireInteger(params.maxDepth, 1, 20, "maxDepth");
  requireBetween(params.learningRate, 1e-6, 1, "learningRate");
  requireBetween(params.lambda, 0, Infinity, "lambda");
  requireBetween(params.minChildWeight, 0, Infinity, "minChildWeight");
  requireBetween(params.rowShare, 1e-6, 1, "rowShare");
  requireBetween(params.featureShare, 1e-6, 1, "featureShare");
  if (params.loss.name === "tweedie") requireBetween(params.loss.power, 1.01, 1.99, "power");
  if (params.loss.name === "quantile") requireBetween(params.loss.level, 0.001, 0.999, "level");
}
