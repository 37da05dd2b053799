import { BINS, type BoostingWork, CUT } from "./boosting-work.ts";
import { findSplit, type Split, type SplitParams } from "./find-split.ts";
import type { Forest } from "./forest.ts";
import type { ThreadTeam } from "./thread-team.ts";

/** A node that stands to be cut. */
interface OpenNode {
  /** Its place in the forest. */
  readonly node: number;
  /** Its rows: `rows[spans[2t] … spans[2t + 1])` in the block of each thread t, ascending. */
  readonly spans: readonly number[];
  readonly rowCount: number;
  readonly gradient: number;
  readonly hessian: number;
  /** Bounds on the values below it, from monotone cuts above. */
  readonly low: number;
  readonly high: number;
}

/** A node with the histogram of this thread's features. */
interface SummedNode {
  readonly open: OpenNode;
  readonly histogram: Float64Array;
}

/** A node, its best cut over all features, and its place on the level. */
interface CutNode extends SummedNode {
  readonly at: number;
  readonly split: Split;
}

/** Rows and, at the same places, their derivatives. */
interface NodeRows {
  readonly rows: Int32Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

export type Leaf = Pick<OpenNode, "node" | "spans" | "rowCount" | "low" | "high">;

/**
 * Grows trees on binned columns, level by level, together with the other threads of a team. Each thread sums the histograms of
 * gradients of its own features and finds their best cut; then each parts the rows of its own block, for all nodes. Every thread
 * keeps the whole tree. The smaller child's histogram is summed from its rows, the greater one's is the difference to the parent's.
 * The tree is the same for any number of threads. A tree costs O(rows · features · depth / 2 / threads) and two meetings a level.
 */
export class TreeGrower {
  readonly #work: BoostingWork;
  readonly #team: ThreadTeam;
  readonly #offsets: Int32Array;
  readonly #totalBins: number;
  /** Histograms that no node holds. */
  readonly #spare: Float64Array[] = [];
  readonly #split: Split = emptySplit();
  /** Rows of a node and their derivatives beside each other, while its histogram is summed. */
  readonly #nodeRows: NodeRows;
  /** Rows of this thread that go right. */
  readonly #moved: Int32Array;
  /** A byte a bin, 1 where it goes left. */
  readonly #goesLeft = new Uint8Array(BINS);
  /** All rows in order, where every tree sees them all. */
  readonly #allRows: Int32Array | undefined;

  constructor(work: BoostingWork, team: ThreadTeam) {
    this.#work = work;
    this.#team = team;
    this.#offsets = new Int32Array(work.binCounts.length);
    let total = 0;
    work.binCounts.forEach((count, feature) => {
      this.#offsets[feature] = total;
      total += count;
    });
    this.#totalBins = total;
    const { length } = work.rows;
    this.#nodeRows = {
      rows: new Int32Array(length),
      gradient: new Float64Array(length),
      hessian: new Float64Array(length),
    };
    this.#allRows = work.params.rowShare < 1 ? undefined : Int32Array.from({ length }, (_, row) => row);
    this.#moved = new Int32Array(Math.ceil(length / team.threadCount));
  }

