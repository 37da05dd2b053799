// AssemblyScript. Dense f32 kernels. Matrices are row-major; strides count elements, and are multiples of 8.
// Every exported function (chunk, thread, …) computes one chunk of independent rows, so that threads can share the chunks.

/** Rows of C that one chunk of `multiplyChunk` and `packChunk` covers. */
const CHUNK_ROWS: i32 = 32;

/**
 * Packs columns of B for `multiplyChunk`: panel p holds, for each depth k, the 8 values B(k, 8p … 8p+7).
 * Chunk = 4 panels. Element B(k, j) is read at source + 4·(k·depthStride + j·columnStride).
 */
export function packChunk(
  chunk: i32,
  thread: i32,
  source: usize,
  depthStride: i32,
  columnStride: i32,
  packed: usize,
  depth: i32,
  columns: i32,
): void {
  const first = chunk * CHUNK_ROWS;
  const last = min(columns, first + CHUNK_ROWS);
  for (let j = first; j < last; j++) {
    let to = packed + (((<usize>(j >> 3)) * <usize>depth * 8 + <usize>(j & 7)) << 2);
    let from = source + ((<usize>j * <usize>columnStride) << 2);
    for (let k = 0; k < depth; k++) {
      store<f32>(to, load<f32>(from));
      to += 32;
      from += <usize>depthStride << 2;
    }
  }
}

/**
 * C += sign · A · B for 32 rows of C, B packed by `packChunk`. Rows and columns are multiples of 4 and 8.
 * `depthFrom … depthTo` is the slice of the depth to add; `lower` = 1 skips tiles wholly above the diagonal.
 * The 4 × 8 tile of C stays in eight f32x4 registers while the depth runs.
 */
export function multiplyChunk(
  chunk: i32,
  thread: i32,
  a: usize,
  aStride: i32,
  packed: usize,
  packedDepth: i32,
  c: usize,
  cStride: i32,
  rows: i32,
  columns: i32,
  depthFrom: i32,
  depthTo: i32,
  sign: f32,
  lower: i32,
): void {
  const firstRow = chunk * CHUNK_ROWS;
  const lastRow = min(rows, firstRow + CHUNK_ROWS);
  const aBytes = <usize>aStride << 2;
  const cBytes = <usize>cStride << 2;
  const scale = f32x4.splat(sign);
  const columnEnd = lower != 0 ? min(columns, lastRow) : columns;
  for (let j = 0; j < columnEnd; j += 8) {
    const panel = packed + ((<usize>(j >> 3) * <usize>packedDepth + <usize>depthFrom) << 5);
    for (let i = firstRow; i < lastRow; i += 4) {
      if (lower != 0 && j > i + 3) continue;
      let a0 = a + <usize>i * aBytes + (<usize>depthFrom << 2);
      let a1 = a0 + aBytes;
      let a2 = a1 + aBytes;
      let a3 = a2 + aBytes;
      let b = panel;
      let s00 = f32x4.splat(0);
      let s01 = f32x4.splat(0);
      let s10 = f32x4.splat(0);
      let s11 = f32x4.splat(0);
      let s20 = f32x4.splat(0);
      let s21 = f32x4.splat(0);
      let s30 = f32x4.splat(0);
      let s31 = f32x4.splat(0);
      for (let k = depthFrom; k < depthTo; k++) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        let x = v128.load32_splat(a0);
        s00 = f32x4.add(s00, f32x4.mul(x, b0));
        s01 = f32x4.add(s01, f32x4.mul(x, b1));
        x = v128.load32_splat(a1);
        s10 = f32x4.add(s10, f32x4.mul(x, b0));
        s11 = f32x4.add(s11, f32x4.mul(x, b1));
        x = v128.load32_splat(a2);
        s20 = f32x4.add(s20, f32x4.mul(x, b0));
        s21 = f32x4.add(s21, f32x4.mul(x, b1));
        x = v128.load32_splat(a3);
        s30 = f32x4.add(s30, f32x4.mul(x, b0));
        s31 = f32x4.add(s31, f32x4.mul(x, b1));
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
        b += 32;
      }
      let to = c + <usize>i * cBytes + (<usize>j << 2);
      addTo(to, f32x4.mul(scale, s00), f32x4.mul(scale, s01));
      to += cBytes;
      addTo(to, f32x4.mul(scale, s10), f32x4.mul(scale, s11));
      to += cBytes;
      addTo(to, f32x4.mul(scale, s20), f32x4.mul(scale, s21));
      to += cBytes;
      addTo(to, f32x4.mul(scale, s30), f32x4.mul(scale, s31));
    }
  }
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, left: v128, right: v128): void {
  v128.store(to, f32x4.add(v128.load(to), left));
  v128.store(to, f32x4.add(v128.load(to, 16), right), 16);
}

/**
 * Copies the panel of pivot block `pivot` out of the lower triangle: panel(i, k) = A(i, pivot·64 + k), zero in the pivot's
 * own rows. Chunk = 32 rows.
 */
export function gatherPanelChunk(chunk: i32, thread: i32, a: usize, size: i32, pivot: i32, panel: usize): void {
  const first = chunk * CHUNK_ROWS;
  const start = pivot * 64;
  for (let i = first; i < first + CHUNK_ROWS; i++) {
    const to = panel + ((<usize>i * 64) << 2);
    if (i >= start + 64) {
      memory.copy(to, a + ((<usize>i * <usize>size + <usize>start) << 2), 256);
    } else if (i >= start) {
      memory.fill(to, 0, 256);
    } else {
      let from = a + ((<usize>start * <usize>size + <usize>i) << 2);
      for (let k = 0; k < 64; k++) {
        store<f32>(to + (<usize>k << 2), load<f32>(from));
        from += <usize>size << 2;
      }
    }
  }
}

/** Writes the swept panel back into the lower triangle of A, leaving the pivot's own rows alone. Chunk = 32 rows. */
export function scatterPanelChunk(chunk: i32, thread: i32, a: usize, size: i32, pivot: i32, panel: usize): void {
  const first = chunk * CHUNK_ROWS;
  const start = pivot * 64;
  for (let i = first; i < first + CHUNK_ROWS; i++) {
    const from = panel + ((<usize>i * 64) << 2);
    if (i >= start + 64) {
      memory.copy(a + ((<usize>i * <usize>size + <usize>start) << 2), from, 256);
    } else if (i < start) {
      let to = a + ((<usize>start * <usize>size + <usize>i) << 2);
      for (let k = 0; k < 64; k++) {
        store<f32>(to, load<f32>(from + (<usize>k << 2)));
        to += <usize>size << 2;
      }
    }
  }
}

/** Mirrors the lower triangle into the upper one, times `factor` (both halves). Chunk = 32 rows of the lower half. */
export function mirrorChunk(chunk: i32, thread: i32, a: usize, size: i32, factor: f32): void {
  const first = chunk * CHUNK_ROWS;
  for (let i = first; i < min(size, first + CHUNK_ROWS); i++) {
    const row = a + ((<usize>i * <usize>size) << 2);
    for (let j = 0; j <= i; j++) {
      const value = load<f32>(row + (<usize>j << 2)) * factor;
      store<f32>(row + (<usize>j << 2), value);
      store<f32>(a + ((<usize>j * <usize>size + <usize>i) << 2), value);
    }
  }
}
