import type { Rng } from "../../../core/rng.ts";
import { requireBetween, requireFinite, requireInteger } from "../../require-numbers.ts";
import type { BinnedTable } from "./bin-features.ts";
import { type BoostingLoss, fillGradients, meanLoss, startScore, weightedQuantile } from "./boosting-loss.ts";
import { addTreeScores, type Forest } from "./forest.ts";
import { type Leaf, TreeGrower } from "./grow-tree.ts";

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
): Forest {
  checkParams(params);
  requireFinite(target, "target");
  requireFinite(weight, "weight");
  if (params.loss.name === "poisson" || params.loss.name === "tweedie") {
    for (let row = 0; row < target.length; row++) requireBetween(target[row], 0, Infinity, `target[${row}]`);
  }
  const { loss } = params;
  const forest = createForest(loss, startScore(loss, target, weight), table);
  const score = new Float64Array(target.length).fill(forest.start);
  const gradient = new Float64Array(target.length);
  const hessian = new Float64Array(target.length);
  const grower = new TreeGrower(table, gradient, hessian, params.maxDepth);
  const featureCount = table.columns.length;
  const monotone = Int8Array.from({ length: featureCount }, (_, feature) => params.monotone?.[feature] ?? 0);
  const heldOut = stopping === undefined ? undefined : new Float64Array(stopping.target.length).fill(forest.start);
  const ones = new Float64Array(stopping?.target.length ?? 0).fill(1);
  let [bestLoss, bestRound] = [Infinity, 0];

  for (let round = 0; round < params.rounds; round++) {
    fillGradients(loss, target, weight, score, gradient, hessian);
    const rows = sampleOf(target.length, params.rowShare, rng);
    const features = sampleOf(featureCount, params.featureShare, rng);
    const { lambda, minChildWeight } = params;
    const leaves = grower.grow(forest, rows, { lambda, minChildWeight, monotone, features });
    setLeafValues(forest, leaves, rows, params, target, weight, score);
    if (rows.length === target.length) {
      for (const { node, from, to } of leaves) {
        for (let at = from; at < to; at++) score[rows[at]] += forest.value[node];
      }
    } else addTreeScores(forest, round, table.columns, table.rowCount, score);
    if (stopping === undefined || heldOut === undefined) continue;
    addTreeScores(forest, round, stopping.table.columns, stopping.table.rowCount, heldOut);
    const lossNow = meanLoss(loss, stopping.target, ones, heldOut);
    if (lossNow < bestLoss) [bestLoss, bestRound] = [lossNow, round + 1];
    else if (round + 1 - bestRound >= stopping.patience) break;
  }
  return stopping === undefined ? forest : cutForest(forest, bestRound);
}

/** Leaf values become what is added to the score: shrunk, and for quantiles the quantile of the residuals. */
function setLeafValues(
  forest: Forest,
  leaves: readonly Leaf[],
  rows: Int32Array,
  { loss, learningRate }: BoostingParams,
  target: Float64Array,
  weight: Float64Array,
  score: Float64Array,
): void {
  for (const { node, from, to, low, high } of leaves) {
    if (loss.name === "quantile") {
      const own = rows.subarray(from, to);
      const residuals = Float64Array.from(own, (row) => target[row] - score[row]);
      const quantile = weightedQuantile(
        residuals,
        Float64Array.from(own, (row) => weight[row]),
        loss.level,
      );
      forest.value[node] = Math.min(high, Math.max(low, quantile));
    }
    forest.value[node] *= learningRate;
  }
}

function createForest(loss: BoostingLoss, start: number, { bins }: BinnedTable): Forest {
  return {
    loss,
    start,
    bins,
    roots: [],
    feature: [],
    threshold: [],
    missingLeft: [],
    left: [],
    right: [],
    value: [],
    categories: [],
  };
}

/** The first trees of a forest. */
function cutForest(forest: Forest, trees: number): Forest {
  return { ...forest, roots: forest.roots.slice(0, trees), feature: forest.feature.slice(0, forest.roots[trees]) };
}

/** Ascending sample without replacement of about `share` of 0 … count − 1, at least one. */
function sampleOf(count: number, share: number, rng: Rng): Int32Array {
  const all = Int32Array.from({ length: count }, (_, at) => at);
  if (share >= 1) return all;
  const wanted = Math.max(1, Math.round(share * count));
  let taken = 0;
  // Selection sampling (Knuth, algorithm S).
  for (let at = 0; at < count && taken < wanted; at++) {
    if ((count - at) * rng.next() < wanted - taken) all[taken++] = at;
  }
  return all.subarray(0, taken);
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
