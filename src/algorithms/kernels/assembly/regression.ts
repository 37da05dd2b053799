// AssemblyScript. Ridge regressions of each item on its neighbours.

/**
 * For each target item j with neighbours N (row j of `near`), solves (X_NᵀX_N + ridge·I) b = X_Nᵀx_j by Cholesky in f64 and
 * writes b over the neighbours' values. The products come from `gram` (dense XᵀX) where that is not 0, else from X. `item*` is the transpose of X. Chunk = 16 targets. `scratch` gives each thread
 * `columns` zeroed i32 cells and then (limit + 1)·limit f64 cells, limit = the longest row of `near`, padded to 8 bytes.
 */
export function regressChunk(
  chunk: i32,
  thread: i32,
  nearPtr: usize,
  nearIdx: usize,
  nearValues: usize,
  itemPtr: usize,
  itemUsers: usize,
  itemValues: usize,
  userPtr: usize,
  userItems: usize,
  userValues: usize,
  ridge: f32,
  columns: i32,
  limit: i32,
  gram: usize,
  gramStride: i32,
  scratch: usize,
): void {
  const paddedColumns = (columns + 1) & ~1;
  const bytes = (<usize>paddedColumns << 2) + ((<usize>(limit + 1) * <usize>limit) << 3);
  const places = scratch + <usize>thread * bytes;
  const system = places + (<usize>paddedColumns << 2);
  for (let j = chunk * 16; j < min(columns, chunk * 16 + 16); j++) {
    const first = load<i32>(nearPtr + (<usize>j << 2));
    const n = load<i32>(nearPtr + (<usize>(j + 1) << 2)) - first;
    if (n == 0) continue;
    const idx = nearIdx + (<usize>first << 2);
    const width = <usize>n << 3;
    const right = system + <usize>n * width;
    memory.fill(system, 0, <usize>(n + 1) * width);
    if (gram != 0) {
      for (let p = 0; p <= n; p++) {
        const item = p < n ? load<i32>(idx + (<usize>p << 2)) : j;
        const from = gram + ((<usize>item * <usize>gramStride) << 2);
        for (let q = 0; q < n; q++) {
          const product = load<f32>(from + (<usize>load<i32>(idx + (<usize>q << 2)) << 2));
          store<f64>(system + <usize>p * width + (<usize>q << 3), <f64>product);
        }
      }
    } else {
      // Place p + 1 marks neighbour p; the target itself takes place n + 1, the row of the right-hand side.
      for (let p = 0; p < n; p++) store<i32>(places + (<usize>load<i32>(idx + (<usize>p << 2)) << 2), p + 1);
      for (let p = 0; p <= n; p++) {
        const item = p < n ? load<i32>(idx + (<usize>p << 2)) : j;
        const row = system + <usize>p * width;
        for (let at = load<i32>(itemPtr + (<usize>item << 2)), end = load<i32>(itemPtr + (<usize>(item + 1) << 2)); at < end; at++) {
          const user = load<i32>(itemUsers + (<usize>at << 2));
          const weight = load<f32>(itemValues + (<usize>at << 2));
          for (let q = load<i32>(userPtr + (<usize>user << 2)), last = load<i32>(userPtr + (<usize>(user + 1) << 2)); q < last; q++) {
            const place = load<i32>(places + (<usize>load<i32>(userItems + (<usize>q << 2)) << 2));
            if (place == 0) continue;
            const cell = row + (<usize>(place - 1) << 3);
            store<f64>(cell, load<f64>(cell) + <f64>(weight * load<f32>(userValues + (<usize>q << 2))));
          }
        }
      }
      for (let p = 0; p < n; p++) store<i32>(places + (<usize>load<i32>(idx + (<usize>p << 2)) << 2), 0);
    }
    solveCholesky(system, right, n, ridge);
    for (let p = 0; p < n; p++) {
      store<f32>(nearValues + (<usize>(first + p) << 2), <f32>load<f64>(right + (<usize>p << 3)));
    }
  }
}

// @ts-ignore: decorator
@inline
function at(matrix: usize, n: i32, row: i32, column: i32): usize {
  return matrix + ((<usize>row * <usize>n + <usize>column) << 3);
}

/** Dot product of two rows of `count` f64 numbers, two lanes in two registers. */
function dot(x: usize, y: usize, count: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    even = f64x2.add(even, f64x2.mul(v128.load(x), v128.load(y)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    x += 32;
    y += 32;
  }
  const sums = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; k < count; k++) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** Solves (A + ridge·I) x = b in place of b; A (n × n, lower triangle read) is overwritten by its Cholesky factor. */
function solveCholesky(a: usize, b: usize, n: i32, ridge: f32): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = load<f64>(at(a, n, i, j)) - dot(at(a, n, i, 0), at(a, n, j, 0), j);
      if (i == j) sum += ridge;
      store<f64>(at(a, n, i, j), i == j ? Math.sqrt(sum) : sum / load<f64>(at(a, n, j, j)));
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = load<f64>(b + (<usize>i << 3));
    for (let k = 0; k < i; k++) sum -= load<f64>(at(a, n, i, k)) * load<f64>(b + (<usize>k << 3));
    store<f64>(b + (<usize>i << 3), sum / load<f64>(at(a, n, i, i)));
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = load<f64>(b + (<usize>i << 3));
    for (let k = i + 1; k < n; k++) sum -= load<f64>(at(a, n, k, i)) * load<f64>(b + (<usize>k << 3));
    store<f64>(b + (<usize>i << 3), sum / load<f64>(at(a, n, i, i)));
  }
}
