import type { BinnedTable } from "./bin-features.ts";
import { findSplit, type Split, type SplitParams } from "./find-split.ts";
import type { Forest } from "./forest.ts";

/** A node that stands to be cut; its rows are `rows[from … to)`. */
interface OpenNode {
  readonly from: number;
  readonly to: number;
  readonly gradient: number;
  readonly hessian: number;
  /** Bounds on the values below it, from monotone cuts above. */
  readonly low: number;
  readonly high: number;
}

export interface Leaf {
  /** Its place in the forest. */
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Grows trees on binned columns, depth first. Each node has a histogram of gradients; the smaller child's is summed from its rows,
 * the greater one's is the difference to the parent's. Buffers are kept from tree to tree.
 * A tree costs O(rows · features · depth / 2) and no allocation but its nodes.
 */
export class TreeGrower {
  readonly #table: BinnedTable;
  readonly #gradient: Float64Array;
  readonly #hessian: Float64Array;
  readonly #maxDepth: number;
  readonly #offsets: Int32Array;
  readonly #totalBins: number;
  readonly #histograms: Float64Array[] = [];
  readonly #moved: Int32Array;
  readonly #nodeGradient: Float64Array;
  readonly #nodeHessian: Float64Array;
  readonly #split: Split = {
    feature: -1,
    threshold: 0,
    isMissingLeft: false,
    categories: [],
    gain: 0,
    leftGradient: 0,
    leftHessian: 0,
  };

  constructor(table: BinnedTable, gradient: Float64Array, hessian: Float64Array, maxDepth: number) {
    this.#table = table;
    this.#gradient = gradient;
    this.#hessian = hessian;
    this.#maxDepth = maxDepth;
    this.#offsets = new Int32Array(table.binCounts.length);
    let total = 0;
    table.binCounts.forEach((count, feature) => {
      this.#offsets[feature] = total;
      total += count;
    });
    this.#totalBins = total;
    this.#moved = new Int32Array(table.rowCount);
    this.#nodeGradient = new Float64Array(table.rowCount);
    this.#nodeHessian = new Float64Array(table.rowCount);
  }

  /** Appends one tree over the rows given (reordered in place) to the forest and returns its leaves, values not yet set. */
  grow(forest: Forest, rows: Int32Array, params: SplitParams): Leaf[] {
    let [gradient, hessian] = [0, 0];
    for (const row of rows) {
      gradient += this.#gradient[row];
      hessian += this.#hessian[row];
    }
    const leaves: Leaf[] = [];
    forest.roots.push(forest.feature.length);
    const root = { from: 0, to: rows.length, gradient, hessian, low: -Infinity, high: Infinity };
    if (this.#maxDepth > 0) this.#sumHistogram(rows, root, params.features, this.#histogramAt(0));
    this.#growNode(forest, rows, params, root, 0, 0, leaves);
    return leaves;
  }

  #growNode(
    forest: Forest,
    rows: Int32Array,
    params: SplitParams,
    open: OpenNode,
    depth: number,
    slot: number,
    leaves: Leaf[],
  ): number {
    const node = forest.feature.push(-1) - 1;
    forest.threshold.push(0);
    forest.missingLeft.push(0);
    forest.left.push(node);
    forest.right.push(node);
    forest.categories.push(undefined);
    const raw = -open.gradient / (open.hessian + params.lambda);
    forest.value.push(Math.min(open.high, Math.max(open.low, raw)));
    const split = this.#split;
    split.feature = -1;
    const histogram = this.#histogramAt(slot);
    if (depth < this.#maxDepth && open.hessian >= 2 * params.minChildWeight) {
      findSplit(this.#table, this.#offsets, histogram, params, open, split);
    }
    if (split.feature < 0) {
      leaves.push({ node, from: open.from, to: open.to, low: open.low, high: open.high });
      return node;
    }
    const { feature, threshold, isMissingLeft, categories, leftGradient, leftHessian } = split;
    const mask = this.#table.bins[feature].isCategorical ? new Uint8Array(256) : undefined;
    for (const bin of categories) if (mask !== undefined) mask[bin] = 1;
    forest.feature[node] = feature;
    forest.threshold[node] = threshold;
    forest.missingLeft[node] = isMissingLeft ? 1 : 0;
    forest.categories[node] = mask;
    const middle = this.#partition(rows, open, feature, threshold, isMissingLeft, mask);

    const [left, right] = boundChildren(open, middle, leftGradient, leftHessian, params, feature);
    // The smaller child's histogram is summed, the greater one's takes the parent's place.
    const isLeftSmall = middle - open.from <= open.to - middle;
    const small = isLeftSmall ? left : right;
    const smallSlot = slot + 1;
    if (depth + 1 < this.#maxDepth) {
      const own = this.#histogramAt(smallSlot);
      this.#sumHistogram(rows, small, params.features, own);
      this.#subtract(histogram, own, params.features);
    }
    // The child whose histogram lies deeper goes first: the other's place is not written until then.
    const growSmall = (): number => this.#growNode(forest, rows, params, small, depth + 1, smallSlot, leaves);
    const growGreat = (): number =>
      this.#growNode(forest, rows, params, isLeftSmall ? right : left, depth + 1, slot, leaves);
    const smallNode = growSmall();
    const greatNode = growGreat();
    forest.left[node] = isLeftSmall ? smallNode : greatNode;
    forest.right[node] = isLeftSmall ? greatNode : smallNode;
    return node;
  }

  /** Stable partition of the node's rows into those that go left and right; returns where the right ones begin. */
  #partition(
    rows: Int32Array,
    { from, to }: OpenNode,
    feature: number,
    threshold: number,
    isMissingLeft: boolean,
    mask: Uint8Array | undefined,
  ): number {
    const column = this.#table.columns[feature];
    const moved = this.#moved;
    let [left, right] = [from, 0];
    for (let at = from; at < to; at++) {
      const row = rows[at];
      const bin = column[row];
      const goesLeft = mask === undefined ? (bin === 0 ? isMissingLeft : bin <= threshold) : mask[bin] === 1;
      if (goesLeft) rows[left++] = row;
      else moved[right++] = row;
    }
    rows.set(moved.subarray(0, right), left);
    return left;
  }

