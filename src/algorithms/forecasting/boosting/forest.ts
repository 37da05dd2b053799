import type { FeatureBins } from "./bin-column.ts";
import type { BinnedTable } from "./bin-features.ts";
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

/** Places of a node in a packed tree: its column, what is taken off a bin, the greatest bin that goes left, where left and right stand. */
const [SHIFT, LIMIT, LEFT, LENGTH] = [1, 2, 3, 5];

/** Bins of rows, those of a row beside each other: its way through a tree then touches one or two lines of the cache. */
interface RowBins {
  readonly width: number;
  readonly bins: Uint8Array;
}

/** O(rows · columns). */
export function layByRow(columns: readonly Uint8Array[], rows: number): RowBins {
  const width = columns.length;
  const bins = new Uint8Array(rows * width);
  for (let feature = 0; feature < width; feature++) {
    const column = columns[feature];
    for (let row = 0, at = feature; row < rows; row++, at += width) bins[at] = column[row];
  }
  return { width, bins };
}

/** Adds the scores of one tree to `score`, a row a value: of all rows, or of those listed. O(rows · depth). */
export function addTreeScores(
  forest: Forest,
  tree: number,
  { width, bins }: RowBins,
  score: Float64Array,
  listed?: Int32Array,
): void {
  const root = forest.roots[tree];
  const end = tree + 1 < forest.roots.length ? forest.roots[tree + 1] : forest.feature.length;
  const nodes = packTree(forest, root, end);
  const leaf = new Float64Array(nodes.length);
  for (let node = root; node < end; node++) leaf[(node - root) * LENGTH] = forest.value[node];
  const masks = forest.categories.slice(root, end);
  const hasMasks = masks.some((mask) => mask !== undefined);
  const count = listed === undefined ? score.length : listed.length;
  for (let place = 0; place < count; place++) {
    const row = listed === undefined ? place : listed[place];
    const from = row * width;
    const at = hasMasks ? findMaskedLeaf(nodes, masks, bins, from) : findLeaf(nodes, bins, from);
    score[row] += leaf[at];
  }
}

/** Place of the leaf where a row ends. */
function findLeaf(nodes: Int32Array, bins: Uint8Array, from: number): number {
  let at = 0;
  let feature = nodes[0];
  while (feature >= 0) {
    // Without a branch: which way a row goes cannot be foretold, and a wrong guess costs more than the step.
    const goesRight = (nodes[at + LIMIT] - ((bins[from + feature] - nodes[at + SHIFT]) & 255)) >>> 31;
    at = nodes[at + LEFT + goesRight];
    feature = nodes[at];
  }
  return at;
}

/** The same where nodes ask for categories. */
function findMaskedLeaf(
  nodes: Int32Array,
  masks: readonly (Uint8Array | undefined)[],
  bins: Uint8Array,
  from: number,
): number {
  let at = 0;
  while (nodes[at] >= 0) {
    const bin = bins[from + nodes[at]];
    const mask = masks[at / LENGTH];
    const goesRight =
      mask === undefined ? (nodes[at + LIMIT] - ((bin - nodes[at + SHIFT]) & 255)) >>> 31 : 1 - mask[bin];
    at = nodes[at + LEFT + goesRight];
  }
  return at;
}

/** A tree in one array. Missing values are bin 0: where they go right, 1 is taken off every bin, so that 0 becomes the greatest. */
function packTree({ feature, threshold, missingLeft, left, right }: Forest, root: number, end: number): Int32Array {
  const nodes = new Int32Array((end - root) * LENGTH);
  for (let node = root; node < end; node++) {
    const place = (node - root) * LENGTH;
    const shift = missingLeft[node] === 1 ? 0 : 1;
    nodes[place] = feature[node];
    nodes[place + SHIFT] = shift;
    nodes[place + LIMIT] = threshold[node] - shift;
    nodes[place + LEFT] = (left[node] - root) * LENGTH;
    nodes[place + LEFT + 1] = (right[node] - root) * LENGTH;
  }
  return nodes;
}

/** Predicted means (or quantiles) of binned rows. O(rows · trees · depth). */
export function predictForest(forest: Forest, table: Pick<BinnedTable, "columns" | "rowCount">): Float64Array {
  const score = new Float64Array(table.rowCount).fill(forest.start);
  const rows = layByRow(table.columns, table.rowCount);
  for (let tree = 0; tree < forest.roots.length; tree++) addTreeScores(forest, tree, rows, score);
  if (!hasLogLink(forest.loss)) return score;
  for (let row = 0; row < score.length; row++) score[row] = Math.exp(Math.min(30, Math.max(-30, score[row])));
  return score;
}
