import type { FeatureBins } from "./bin-column.ts";
import type { BinnedTable } from "./bin-features.ts";
import type { BinningWork } from "./binning-work.ts";
import { hasLogLink } from "./boosting-loss.ts";
import type { BoostingParams } from "./fit-boosting.ts";
import { createTeamControl } from "./thread-team.ts";

/** Threads beside the calling one that fit a forest together with it. */
export interface BoostingCrew {
  /** The calling thread included. */
  readonly threadCount: number;
  /** Has each other thread 1 … threadCount − 1 call `joinTeam(work, thread)`. */
  start(work: BinningWork | BoostingWork): void;
}

/** Numbers that a thread says of the best cut it found of a node. */
export const CUT = { gain: 0, feature: 1, threshold: 2, isMissingLeft: 3, gradient: 4, hessian: 5, length: 6 } as const;
export const BINS = 256;

/** All that the threads of one fit share: plain data over shared buffers, so that it may cross to another thread. */
export interface BoostingWork {
  readonly kind: "boosting";
  readonly threadCount: number;
  readonly control: Int32Array;
  readonly params: BoostingParams;
  /** Constant score before the first tree. */
  readonly start: number;
  readonly bins: readonly FeatureBins[];
  readonly binCounts: Int32Array;
  readonly columns: readonly Uint8Array[];
  readonly target: Float64Array;
  readonly weight: Float64Array;
  readonly score: Float64Array;
  readonly gradient: Float64Array;
  /** The weights themselves where they are the second derivatives of the loss. */
  readonly hessian: Float64Array;
  /** Rows of the tree, of them the first `drawn[0]` in use: a block a thread, in each the rows in the order of its nodes. */
  readonly rows: Int32Array;
  /** Features of the tree; of them the first `drawn[1]` are in use. */
  readonly features: Int32Array;
  /** Rows and features that the tree sees; 1 in the last place when there is none to grow any more. */
  readonly drawn: Int32Array;
  /** Open nodes of a level at most. */
  readonly width: number;
  /** The best cuts: CUT.length numbers a node of the level, thread after thread. */
  readonly cuts: Float64Array;
  /** Of categorical cuts the bins that go left, a byte a bin. */
  readonly cutCategories: Uint8Array;
  /** Where the right rows of a cut node begin in the block of a thread: a number a node of the level, thread after thread. */
  readonly middles: Int32Array;
  readonly leafValues: Float64Array;
}

/** Buffers of a fit, shared where there is more than one thread. O(rows · features) to copy the table then. */
export function createBoostingWork(
  table: BinnedTable,
  target: Float64Array,
  weight: Float64Array,
  params: BoostingParams,
  start: number,
  threadCount: number,
): BoostingWork {
  const isShared = threadCount > 1;
  const { rowCount } = table;
  const open = (bytes: number): ArrayBuffer | SharedArrayBuffer =>
    isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const floats = (count: number): Float64Array => new Float64Array(open(8 * count));
  const integers = (count: number): Int32Array => new Int32Array(open(4 * count));
  const shareFloats = (values: Float64Array): Float64Array => {
    if (!isShared) return values;
    const shared = floats(values.length);
    shared.set(values);
    return shared;
  };
  const shareBytes = (values: Uint8Array): Uint8Array => {
    if (!isShared || values.buffer instanceof SharedArrayBuffer) return values;
    const shared = new Uint8Array(open(values.length));
    shared.set(values);
    return shared;
  };
  const weights = shareFloats(weight);
  const width = Math.max(1, Math.min(2 ** params.maxDepth, rowCount));
  return {
    kind: "boosting",
    threadCount,
    control: createTeamControl(isShared),
    params,
    start,
    bins: table.bins,
    binCounts: table.binCounts,
    columns: table.columns.map(shareBytes),
    target: shareFloats(target),
    weight: weights,
    score: floats(rowCount).fill(start),
    gradient: floats(rowCount),
    hessian: hasLogLink(params.loss) ? floats(rowCount) : weights,
    rows: integers(rowCount),
    features: integers(table.columns.length),
    drawn: integers(3),
    width,
    cuts: floats(threadCount * width * CUT.length),
    cutCategories: new Uint8Array(
      open(table.bins.some(({ isCategorical }) => isCategorical) ? threadCount * width * BINS : 0),
    ),
    middles: integers(threadCount * width),
    leafValues: floats(width),
  };
}
