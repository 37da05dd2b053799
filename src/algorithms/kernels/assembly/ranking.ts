// AssemblyScript. From scores to lists, and what speaks for the places of a list.

import { int, real } from "./cells";
import { offer, place, sortHeap } from "./heap";

/** A score below this one is never listed. */
const BAR: f32 = -1e38;

/**
 * The `keep` best columns of each dense row, those of its sparse `seen` row left out, whose columns ascend. Chunk = 4 rows. Row r of
 * `scores` is row firstRow + r of `seen`. `penalties`, unless 0, are added to each row; one of −3e38 closes a column. Missing places
 * get index −1 and score 0.
 */
export function topChunk(
  chunk: i32,
  thread: i32,
  scores: usize,
  stride: i32,
  columns: i32,
  rows: i32,
  seenPtr: usize,
  seenIdx: usize,
  firstRow: i32,
  penalties: usize,
  keep: i32,
  outIdx: usize,
  outScores: usize,
): void {
  for (let r = chunk * 4; r < min(rows, chunk * 4 + 4); r++) {
    const row = scores + ((<usize>r * <usize>stride) << 2);
    const toIdx = outIdx + ((<usize>r * <usize>keep) << 2);
    const toScores = outScores + ((<usize>r * <usize>keep) << 2);
    let kept = 0;
    let from = 0;
    for (let at = int(seenPtr, firstRow + r), end = int(seenPtr, firstRow + r + 1); at < end; at++) {
      const column = int(seenIdx, at);
      kept = offerColumns(row, penalties, from, column, toIdx, toScores, kept, keep);
      from = column + 1;
    }
    kept = offerColumns(row, penalties, from, columns, toIdx, toScores, kept, keep);
    sortHeap(toIdx, toScores, kept);
    for (; kept < keep; kept++) place(toIdx, toScores, kept, -1, 0);
  }
}

/** Offers columns from … to − 1 of a row; four that are all too low are passed over at once. Returns the new size of the heap. */
function offerColumns(
  row: usize,
  penalties: usize,
  from: i32,
  to: i32,
  toIdx: usize,
  toScores: usize,
  size: i32,
  keep: i32,
): i32 {
  let kept = size;
  let bar = kept == keep ? real(toScores, 0) : BAR;
  let j = from;
  while (j < to) {
    if (j + 4 <= to) {
      let four = v128.load(row + (<usize>j << 2));
      if (penalties != 0) four = f32x4.add(four, v128.load(penalties + (<usize>j << 2)));
      if (!v128.any_true(f32x4.gt(four, f32x4.splat(bar)))) {
        j += 4;
        continue;
      }
    }
    for (const end = min(j + 4, to); j < end; j++) {
      const score = penalties != 0 ? real(row, j) + real(penalties, j) : real(row, j);
      if (!(score > bar)) continue;
      kept = offer(toIdx, toScores, kept, keep, j, score);
      if (kept == keep) bar = real(toScores, 0);
    }
  }
  return kept;
}

/**
 * out(r, :) = weight · (y − mean) / deviation, or += where `adds`; y = x(r, :) + offsets, or x(r, :) where `offsets` is 0, each row by
 * its own mean and deviation over `columns`; rows without spread give 0. Where `clears`, x is left zero. Chunk = 4 rows;
 * columns a multiple of 4 (padding must be zero: it counts).
 */
