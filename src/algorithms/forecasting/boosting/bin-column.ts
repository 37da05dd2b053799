/** How one column is cut into bins. Bin 0 holds what is missing (NaN); values start at bin 1. */
export interface FeatureBins {
  /** Numeric: the upper edge of each bin but the last, ascending; a value goes to the first bin whose edge it does not exceed. */
  readonly edges: Float64Array;
  readonly isCategorical: boolean;
}

/** Rows whose values set the edges. */
const EDGE_ROWS = 20_000;
const CELLS = 1024;

/** Bins of one column by edges found before. O(n) where the edges lie evenly, O(n log bins) at worst. */
export function binColumn(column: ArrayLike<number>, bins: FeatureBins): Uint8Array {
  const binned = new Uint8Array(column.length);
  binColumnInto(column, bins, binned);
  return binned;
}

/** The same, written to `binned`, which holds zeros. */
export function binColumnInto(
  column: ArrayLike<number>,
  { edges, isCategorical }: FeatureBins,
  binned: Uint8Array,
): void {
  if (isCategorical) {
    for (let row = 0; row < column.length; row++) {
      const value = column[row];
      binned[row] = value >= 0 && value <= 253 ? 1 + Math.floor(value) : 0;
    }
    return;
  }
  // Cells of equal width between the first and the last edge: most hold one edge or none, which leaves little to search.
  const lowest = edges[0];
  const factor = CELLS / (edges[edges.length - 1] - lowest);
  const firstEdges = countEdgesBefore(edges, lowest, factor);
  for (let row = 0; row < column.length; row++) {
    const value = column[row];
    if (Number.isNaN(value)) continue;
    const cell = cellOf((value - lowest) * factor);
    let low = firstEdges[cell];
    let high = firstEdges[cell + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= edges[middle]) high = middle;
      else low = middle + 1;
    }
    binned[row] = low + 1;
  }
}

/** The cell of a distance from the lowest edge; what lies outside, and what is no number, goes to the cells at the ends. */
function cellOf(distance: number): number {
  return distance >= CELLS ? CELLS - 1 : distance > 0 ? Math.floor(distance) : 0;
}

/** For each cell the number of edges in cells before it. */
function countEdgesBefore(edges: Float64Array, lowest: number, factor: number): Uint8Array {
  const counts = new Uint8Array(CELLS + 1);
  for (const edge of edges) counts[cellOf((edge - lowest) * factor) + 1]++;
  for (let cell = 0; cell < CELLS; cell++) counts[cell + 1] += counts[cell];
  return counts;
}

/** Where a column is cut, by the rows of a sample. O(rows log rows) of the sample. */
export function findBins(column: ArrayLike<number>, maxBins: number, isCategorical: boolean): FeatureBins {
  return { edges: isCategorical ? new Float64Array(0) : findEdges(column, maxBins), isCategorical };
}

function findEdges(column: ArrayLike<number>, maxBins: number): Float64Array {
  const stride = Math.max(1, Math.ceil(column.length / EDGE_ROWS));
  const sample = new Float64Array(Math.ceil(column.length / stride));
  let count = 0;
  for (let row = 0; row < column.length; row += stride) {
    if (!Number.isNaN(column[row])) sample[count++] = column[row];
  }
  const sorted = sample.subarray(0, count).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < maxBins; bin++) {
    const at = Math.floor((count * bin) / maxBins);
    if (at < 1 || at >= count || sorted[at - 1] === sorted[at]) {
      // A run of equal values crosses the cut: the edge moves to the end of the run, where there is one.
      let end = at;
      while (end > 0 && end < count && sorted[end] === sorted[end - 1]) end++;
      if (end < 1 || end >= count) continue;
      pushEdge(edges, (sorted[end - 1] + sorted[end]) / 2);
    } else pushEdge(edges, (sorted[at - 1] + sorted[at]) / 2);
  }
  return Float64Array.from(edges);
}

function pushEdge(edges: number[], edge: number): void {
  if (edges.length === 0 || edge > edges[edges.length - 1]) edges.push(edge);
}
