// AssemblyScript. The least-squares step of implicit ALS.

import { addFourRows, addRow } from "./add-rows";

/**
 * Conjugate gradients for rows of factors: x_r solves (G + Σ v vᵀ + ridges_r · I) x = Σ v, sums over the entries of row r,
 * v = rows of `other`, G = unobservedWeight · otherᵀ·other (given ready). Warm start from x; at most `steps` iterations.
 * Entry weights: an entry with value c counts c times. Chunk = 16 rows; `dim` a multiple of 4; `scratch` holds 3·dim floats
 * a thread. Rows without entries become zero.
 */
export function solveFactorsChunk(
  chunk: i32,
  thread: i32,
  rowPtr: usize,
  colIdx: usize,
  values: usize,
  rows: i32,
  other: usize,
  dim: i32,
  gram: usize,
  ridges: usize,
  steps: i32,
  x: usize,
  scratch: usize,
): void {
  const bytes = <usize>dim << 2;
  const residual = scratch + <usize>thread * 3 * bytes;
  const direction = residual + bytes;
  const image = direction + bytes;
  for (let r = chunk * 16; r < min(rows, chunk * 16 + 16); r++) {
    const row = x + <usize>r * bytes;
    const from = load<i32>(rowPtr + (<usize>r << 2));
    const to = load<i32>(rowPtr + (<usize>(r + 1) << 2));
    if (from == to) {
      memory.fill(row, 0, bytes);
      continue;
    }
    const ridge = load<f32>(ridges + (<usize>r << 2));
    // residual = Σ v − (G + Σ v vᵀ + ridge) x
    applyGram(gram, dim, ridge, row, residual);
    for (let b: usize = 0; b < bytes; b += 16) v128.store(residual + b, f32x4.neg(v128.load(residual + b)));
    addEntries(colIdx, values, from, to, other, bytes, row, true, residual);
    memory.copy(direction, residual, bytes);
    let norm = dot(residual, residual, bytes);
    for (let step = 0; step < steps && norm > <f32>1e-20; step++) {
      applyGram(gram, dim, ridge, direction, image);
      addEntries(colIdx, values, from, to, other, bytes, direction, false, image);
      const length = norm / dot(direction, image, bytes);
      addRow(length, direction, row, bytes);
      addRow(-length, image, residual, bytes);
      const next = dot(residual, residual, bytes);
      const ratio = f32x4.splat(next / norm);
      norm = next;
      for (let b: usize = 0; b < bytes; b += 16) {
        v128.store(direction + b, f32x4.add(v128.load(residual + b), f32x4.mul(ratio, v128.load(direction + b))));
      }
    }
  }
}

/**
 * out += Σ c · (v·p) · v over the entries of a row, or, where `isRest`, Σ c · (1 − v·p) · v. Four entries at a time: their products do
 * not wait for each other, and `out` is read and written once for all; sums are made in the order of the entries.
 */
function addEntries(
  colIdx: usize,
  values: usize,
  from: i32,
  to: i32,
  other: usize,
  bytes: usize,
  p: usize,
  isRest: bool,
  out: usize,
): void {
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const entry = <usize>at << 2;
    const v0 = other + <usize>load<i32>(colIdx + entry) * bytes;
    const v1 = other + <usize>load<i32>(colIdx + entry, 4) * bytes;
    const v2 = other + <usize>load<i32>(colIdx + entry, 8) * bytes;
    const v3 = other + <usize>load<i32>(colIdx + entry, 12) * bytes;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (let b: usize = 0; b < bytes; b += 16) {
      const x = v128.load(p + b);
      s0 = f32x4.add(s0, f32x4.mul(v128.load(v0 + b), x));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(v1 + b), x));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(v2 + b), x));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(v3 + b), x));
    }
    addFourRows(
      weigh(load<f32>(values + entry), sumLanes(s0), isRest),
      weigh(load<f32>(values + entry, 4), sumLanes(s1), isRest),
      weigh(load<f32>(values + entry, 8), sumLanes(s2), isRest),
      weigh(load<f32>(values + entry, 12), sumLanes(s3), isRest),
      v0,
      v1,
      v2,
      v3,
      out,
      bytes,
    );
  }
  for (; at < to; at++) {
    const v = other + <usize>load<i32>(colIdx + (<usize>at << 2)) * bytes;
    addRow(weigh(load<f32>(values + (<usize>at << 2)), dot(v, p, bytes), isRest), v, out, bytes);
  }
}

// @ts-ignore: decorator
@inline
function weigh(c: f32, product: f32, isRest: bool): f32 {
  return c * (isRest ? <f32>1 - product : product);
}

/** out = (G + ridge · I) p, G symmetric. 32 cells of `out` at a time, which stay in registers while the rows of G run by. */
function applyGram(gram: usize, dim: i32, ridge: f32, p: usize, out: usize): void {
  const bytes = <usize>dim << 2;
  const scale = f32x4.splat(ridge);
  let b: usize = 0;
  for (; b + 128 <= bytes; b += 128) {
    let o0 = f32x4.mul(scale, v128.load(p + b));
    let o1 = f32x4.mul(scale, v128.load(p + b, 16));
    let o2 = f32x4.mul(scale, v128.load(p + b, 32));
    let o3 = f32x4.mul(scale, v128.load(p + b, 48));
    let o4 = f32x4.mul(scale, v128.load(p + b, 64));
    let o5 = f32x4.mul(scale, v128.load(p + b, 80));
    let o6 = f32x4.mul(scale, v128.load(p + b, 96));
    let o7 = f32x4.mul(scale, v128.load(p + b, 112));
    let row = gram + b;
    for (let i = 0; i < dim; i++) {
      const x = v128.load32_splat(p + (<usize>i << 2));
      o0 = f32x4.add(o0, f32x4.mul(x, v128.load(row)));
      o1 = f32x4.add(o1, f32x4.mul(x, v128.load(row, 16)));
      o2 = f32x4.add(o2, f32x4.mul(x, v128.load(row, 32)));
      o3 = f32x4.add(o3, f32x4.mul(x, v128.load(row, 48)));
      o4 = f32x4.add(o4, f32x4.mul(x, v128.load(row, 64)));
      o5 = f32x4.add(o5, f32x4.mul(x, v128.load(row, 80)));
      o6 = f32x4.add(o6, f32x4.mul(x, v128.load(row, 96)));
      o7 = f32x4.add(o7, f32x4.mul(x, v128.load(row, 112)));
      row += bytes;
    }
    v128.store(out + b, o0);
    v128.store(out + b, o1, 16);
    v128.store(out + b, o2, 32);
    v128.store(out + b, o3, 48);
    v128.store(out + b, o4, 64);
    v128.store(out + b, o5, 80);
    v128.store(out + b, o6, 96);
    v128.store(out + b, o7, 112);
  }
  for (; b < bytes; b += 16) {
    let sum = f32x4.mul(scale, v128.load(p + b));
    for (let i = 0; i < dim; i++) {
      const x = v128.load32_splat(p + (<usize>i << 2));
      sum = f32x4.add(sum, f32x4.mul(x, v128.load(gram + <usize>i * bytes + b)));
    }
    v128.store(out + b, sum);
  }
}

function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return sumLanes(sum);
}

// @ts-ignore: decorator
@inline
function sumLanes(sum: v128): f32 {
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
  );
}
