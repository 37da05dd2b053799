// AssemblyScript. The least-squares step of implicit ALS.

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
    for (let at = from; at < to; at++) {
      const v = other + <usize>load<i32>(colIdx + (<usize>at << 2)) * bytes;
      const c = load<f32>(values + (<usize>at << 2));
      axpy(c * (<f32>1 - dot(v, row, bytes)), v, residual, bytes);
    }
    memory.copy(direction, residual, bytes);
    let norm = dot(residual, residual, bytes);
    for (let step = 0; step < steps && norm > <f32>1e-20; step++) {
      applyGram(gram, dim, ridge, direction, image);
      for (let at = from; at < to; at++) {
        const v = other + <usize>load<i32>(colIdx + (<usize>at << 2)) * bytes;
        axpy(load<f32>(values + (<usize>at << 2)) * dot(v, direction, bytes), v, image, bytes);
      }
      const length = norm / dot(direction, image, bytes);
      axpy(length, direction, row, bytes);
      axpy(-length, image, residual, bytes);
      const next = dot(residual, residual, bytes);
      const ratio = f32x4.splat(next / norm);
      norm = next;
      for (let b: usize = 0; b < bytes; b += 16) {
        v128.store(direction + b, f32x4.add(v128.load(residual + b), f32x4.mul(ratio, v128.load(direction + b))));
      }
    }
  }
}

/** out = (G + ridge · I) p, G symmetric. */
function applyGram(gram: usize, dim: i32, ridge: f32, p: usize, out: usize): void {
  const bytes = <usize>dim << 2;
  const scale = f32x4.splat(ridge);
  for (let b: usize = 0; b < bytes; b += 16) v128.store(out + b, f32x4.mul(scale, v128.load(p + b)));
  for (let i = 0; i < dim; i++) axpy(load<f32>(p + (<usize>i << 2)), gram + <usize>i * bytes, out, bytes);
}

function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
  );
}

function axpy(factor: f32, x: usize, y: usize, bytes: usize): void {
  const scale = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(scale, v128.load(x + at))));
  }
}
