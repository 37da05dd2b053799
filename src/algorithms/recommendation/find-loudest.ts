import type { Incidence } from "../sparse/incidence.ts";
import type { SparseMatrix } from "../sparse/sparse-matrix.ts";
import type { ItemNeighbours } from "./item-neighbours.ts";

/** For each place of each list the history item that adds most to its score. */
export interface LoudestItems {
  /** −1 where no neighbour list of the history holds the item. */
  readonly because: Int32Array;
  /** Customers who had both, 0 for none. */
  readonly support: Int32Array;
}

/**
 * Explains lists (row-major, `keep` places, −1 for none) by histories of the same rows through sparsified neighbours: the
 * history item with the largest weight · similarity. O(entries of the histories · neighbours).
 */
export function findLoudest(
  lists: { readonly items: Int32Array; readonly keep: number },
  histories: SparseMatrix,
  neighbours: ItemNeighbours,
): LoudestItems {
  const { keep, items } = lists;
  const because = new Int32Array(items.length).fill(-1);
  const support = new Int32Array(items.length);
  const loudness = new Float64Array(items.length);
  const placeOf = new Int32Array(neighbours.itemCount).fill(-1);
  for (let row = 0; row < histories.rowCount; row++) {
    for (let at = row * keep; at < (row + 1) * keep && items[at] >= 0; at++) placeOf[items[at]] = at;
    for (let h = histories.rowPtr[row]; h < histories.rowPtr[row + 1]; h++) {
      const known = histories.colIdx[h];
      for (let at = neighbours.rowPtr[known]; at < neighbours.rowPtr[known + 1]; at++) {
        const place = placeOf[neighbours.neighbour[at]];
        const part = neighbours.score[at] * histories.values[h];
        // A looked-at item may stand in the list itself; it does not speak for itself.
        if (place < 0 || part <= loudness[place] || items[place] === known) continue;
        loudness[place] = part;
        because[place] = known;
        support[place] = neighbours.support[at];
      }
    }
    for (let at = row * keep; at < (row + 1) * keep && items[at] >= 0; at++) placeOf[items[at]] = -1;
  }
  return { because, support };
}

/** Rows of `users` (items × customers, ascending) that both items have. */
export function countShared({ rowPtr, colIdx }: Incidence, a: number, b: number): number {
  let count = 0;
  let i = rowPtr[a];
  let j = rowPtr[b];
  while (i < rowPtr[a + 1] && j < rowPtr[b + 1]) {
    const difference = colIdx[i] - colIdx[j];
    if (difference === 0) count++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return count;
}
