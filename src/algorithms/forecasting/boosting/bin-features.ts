import { fail } from "../../../core/errors.ts";
import { requireInteger } from "../../require-numbers.ts";
import { binColumn, type FeatureBins, findBins } from "./bin-column.ts";
import { binInTeam, createBinningWork } from "./binning-work.ts";
import type { BoostingCrew } from "./boosting-work.ts";
import { MIN_SHARED_ROWS } from "./thread-team.ts";

/** Bins of a training table. */
export interface BinnedTable {
  readonly rowCount: number;
  readonly bins: readonly FeatureBins[];
  /** Bins of each column, missing included: at most 256. */
  readonly binCounts: Int32Array;
  /** A column a feature, a byte a row. */
  readonly columns: readonly Uint8Array[];
}

/**
 * Cuts columns into at most `maxBins` bins of about the same number of rows. Categorical columns hold whole numbers 0 … 253 and
 * keep one bin a category; greater and unknown ones count as missing. O(rows · features) after sorting 20,000 rows a feature.
 * A crew shares the columns of larger tables among its threads; the bins are the same.
 * Errors: `ALGORITHM_INPUT_INVALID` for columns of different length or maxBins outside 2 … 254.
 */
export function binFeatures(
  columns: readonly ArrayLike<number>[],
  maxBins: number,
  categorical: readonly number[] = [],
  crew?: BoostingCrew,
): BinnedTable {
  requireInteger(maxBins, 2, 254, "maxBins");
  const rowCount = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== rowCount)) {
    throw fail("ALGORITHM_INPUT_INVALID", "columns have different lengths; give one value a row in each.");
  }
  const isCategorical = columns.map((_, feature) => categorical.includes(feature));
  if (crew !== undefined && crew.threadCount > 1 && rowCount >= MIN_SHARED_ROWS) {
    const work = createBinningWork(columns, maxBins, isCategorical, crew.threadCount);
    crew.start(work);
    return tableOf(rowCount, binInTeam(work, 0), work.binned);
  }
  const bins = columns.map((column, feature) => findBins(column, maxBins, isCategorical[feature]));
  return tableOf(
    rowCount,
    bins,
    columns.map((column, feature) => binColumn(column, bins[feature])),
  );
}

function tableOf(rowCount: number, bins: readonly FeatureBins[], columns: readonly Uint8Array[]): BinnedTable {
  const binCounts = Int32Array.from(bins, ({ edges, isCategorical }) => (isCategorical ? 255 : edges.length + 2));
  return { rowCount, bins, binCounts, columns };
}