  /** Appends one tree over the first `count` rows (reordered in place) to the forest and returns its leaves, values not shrunk yet. */
  grow(forest: Forest, count: number, params: SplitParams): Leaf[] {
    const { params: boosting } = this.#work;
    const leaves: Leaf[] = [];
    forest.roots.push(forest.feature.length);
    const own = this.#team.partOf(params.features.length);
    const ownParams = { ...params, features: params.features.subarray(own.from, own.to) };
    const spans = this.spansOf(count);
    const root = this.#allRows === undefined ? this.#gather(spans) : { ...this.#work, rows: this.#allRows };
    const [gradient, hessian] = [sumOf(root.gradient, count), sumOf(root.hessian, count)];
    const bounds = { low: -Infinity, high: Infinity };
    const open = openNode(forest, { spans, rowCount: count, gradient, hessian, ...bounds }, params);
    let level: SummedNode[] = [{ open, histogram: this.#takeHistogram() }];
    this.#sumHistogram(root, count, ownParams.features, level[0].histogram);
    for (let depth = 0; level.length > 0; depth++) {
      const cuts = depth < boosting.maxDepth ? this.#findCuts(level, ownParams, leaves) : [];
      if (depth >= boosting.maxDepth) for (const one of level) this.#close(one, leaves);
      if (cuts.length > 0) this.#partRows(cuts, depth === 0 ? root.rows : this.#work.rows);
      else if (depth === 0 && this.#allRows !== undefined) this.#layRows(this.#allRows);
      level = cuts.flatMap((one) => this.#openChildren(forest, one, ownParams, depth + 1));
    }
    return leaves;
  }

  /** Where the rows of each thread's block begin and end in the first `count` rows, ascending still. O(threads · log rows). */
  spansOf(count: number): number[] {
    const { rows } = this.#work;
    const bounds = this.#team.partsOf(rows.length).flatMap(({ from, to }) => [from, to]);
    if (this.#allRows !== undefined) return bounds;
    return bounds.map((row) => {
      let [low, high] = [0, count];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (rows[middle] < row) low = middle + 1;
        else high = middle;
      }
      return low;
    });
  }

  /** The best cuts of a level over the features of all threads; nodes without any become leaves. */
  #findCuts(level: readonly SummedNode[], params: SplitParams, leaves: Leaf[]): CutNode[] {
    const { cuts, cutCategories, width, threadCount, bins } = this.#work;
    const { thread } = this.#team;
    level.forEach(({ open, histogram }, at) => {
      const split = this.#split;
      split.feature = -1;
      if (open.hessian >= 2 * params.minChildWeight) {
        findSplit(this.#work, this.#offsets, histogram, params, open, split);
      }
      const place = thread * width + at;
      cuts[place * CUT.length + CUT.feature] = split.feature;
      if (split.feature < 0) return;
      cuts[place * CUT.length + CUT.gain] = split.gain;
      cuts[place * CUT.length + CUT.threshold] = split.threshold;
      cuts[place * CUT.length + CUT.isMissingLeft] = split.isMissingLeft ? 1 : 0;
      cuts[place * CUT.length + CUT.gradient] = split.leftGradient;
      cuts[place * CUT.length + CUT.hessian] = split.leftHessian;
      if (!bins[split.feature].isCategorical) return;
      cutCategories.fill(0, place * BINS, (place + 1) * BINS);
      for (const bin of split.categories) cutCategories[place * BINS + bin] = 1;
    });
    this.#team.meet();
    return level.flatMap((one, at) => {
      let [best, gain] = [-1, 0];
      for (let from = 0; from < threadCount; from++) {
        const place = from * width + at;
        // Only a greater gain wins: of equal ones the first feature, as on one thread.
        if (cuts[place * CUT.length + CUT.feature] < 0 || cuts[place * CUT.length + CUT.gain] <= gain) continue;
        [best, gain] = [place, cuts[place * CUT.length + CUT.gain]];
      }
      if (best >= 0) return [{ ...one, at, split: readCut(this.#work, best) }];
      this.#close(one, leaves);
      return [];
    });
  }

  /** Lays this thread's rows in order, as nothing has been parted. */
  #layRows(all: Int32Array): void {
    const { from, to } = this.#team.partOf(all.length);
    this.#work.rows.set(all.subarray(from, to), from);
    this.#team.meet();
  }

  /** Parts this thread's rows of the nodes that are cut, from where they stand. */
  #partRows(cuts: readonly CutNode[], source: Int32Array): void {
    const { middles, width } = this.#work;
    for (const { open, split, at } of cuts) {
      middles[this.#team.thread * width + at] = this.#partition(open, split, source);
    }
    this.#team.meet();
  }

  #openChildren(
    forest: Forest,
    { open, histogram, split, at }: CutNode,
    params: SplitParams,
    depth: number,
  ): SummedNode[] {
    const { middles, width, threadCount } = this.#work;
    const { node } = open;
    const [leftSpans, rightSpans] = [open.spans.slice(), open.spans.slice()];
    let leftCount = 0;
    for (let thread = 0; thread < threadCount; thread++) {
      const middle = middles[thread * width + at];
      leftSpans[2 * thread + 1] = middle;
      rightSpans[2 * thread] = middle;
      leftCount += middle - leftSpans[2 * thread];
    }
    forest.feature[node] = split.feature;
    forest.threshold[node] = split.threshold;
    forest.missingLeft[node] = split.isMissingLeft ? 1 : 0;
    forest.categories[node] = maskOf(this.#work, split);
    const [left, right] = boundChildren(open, split, params).map((child, side) =>
      openNode(
        forest,
        side === 0
          ? { ...child, spans: leftSpans, rowCount: leftCount }
          : { ...child, spans: rightSpans, rowCount: open.rowCount - leftCount },
        params,
      ),
    );
    forest.left[node] = left.node;
    forest.right[node] = right.node;
    // The smaller child's histogram is summed, the greater one's takes the parent's place.
    const [small, great] = left.rowCount <= right.rowCount ? [left, right] : [right, left];
    const summed = this.#takeHistogram();
    if (depth < this.#work.params.maxDepth) {
      this.#sumHistogram(this.#gather(small.spans), small.rowCount, params.features, summed);
      this.#subtract(histogram, summed, params.features);
    }
    return [
      { open: small, histogram: summed },
      { open: great, histogram },
    ];
  }

  #close({ open, histogram }: SummedNode, leaves: Leaf[]): void {
    leaves.push(open);
    this.#spare.push(histogram);
  }

  /** Stable partition of this thread's rows of a node into those that go left and right; returns where the right ones begin. */
  #partition({ spans }: OpenNode, split: Split, source: Int32Array): number {
    const { rows } = this.#work;
    const moved = this.#moved;
    const { thread } = this.#team;
    const from = spans[2 * thread];
    const to = spans[2 * thread + 1];
    const column = this.#work.columns[split.feature];
    const goesLeft = this.#goesLeft;
    markLeftInPlace(goesLeft, this.#work, split);
    let left = from;
    for (let at = from; at < to; at++) {
      const row = source[at];
      // Without a branch: which way a row goes cannot be foretold.
      rows[left] = row;
      moved[at - left] = row;
      left += goesLeft[column[row]];
    }
    for (let at = left; at < to; at++) rows[at] = moved[at - left];
    return left;
  }

  /** Lays the rows of a node and their derivatives beside each other. */
  #gather(spans: readonly number[]): NodeRows {
    const { rows, gradient, hessian } = this.#work;
    const node = this.#nodeRows;
    let place = 0;
    for (let span = 0; span < spans.length; span += 2) {
      const to = spans[span + 1];
      for (let at = spans[span]; at < to; at++) {
        const row = rows[at];
        node.rows[place] = row;
        node.gradient[place] = gradient[row];
        node.hessian[place] = hessian[row];
        place++;
      }
    }
    return node;
  }

  #sumHistogram(
    { rows, gradient, hessian }: NodeRows,
    count: number,
    features: Int32Array,
    histogram: Float64Array,
  ): void {
    const { columns, binCounts } = this.#work;
    const { length } = features;
    for (const feature of features) {
      const start = 2 * this.#offsets[feature];
      histogram.fill(0, start, start + 2 * binCounts[feature]);
    }
    const derivatives = [rows, count, gradient, hessian, histogram] as const;
    const offsets = this.#offsets;
    let at = 0;
    for (; at + 2 < length; at += 3) {
      const [a, b, c] = [features[at], features[at + 1], features[at + 2]];
      sumColumns(columns[a], columns[b], columns[c], ...derivatives, 2 * offsets[a], 2 * offsets[b], 2 * offsets[c]);
    }
    for (; at < length; at++) sumColumn(columns[features[at]], ...derivatives, 2 * offsets[features[at]]);
  }

  #subtract(from: Float64Array, part: Float64Array, features: Int32Array): void {
    for (const feature of features) {
      const start = 2 * this.#offsets[feature];
      const end = start + 2 * this.#work.binCounts[feature];
      for (let at = start; at < end; at += 2) {
        from[at] -= part[at];
        // What rounding leaves of an empty bin is no weight.
        const hessian = from[at + 1] - part[at + 1];
        from[at + 1] = hessian > 1e-12 ? hessian : 0;
      }
    }
  }

  #takeHistogram(): Float64Array {
    return this.#spare.pop() ?? new Float64Array(2 * this.#totalBins);
  }
}

function emptySplit(): Split {
  return { feature: -1, threshold: 0, isMissingLeft: false, categories: [], gain: 0, leftGradient: 0, leftHessian: 0 };
}

/** The cut at a place of the shared ones. */
function readCut({ cuts, cutCategories, bins }: BoostingWork, place: number): Split {
  const at = place * CUT.length;
  const feature = cuts[at + CUT.feature];
  const { isCategorical } = bins[feature];
  const categories: number[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    if (isCategorical && cutCategories[place * BINS + bin] === 1) categories.push(bin);
  }
  return {
    feature,
    threshold: isCategorical ? 0 : cuts[at + CUT.threshold],
    isMissingLeft: !isCategorical && cuts[at + CUT.isMissingLeft] === 1,
    categories,
    gain: cuts[at + CUT.gain],
    leftGradient: cuts[at + CUT.gradient],
    leftHessian: cuts[at + CUT.hessian],
  };
}

/** Writes a byte a bin, 1 goes left. */
function markLeftInPlace(marks: Uint8Array, { bins }: BoostingWork, split: Split): void {
  marks.fill(0);
  if (bins[split.feature].isCategorical) {
    for (const bin of split.categories) marks[bin] = 1;
    return;
  }
  marks.fill(1, 1, split.threshold + 1);
  marks[0] = split.isMissingLeft ? 1 : 0;
}

/** The same for the forest; undefined for a numeric cut. */
function maskOf({ bins }: BoostingWork, { feature, categories }: Split): Uint8Array | undefined {
  if (!bins[feature].isCategorical) return undefined;
  const mask = new Uint8Array(BINS);
  for (const bin of categories) mask[bin] = 1;
  return mask;
}

/** Appends a node without a cut to the forest. */
function openNode(forest: Forest, open: Omit<OpenNode, "node">, { lambda }: SplitParams): OpenNode {
  const node = forest.feature.push(-1) - 1;
  forest.threshold.push(0);
  forest.missingLeft.push(0);
  forest.left.push(node);
  forest.right.push(node);
  forest.categories.push(undefined);
  forest.value.push(Math.min(open.high, Math.max(open.low, -open.gradient / (open.hessian + lambda))));
  return { ...open, node };
}

function sumOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += values[at];
  return sum;
}