export function standardiseChunk(
  chunk: i32,
  thread: i32,
  x: usize,
  stride: i32,
  columns: i32,
  rows: i32,
  offsets: usize,
  clears: i32,
  weight: f32,
  adds: i32,
  out: usize,
): void {
  const bytes = <usize>columns << 2;
  const zero = f32x4.splat(0);
  for (let r = chunk * 4; r < min(rows, chunk * 4 + 4); r++) {
    const from = x + ((<usize>r * <usize>stride) << 2);
    const to = out + ((<usize>r * <usize>stride) << 2);
    let sums = f64x2.splat(0);
    let moreSums = f64x2.splat(0);
    let squares = f64x2.splat(0);
    let moreSquares = f64x2.splat(0);
    for (let b: usize = 0; b < bytes; b += 16) {
      let four = v128.load(from + b);
      if (offsets != 0) four = f32x4.add(four, v128.load(offsets + b));
      const low = f64x2.promote_low_f32x4(four);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(four, four, 1, 0));
      sums = f64x2.add(sums, low);
      moreSums = f64x2.add(moreSums, high);
      squares = f64x2.add(squares, f64x2.mul(low, low));
      moreSquares = f64x2.add(moreSquares, f64x2.mul(high, high));
    }
    const mean = sumPairs(sums, moreSums) / columns;
    const variance = sumPairs(squares, moreSquares) / columns - mean * mean;
    const factor = variance > 1e-30 ? <f32>(weight / Math.sqrt(variance)) : 0;
    const scale = f32x4.splat(factor);
    const shift = f32x4.splat(<f32>(-mean * factor));
    for (let b: usize = 0; b < bytes; b += 16) {
      let four = v128.load(from + b);
      if (offsets != 0) four = f32x4.add(four, v128.load(offsets + b));
      four = f32x4.add(shift, f32x4.mul(scale, four));
      if (adds != 0) four = f32x4.add(v128.load(to + b), four);
      v128.store(to + b, four);
      if (clears != 0) v128.store(from + b, zero);
    }
  }
}

// @ts-ignore: decorator
@inline
function sumPairs(a: v128, b: v128): f64 {
  const sum = f64x2.add(a, b);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * For each place of each list (row-major, `keep` places, −1 for none) the history item with the largest weight · similarity, by sparse
 * neighbours: its number in `because`, the support of the pair in `outSupport`; −1 and 0 where no neighbour of the history is the
 * item. Chunk = 32 rows; row r of the lists is row firstRow + r of the history. `scratch` gives each thread `items` zeroed i32 cells
 * and `keep` f64 cells before them, `items` even.
 */
export function loudestChunk(
  chunk: i32,
  thread: i32,
  historyPtr: usize,
  historyIdx: usize,
  historyValues: usize,
  firstRow: i32,
  rows: i32,
  nearPtr: usize,
  nearIdx: usize,
  nearScores: usize,
  nearSupport: usize,
  items: i32,
  lists: usize,
  keep: i32,
  scratch: usize,
  because: usize,
  outSupport: usize,
): void {
  const loudness = scratch + <usize>thread * ((<usize>keep << 3) + (<usize>items << 2));
  const placeOf = loudness + (<usize>keep << 3);
  for (let r = chunk * 32; r < min(rows, chunk * 32 + 32); r++) {
    const first = (<usize>r * <usize>keep) << 2;
    const list = lists + first;
    const speakers = because + first;
    let length = 0;
    for (; length < keep && int(list, length) >= 0; length++) {
      store<i32>(placeOf + (<usize>int(list, length) << 2), length + 1);
      store<f64>(loudness + (<usize>length << 3), 0);
    }
    for (let place = 0; place < keep; place++) {
      store<i32>(speakers + (<usize>place << 2), -1);
      store<i32>(outSupport + first + (<usize>place << 2), 0);
    }
    for (let h = int(historyPtr, firstRow + r), last = int(historyPtr, firstRow + r + 1); h < last; h++) {
      const known = int(historyIdx, h);
      const weight = <f64>real(historyValues, h);
      for (let at = int(nearPtr, known), end = int(nearPtr, known + 1); at < end; at++) {
        const item = int(nearIdx, at);
        const place = int(placeOf, item) - 1;
        // A looked-at item may stand in the list itself; it does not speak for itself.
        if (place < 0 || item == known) continue;
        const part = weight * <f64>real(nearScores, at);
        const loudest = loudness + (<usize>place << 3);
        if (part <= load<f64>(loudest)) continue;
        store<f64>(loudest, part);
        store<i32>(speakers + (<usize>place << 2), known);
        store<i32>(outSupport + first + (<usize>place << 2), int(nearSupport, at));
      }
    }
    for (let place = 0; place < length; place++) store<i32>(placeOf + (<usize>int(list, place) << 2), 0);
  }
}
