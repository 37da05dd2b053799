import { binColumnInto, type FeatureBins, findBins } from "./bin-column.ts";
import { createTeamControl, ThreadTeam } from "./thread-team.ts";

/** All that the threads share that bin a table: plain data over shared buffers, so that it may cross to another thread. */
export interface BinningWork {
  readonly kind: "binning";
  readonly threadCount: number;
  readonly control: Int32Array;
  readonly maxBins: number;
  readonly columns: readonly (Float32Array | Float64Array)[];
  readonly isCategorical: readonly boolean[];
  /** Edges of each column, `maxBins` places a column. */
  readonly edges: Float64Array;
  readonly edgeCounts: Int32Array;
  readonly binned: readonly Uint8Array[];
}

/** Copies a table to shared buffers. O(rows · features). */
export function createBinningWork(
  columns: readonly ArrayLike<number>[],
  maxBins: number,
  isCategorical: readonly boolean[],
  threadCount: number,
): BinningWork {
  return {
    kind: "binning",
    threadCount,
    control: createTeamControl(true),
    maxBins,
    columns: columns.map((column) => {
      const shared =
        column instanceof Float32Array
          ? new Float32Array(new SharedArrayBuffer(4 * column.length))
          : new Float64Array(new SharedArrayBuffer(8 * column.length));
      shared.set(column);
      return shared;
    }),
    isCategorical,
    edges: new Float64Array(new SharedArrayBuffer(8 * maxBins * columns.length)),
    edgeCounts: new Int32Array(new SharedArrayBuffer(4 * columns.length)),
    binned: columns.map((column) => new Uint8Array(new SharedArrayBuffer(column.length))),
  };
}

/** Cuts this thread's part of the columns and returns the bins of all when each thread has. */
export function binInTeam(work: BinningWork, thread: number): FeatureBins[] {
  const { columns, maxBins, isCategorical, edges, edgeCounts, binned } = work;
  const team = new ThreadTeam(thread, work.threadCount, work.control);
  try {
    const { from, to } = team.partOf(columns.length);
    for (let feature = from; feature < to; feature++) {
      const bins = findBins(columns[feature], maxBins, isCategorical[feature]);
      edges.set(bins.edges, feature * maxBins);
      edgeCounts[feature] = bins.edges.length;
      binColumnInto(columns[feature], bins, binned[feature]);
    }
    team.meet();
  } catch (error) {
    team.break();
    throw error;
  }
  return columns.map((_, feature) => ({
    edges: edges.slice(feature * maxBins, feature * maxBins + edgeCounts[feature]),
    isCategorical: isCategorical[feature],
  }));
}
