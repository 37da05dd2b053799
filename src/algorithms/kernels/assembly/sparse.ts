// AssemblyScript. Sparse f32 kernels on CSR matrices (rowPtr, colIdx: i32; values: f32).

import { addFourRows, addRow } from "./add-rows";
import { int, real } from "./cells";
import { offer, sortHeap } from "./heap";

/**
 * Lower triangle of G = XᵀX, item by item: row i of G gathers the rows (of X) of the users of item i.
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
    memory.fill(row, 0, <usize>(i + 1) << 2);
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