  #sumHistogram(
    rows: Int32Array,
    { from, to }: Pick<OpenNode, "from" | "to">,
    features: Int32Array,
    histogram: Float64Array,
  ): void {
    const [nodeGradient, nodeHessian] = [this.#nodeGradient, this.#nodeHessian];
    const count = to - from;
    for (let at = 0; at < count; at++) {
      nodeGradient[at] = this.#gradient[rows[from + at]];
      nodeHessian[at] = this.#hessian[rows[from + at]];
    }
    for (const feature of features) {
      const start = 2 * this.#offsets[feature];
      histogram.fill(0, start, start + 2 * this.#table.binCounts[feature]);
      sumColumn(this.#table.columns[feature], rows, from, count, nodeGradient, nodeHessian, histogram, start);
    }
  }

  #subtract(from: Float64Array, part: Float64Array, features: Int32Array): void {
    for (const feature of features) {
      const start = 2 * this.#offsets[feature];
      const end = start + 2 * this.#table.binCounts[feature];
      for (let at = start; at < end; at += 2) {
        from[at] -= part[at];
        // What rounding leaves of an empty bin is no weight.
        const hessian = from[at + 1] - part[at + 1];
        from[at + 1] = hessian > 1e-12 ? hessian : 0;
      }
    }
  }

  #histogramAt(slot: number): Float64Array {
    return (this.#histograms[slot] ??= new Float64Array(2 * this.#totalBins));
  }
}

function sumColumn(
  column: Uint8Array,
  rows: Int32Array,
  from: number,
  count: number,
  gradient: Float64Array,
  hessian: Float64Array,
  histogram: Float64Array,
  start: number,
): void {
  for (let at = 0; at < count; at++) {
    const bin = start + 2 * column[rows[from + at]];
    histogram[bin] += gradient[at];
    histogram[bin + 1] += hessian[at];
  }
}

function boundChildren(
  open: OpenNode,
  middle: number,
  leftGradient: number,
  leftHessian: number,
  params: SplitParams,
  feature: number,
): [OpenNode, OpenNode] {
  const left = { ...open, to: middle, gradient: leftGradient, hessian: leftHessian };
  const right = {
    ...open,
    from: middle,
    gradient: open.gradient - leftGradient,
    hessian: open.hessian - leftHessian,
  };
  const sign = params.monotone[feature];
  if (sign === 0) return [left, right];
  const clip = ({ gradient, hessian }: OpenNode): number =>
    Math.min(open.high, Math.max(open.low, -gradient / (hessian + params.lambda)));
  const between = (clip(left) + clip(right)) / 2;
  return sign > 0
    ? [
        { ...left, high: between },
        { ...right, low: between },
      ]
    : [
        { ...left, low: between },
        { ...right, high: between },
      ];
}
