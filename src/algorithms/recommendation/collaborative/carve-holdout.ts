import type { Rng } from "../../../core/rng.ts";
import { fail } from "../../../core/errors.ts";
import type { Interactions } from "./fitted-model.ts";

export interface Holdout {
  /** What stays for fitting; the same users and items. */
  readonly fit: Interactions;
  /** What was taken away, to be predicted. */
  readonly held: Interactions;
}

/**
 * Takes a random share of each user's items away: floor(n·share + uniform) of n, never all. Users with one item keep it.
 * For data without times; where there are times, cut by time instead. O(entries), reproducible by the seed of `rng`.
 */
export function carveHoldout(train: Interactions, share: number, rng: Rng): Holdout {
  if (!(share > 0 && share < 1))
    throw fail("ALGORITHM_INPUT_INVALID", `share is ${share}; give a number between 0 and 1.`);
  const isHeld = new Uint8Array(train.colIdx.length);
  for (let user = 0; user < train.rowCount; user++) {
    const start = train.rowPtr[user];
    const entries = train.rowPtr[user + 1] - start;
    if (entries < 2) continue;
    const target = Math.min(Math.floor(entries * share + rng.next()), entries - 1);
    // Selection sampling (Knuth, algorithm S): each subset of the target size is equally likely.
    let taken = 0;
    for (let at = 0; at < entries && taken < target; at++) {
      if (rng.next() * (entries - at) < target - taken) {
        isHeld[start + at] = 1;
        taken++;
      }
    }
  }
  return { fit: filterEntries(train, isHeld, 0), held: filterEntries(train, isHeld, 1) };
}

function filterEntries(matrix: Interactions, flags: Uint8Array, wanted: number): Interactions {
  const rowPtr = new Int32Array(matrix.rowCount + 1);
  const colIdx = new Int32Array(matrix.colIdx.length);
  const values = new Float32Array(matrix.colIdx.length);
  let size = 0;
  for (let row = 0; row < matrix.rowCount; row++) {
    for (let at = matrix.rowPtr[row]; at < matrix.rowPtr[row + 1]; at++) {
      if (flags[at] !== wanted) continue;
      colIdx[size] = matrix.colIdx[at];
      values[size++] = matrix.values[at];
    }
    rowPtr[row + 1] = size;
  }
  return { ...matrix, rowPtr, colIdx: colIdx.slice(0, size), values: values.slice(0, size) };
}