function sumColumn(
  column: Uint8Array,
  rows: Int32Array,
  count: number,
  gradient: Float64Array,
  hessian: Float64Array,
  histogram: Float64Array,
  start: number,
): void {
  for (let at = 0; at < count; at++) {
    const bin = start + 2 * column[rows[at]];
    histogram[bin] += gradient[at];
    histogram[bin + 1] += hessian[at];
  }
}

/** Three columns at once: the sums of a column wait for each other where a bin comes again soon, those of others do not. */
function sumColumns(
  a: Uint8Array,
  b: Uint8Array,
  c: Uint8Array,
  rows: Int32Array,
  count: number,
  gradient: Float64Array,
  hessian: Float64Array,
  histogram: Float64Array,
  startA: number,
  startB: number,
  startC: number,
): void {
  for (let at = 0; at < count; at++) {
    const row = rows[at];
    const g = gradient[at];
    const h = hessian[at];
    const binA = startA + 2 * a[row];
    const binB = startB + 2 * b[row];
    const binC = startC + 2 * c[row];
    histogram[binA] += g;
    histogram[binA + 1] += h;
    histogram[binB] += g;
    histogram[binB + 1] += h;
    histogram[binC] += g;
    histogram[binC + 1] += h;
  }
}

/** What the sides of a cut sum to, and the bounds on the values below them. */
type Side = Omit<OpenNode, "node" | "spans" | "rowCount">;

function boundChildren(
  open: OpenNode,
  { feature, leftGradient, leftHessian }: Split,
  params: SplitParams,
): [Side, Side] {
  const { low, high } = open;
  const left = { low, high, gradient: leftGradient, hessian: leftHessian };
  const right = { low, high, gradient: open.gradient - leftGradient, hessian: open.hessian - leftHessian };
  const sign = params.monotone[feature];
  if (sign === 0) return [left, right];
  const clip = ({ gradient, hessian }: Side): number =>
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
