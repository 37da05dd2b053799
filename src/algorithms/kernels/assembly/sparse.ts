// AssemblyScript. Sparse f32 kernels on CSR matrices (rowPtr, colIdx: i32; values: f32).

import { addFourRows, addRow } from "./add-rows";

// @ts-ignore: decorator
@inline
function int(base: usize, index: i32): i32 {
  return load<i32>(base + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function real(base: usize, index: i32): f32 {
  return load<f32>(base + (<usize>index << 2));
}

/**
 * Lower triangle of G += XᵀX, item by item: row i of G gathers the rows (of X) of the users of item i.
 * Chunk = 16 items; `item*` is the transpose of X; columns of `user*` rows ascend.
 */
export function gramChunk(
  chunk: i32,
  thread: i32,
  itemPtr: usize,
  itemUsers: usize,
  itemValues: usize,
  userPtr: usize,
  userItems: usize,
  userValues: usize,
  gram: usize,
  stride: i32,
  items: i32,
): void {
  for (let i = chunk * 16; i < min(items, chunk * 16 + 16); i++) {
    const row = gram + ((<usize>i * <usize>stride) << 2);
    for (let at = int(itemPtr, i), end = int(itemPtr, i + 1); at < end; at++) {
      const user = int(itemUsers, at);
      const weight = real(itemValues, at);
      for (let p = int(userPtr, user), last = int(userPtr, user + 1); p < last; p++) {
        const j = int(userItems, p);
        if (j > i) break;
        const to = row + (<usize>j << 2);
        store<f32>(to, load<f32>(to) + weight * real(userValues, p));
      }
    }
  }
}

/**
 * out(r, :) += Σ value · dense(col, :) over the entries of row r, width a multiple of 4. Chunk = 8 rows, counted from
 * `firstRow` of the sparse matrix; row `firstRow` is row 0 of `out`.
 */
export function sparseTimesDenseChunk(
  chunk: i32,
  thread: i32,
  rowPtr: usize,
  colIdx: usize,
  values: usize,
  firstRow: i32,
  rows: i32,
  dense: usize,
  denseStride: i32,
  width: i32,
  out: usize,
  outStride: i32,
): void {
  const bytes = <usize>width << 2;
  for (let r = chunk * 8; r < min(rows, chunk * 8 + 8); r++) {
    const to = out + ((<usize>r * <usize>outStride) << 2);
    let at = int(rowPtr, firstRow + r);
    const end = int(rowPtr, firstRow + r + 1);
    // Four entries at a time, so that the row of `out` is read and written once for all; added in their order.
    for (; at + 4 <= end; at += 4) {
      addFourRows(
        real(values, at),
        real(values, at + 1),
        real(values, at + 2),
        real(values, at + 3),
        dense + ((<usize>int(colIdx, at) * <usize>denseStride) << 2),
        dense + ((<usize>int(colIdx, at + 1) * <usize>denseStride) << 2),
        dense + ((<usize>int(colIdx, at + 2) * <usize>denseStride) << 2),
        dense + ((<usize>int(colIdx, at + 3) * <usize>denseStride) << 2),
        to,
        bytes,
      );
    }
    for (; at < end; at++) {
      addRow(real(values, at), dense + ((<usize>int(colIdx, at) * <usize>denseStride) << 2), to, bytes);
    }
  }
}

/** out(r, :) += Σ value · S(col, :) with S sparse and `out` dense. Chunk = 8 rows, numbered as above. */
export function sparseTimesSparseChunk(
  chunk: i32,
  thread: i32,
  rowPtr: usize,
  colIdx: usize,
  values: usize,
  firstRow: i32,
  rows: i32,
  rightPtr: usize,
  rightIdx: usize,
  rightValues: usize,
  out: usize,
  outStride: i32,
): void {
  for (let r = chunk * 8; r < min(rows, chunk * 8 + 8); r++) {
    const to = out + ((<usize>r * <usize>outStride) << 2);
    for (let at = int(rowPtr, firstRow + r), end = int(rowPtr, firstRow + r + 1); at < end; at++) {
      const weight = real(values, at);
      const col = int(colIdx, at);
      for (let p = int(rightPtr, col), last = int(rightPtr, col + 1); p < last; p++) {
        const cell = to + (<usize>int(rightIdx, p) << 2);
        store<f32>(cell, load<f32>(cell) + weight * real(rightValues, p));
      }
    }
  }
}

/**
 * The `keep` largest neighbours of each row of S(i, j) = rowScale_i · colScale_j · Σ_u x_iu · y_uj / (1 + shrink / common),
 * where `left` is items × users and `right` users × items, and `common` counts the users both items share.
 * The diagonal is left out. Chunk = 16 rows; `scratch` gives each thread 3 zeroed arrays of `columns` cells.
 * Row i is written at i · keep, its length to lengths[i]; neighbours by falling score, ties by column.
 */
export function neighboursChunk(
  chunk: i32,
  thread: i32,
  leftPtr: usize,
  leftIdx: usize,
  leftValues: usize,
  rightPtr: usize,
  rightIdx: usize,
  rightValues: usize,
  rowScale: usize,
  colScale: usize,
  shrink: f32,
  rows: i32,
  columns: i32,
  keep: i32,
  scratch: usize,
  outIdx: usize,
  outValues: usize,
  lengths: usize,
): void {
  const sums = scratch + ((<usize>thread * <usize>columns * 3) << 2);
  const counts = sums + (<usize>columns << 2);
  const touched = counts + (<usize>columns << 2);
  for (let i = chunk * 16; i < min(rows, chunk * 16 + 16); i++) {
    let size = 0;
    for (let at = int(leftPtr, i), end = int(leftPtr, i + 1); at < end; at++) {
      const user = int(leftIdx, at);
      const weight = real(leftValues, at);
      for (let p = int(rightPtr, user), last = int(rightPtr, user + 1); p < last; p++) {
        const offset = <usize>int(rightIdx, p) << 2;
        const count = load<i32>(counts + offset);
        if (count == 0) {
          store<i32>(touched + (<usize>size << 2), int(rightIdx, p));
          size++;
        }
        store<i32>(counts + offset, count + 1);
        store<f32>(sums + offset, load<f32>(sums + offset) + weight * real(rightValues, p));
      }
    }
    const base = real(rowScale, i);
    const toIdx = outIdx + ((<usize>i * <usize>keep) << 2);
    const toValues = outValues + ((<usize>i * <usize>keep) << 2);
    let kept = 0;
    for (let t = 0; t < size; t++) {
      const j = int(touched, t);
      const offset = <usize>j << 2;
      const common = <f32>load<i32>(counts + offset);
      const score = (base * real(colScale, j) * load<f32>(sums + offset) * common) / (common + shrink);
      store<i32>(counts + offset, 0);
      store<f32>(sums + offset, 0);
      if (j != i && score > 0) kept = offer(toIdx, toValues, kept, keep, j, score);
    }
    sortHeap(toIdx, toValues, kept);
    store<i32>(lengths + (<usize>i << 2), kept);
  }
}

/** True where entry a (of the heap's arrays) ranks below entry b: a smaller score, or the same and a later column. */
// @ts-ignore: decorator
@inline
function below(idxA: i32, scoreA: f32, idxB: i32, scoreB: f32): bool {
  return scoreA < scoreB || (scoreA == scoreB && idxA > idxB);
}

/** Offers an entry to the heap of the best `capacity` entries, whose worst stands first. Returns the new size. */
function offer(idx: usize, scores: usize, size: i32, capacity: i32, item: i32, score: f32): i32 {
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
function place(idx: usize, scores: usize, at: i32, item: i32, score: f32): void {
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
function sortHeap(idx: usize, scores: usize, size: i32): void {
  for (let last = size - 1; last > 0; last--) {
    const item = int(idx, last);
    const score = real(scores, last);
    place(idx, scores, last, int(idx, 0), real(scores, 0));
    sink(idx, scores, last, item, score);
  }
}

/**
 * The `keep` best columns of each dense row, those of its sparse `seen` row left out. Chunk = 4 rows. Row r of `scores`
 * is row firstRow + r of `seen`. Missing places get index −1. Scores of seen columns are overwritten.
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
  keep: i32,
  outIdx: usize,
  outScores: usize,
): void {
  for (let r = chunk * 4; r < min(rows, chunk * 4 + 4); r++) {
    const row = scores + ((<usize>r * <usize>stride) << 2);
    for (let at = int(seenPtr, firstRow + r), end = int(seenPtr, firstRow + r + 1); at < end; at++) {
      store<f32>(row + (<usize>int(seenIdx, at) << 2), -f32.MAX_VALUE);
    }
    const toIdx = outIdx + ((<usize>r * <usize>keep) << 2);
    const toScores = outScores + ((<usize>r * <usize>keep) << 2);
    let kept = 0;
    let bar = -f32.MAX_VALUE;
    for (let j = 0; j < columns; j++) {
      const score = load<f32>(row + (<usize>j << 2));
      if (score > bar) {
        kept = offer(toIdx, toScores, kept, keep, j, score);
        if (kept == keep) bar = real(toScores, 0);
      }
    }
    sortHeap(toIdx, toScores, kept);
    for (; kept < keep; kept++) place(toIdx, toScores, kept, -1, 0);
  }
}

/**
 * out(r, :) += weight · (x(r, :) − mean) / deviation, each row by its own mean and deviation over `columns`; rows without
 * spread add nothing. Chunk = 4 rows; columns a multiple of 4 (padding must be zero: it counts).
 */
export function standardiseChunk(
  chunk: i32,
  thread: i32,
  x: usize,
  stride: i32,
  columns: i32,
  rows: i32,
  weight: f32,
  out: usize,
): void {
  for (let r = chunk * 4; r < min(rows, chunk * 4 + 4); r++) {
    const from = x + ((<usize>r * <usize>stride) << 2);
    const to = out + ((<usize>r * <usize>stride) << 2);
    let sum: f64 = 0;
    let squares: f64 = 0;
    for (let j = 0; j < columns; j++) {
      const value = <f64>load<f32>(from + (<usize>j << 2));
      sum += value;
      squares += value * value;
    }
    const mean = sum / columns;
    const variance = squares / columns - mean * mean;
    if (!(variance > 1e-30)) continue;
    const factor = <f32>(weight / Math.sqrt(variance));
    const scale = f32x4.splat(factor);
    const shift = f32x4.splat(<f32>(-mean * factor));
    for (let j = 0; j < columns; j += 4) {
      const at = <usize>j << 2;
      v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.add(shift, f32x4.mul(scale, v128.load(from + at)))));
    }
  }
}
