import type { BinnedTable, FeatureBins } from "./bin-features.ts";
import { type BoostingLoss, hasLogLink } from "./boosting-loss.ts";

/** Trees as flat arrays, a place a node. A leaf has feature −1. */
export interface Forest {
  readonly loss: BoostingLoss;
  readonly start: number;
  readonly bins: readonly FeatureBins[];
  /** First node of each tree. */
  readonly roots: number[];
  readonly feature: number[];
  readonly threshold: number[];
  /** 1 where missing values go left. */
  readonly missingLeft: number[];
  readonly left: number[];
  readonly right: number[];
  /** Leaves: what is added to the score, learning rate included. */
  readonly value: number[];
  /** Categorical nodes: a byte a bin, 1 goes left; else undefined. */
  readonly categories: (Uint8Array | undefined)[];
}

/** Adds the scores of one tree to `score` for the rows given. O(rows · depth). */
export function addTreeScores(
  forest: Forest,
  tree: number,
  columns: readonly Uint8Array[],
  rows: number,
  score: Float64Array,
): void {
  const { left, right, value, categories } = forest;
  const root = forest.roots[tree];
  const end = tree + 1 < forest.roots.length ? forest.roots[tree + 1] : forest.feature.length;
  const feature = Int32Array.from(forest.feature.slice(root, end));
  const threshold = Int32Array.from(forest.threshold.slice(root, end));
  const missingLeft = Uint8Array.from(forest.missingLeft.slice(root, end));
  const toLeft = Int32Array.from(left.slice(root, end), (node) => node - root);
  const toRight = Int32Array.from(right.slice(root, end), (node) => node - root);
  const leaf = Float64Array.from(value.slice(root, end));
  const masks = categories.slice(root, end);
  const hasMasks = masks.some((mask) => mask !== undefined);
  for (let row = 0; row < rows; row++) {
    let node = 0;
    let at = feature[0];
    while (at >= 0) {
      const bin = columns[at][row];
      const mask = hasMasks ? masks[node] : undefined;
      const goesLeft =
        mask === undefined ? (bin === 0 ? missingLeft[node] === 1 : bin <= threshold[node]) : mask[bin] === 1;
      node = goesLeft ? toLeft[node] : toRight[node];
      at = feature[node];
    }
    score[row] += leaf[node];
  }
}

/** Predicted means (or quantiles) of binned rows. O(rows · trees · depth). */
export function predictForest(forest: Forest, table: Pick<BinnedTable, "columns" | "rowCount">): Float64Array {
  const score = new Float64Array(table.rowCount).fill(forest.start);
  for (let tree = 0; tree < forest.roots.length; tree++) {
    addTreeScores(forest, tree, table.columns, table.rowCount, score);
  }
  if (!hasLogLink(forest.loss)) return score;
  for (let row = 0; row < score.length; row++) score[row] = Math.exp(Math.min(30, Math.max(-30, score[row])));
  return score;
}
