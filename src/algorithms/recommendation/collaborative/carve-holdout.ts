import type { Rng } from "../../../core/rng.ts";
import { fail } from "../../../core/errors.ts";
import type { Interactions } from "./fitted-model.ts";

export interface Holdout {
  /** What stays for fitting; the same users and items. */
  readonly fit: Interactions;
  /** What was taken away, to be predicted. */
  readonly held: Interactions;
}

/** Bounds of the share of a user's items that is hidden; both lie between 0 and 1. */
export interface ShareRange {
  readonly least: number;
  readonly most: number;
}

/**
 * Takes random items of each user away: floor(n·share + uniform) of n, never all, the share drawn anew for every user
 * between the bounds. Users with one item keep it. Where nearly all of a history stays, most of what is hidden has a
 * companion of the same purchase beside it; the users who lose more show what a model knows beyond such companions.
 * For data without times; where there are times, cut by time instead. O(entries), reproducible by the seed of `rng`.
 */
export function carveHoldout(train: Interactions, { least, most }: ShareRange, rng: Rng): Holdout {
  if (!(least > 0 && least <= most && most < 1))
    throw fail("ALGORITHM_INPUT_INVALID", `shares are ${least} to ${most}; give numbers between 0 and 1, ascending.`);
  const isHeld = new Uint8Array(train.colIdx.length);
  for (let user = 0; user < train.rowCount; user++) {
    const start = train.rowPtr[user];
    const entries = train.rowPtr[user + 1] - start;
    if (entries < 2) continue;
    const share = least + (most - least) * rng.next();
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
