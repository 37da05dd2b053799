// AssemblyScript. A heap of the best (item, score) pairs, in two arrays.

import { int, real } from "./cells";

/** True where entry a (of the heap's arrays) ranks below entry b: a smaller score, or the same and a later column. */
// @ts-ignore: decorator
@inline
function below(idxA: i32, scoreA: f32, idxB: i32, scoreB: f32): bool {
  return scoreA < scoreB || (scoreA == scoreB && idxA > idxB);
}

/** Offers an entry to the heap of the best `capacity` entries, whose worst stands first. Returns the new size. */
export function offer(idx: usize, scores: usize, size: i32, capacity: i32, item: i32, score: f32): i32 {
  if (size < capacity) {
    let at = size;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!below(item, score, int(idx, parent), real(scores, parent))) break;
      place(idx, scores, at, int(idx, parent), real(scores, parent));
      at = parent;
    }
    place(idx, scores, at, item, score);
    return size + 1;
  }
  if (below(int(idx, 0), real(scores, 0), item, score)) sink(idx, scores, size, item, score);
  return size;
}

// @ts-ignore: decorator
@inline
export function place(idx: usize, scores: usize, at: i32, item: i32, score: f32): void {
  store<i32>(idx + (<usize>at << 2), item);
  store<f32>(scores + (<usize>at << 2), score);
}

/** Puts an entry at the root of the heap and lets it sink to its place. */
function sink(idx: usize, scores: usize, size: i32, item: i32, score: f32): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && below(int(idx, child + 1), real(scores, child + 1), int(idx, child), real(scores, child))) {
      child++;
    }
    if (!below(int(idx, child), real(scores, child), item, score)) break;
    place(idx, scores, at, int(idx, child), real(scores, child));
    at = child;
  }
  place(idx, scores, at, item, score);
}

/** Turns the heap into a list with the best first. */
export function sortHeap(idx: usize, scores: usize, size: i32): void {
  for (let last = size - 1; last > 0; last--) {
    const item = int(idx, last);
    const score = real(scores, last);
    place(idx, scores, last, int(idx, 0), real(scores, 0));
    sink(idx, scores, last, item, score);
  }
}
