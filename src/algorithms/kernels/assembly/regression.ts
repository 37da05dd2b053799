// AssemblyScript. Ridge regressions of each item on its neighbours.

/** Bytes of a node of a user's list: the node before (1 more than its number, 0 for none), the place of its item, its weight. */
const NODE_BYTES: usize = 12;

/**
 * For each target item j with neighbours N (row j of `near`), solves (X_NᵀX_N + ridge·I) b = X_Nᵀx_j by Cholesky in f64 and
 * writes b over the neighbours' values. The products come from `gram` (dense XᵀX) where that is not 0, else from `item*`, the
 * transpose of X. Chunk = 16 targets. `scratch` gives each thread (limit + 1)·limit f64 cells, limit = the longest row of
 * `near`, and then, where there is no `gram`, `users` zeroed i32 cells and 3 cells an entry of X, all padded to 8 bytes.
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
  ridge: f32,
  columns: i32,
  users: i32,
  limit: i32,
  gram: usize,
  gramStride: i32,
  scratch: usize,
): void {
  const entries = load<i32>(itemPtr + (<usize>columns << 2));
  const systemBytes = (<usize>(limit + 1) * <usize>limit) << 3;
  const listBytes = gram != 0 ? <usize>0 : ((<usize>users << 2) + <usize>entries * NODE_BYTES + 7) & ~(<usize>7);
  const system = scratch + <usize>thread * (systemBytes + listBytes);
  const heads = system + systemBytes;
  for (let j = chunk * 16; j < min(columns, chunk * 16 + 16); j++) {
    const first = load<i32>(nearPtr + (<usize>j << 2));
    const n = load<i32>(nearPtr + (<usize>(j + 1) << 2)) - first;
    if (n == 0) continue;
    const idx = nearIdx + (<usize>first << 2);
    const right = system + (<usize>n * <usize>n << 3);
    if (gram != 0) {
      gatherProducts(gram, gramStride, idx, n, j, system);
    } else {
      memory.fill(system, 0, <usize>(n + 1) * <usize>n << 3);
      sumProducts(itemPtr, itemUsers, itemValues, idx, n, j, system, heads, heads + (<usize>users << 2));
    }
    solveCholesky(system, right, n, ridge);
    for (let p = 0; p < n; p++) {
      store<f32>(nearValues + (<usize>(first + p) << 2), <f32>load<f64>(right + (<usize>p << 3)));
    }
  }
}

/** The lower triangle of X_NᵀX_N and the row X_Nᵀx_j below it, read from XᵀX. */
function gatherProducts(gram: usize, gramStride: i32, idx: usize, n: i32, j: i32, system: usize): void {
  for (let p = 0; p <= n; p++) {
    const item = p < n ? load<i32>(idx + (<usize>p << 2)) : j;
    const from = gram + ((<usize>item * <usize>gramStride) << 2);
    for (let q = 0, last = min(p, n - 1); q <= last; q++) {
      const product = load<f32>(from + (<usize>load<i32>(idx + (<usize>q << 2)) << 2));
      store<f64>(at(system, n, p, q), <f64>product);
    }
  }
}

/**
 * The same from the columns of X. Each user's entries met so far hang in a list, so that an entry meets those of the same user among the
 * neighbours alone and not the user's whole row. `heads` is left zeroed.
 */
function sumProducts(
  itemPtr: usize,
  itemUsers: usize,
  itemValues: usize,
  idx: usize,
  n: i32,
  j: i32,
  system: usize,
  heads: usize,
  nodes: usize,
): void {
  let count = 0;
  for (let p = 0; p <= n; p++) {
    const item = p < n ? load<i32>(idx + (<usize>p << 2)) : j;
    const row = at(system, n, p, 0);
    for (let from = start(itemPtr, item), end = start(itemPtr, item + 1); from < end; from++) {
      const head = heads + (<usize>load<i32>(itemUsers + (<usize>from << 2)) << 2);
      const weight = load<f32>(itemValues + (<usize>from << 2));
      let node = load<i32>(head);
      if (p < n) {
        const added = nodes + <usize>count * NODE_BYTES;
        store<i32>(added, node);
        store<i32>(added, p, 4);
        store<f32>(added, weight, 8);
        node = ++count;
        store<i32>(head, node);
      }
      while (node != 0) {
        const met = nodes + <usize>(node - 1) * NODE_BYTES;
        const cell = row + (<usize>load<i32>(met, 4) << 3);
        store<f64>(cell, load<f64>(cell) + <f64>(weight * load<f32>(met, 8)));
        node = load<i32>(met);
      }
    }
  }
  for (let p = 0; p < n; p++) {
    const item = load<i32>(idx + (<usize>p << 2));
    for (let from = start(itemPtr, item), end = start(itemPtr, item + 1); from < end; from++) {
      store<i32>(heads + (<usize>load<i32>(itemUsers + (<usize>from << 2)) << 2), 0);
    }
  }
}

// @ts-ignore: decorator
@inline
function start(ptr: usize, row: i32): i32 {
  return load<i32>(ptr + (<usize>row << 2));
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
  return endDot(even, odd, x, y, count - k);
}

/** The sum of the lanes and of the `rest` numbers that fill no register. */
function endDot(even: v128, odd: v128, x: usize, y: usize, rest: i32): f64 {
  const sums = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (let k = 0; k < rest; k++) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** Column j of the factor for rows i … i + 3, of which row j is loaded once; the same sums as four calls of `dot`. */
function factorFourRows(a: usize, n: i32, i: i32, j: i32, pivot: f64): void {
  const width = <usize>n << 3;
  let y = at(a, n, j, 0);
  let x = at(a, n, i, 0);
  let even0 = f64x2.splat(0);
  let odd0 = f64x2.splat(0);
  let even1 = f64x2.splat(0);
  let odd1 = f64x2.splat(0);
  let even2 = f64x2.splat(0);
  let odd2 = f64x2.splat(0);
  let even3 = f64x2.splat(0);
  let odd3 = f64x2.splat(0);
  let k = 0;
  for (; k + 4 <= j; k += 4) {
    const left = v128.load(y);
    const right = v128.load(y, 16);
    even0 = f64x2.add(even0, f64x2.mul(v128.load(x), left));
    odd0 = f64x2.add(odd0, f64x2.mul(v128.load(x, 16), right));
    const x1 = x + width;
    even1 = f64x2.add(even1, f64x2.mul(v128.load(x1), left));
    odd1 = f64x2.add(odd1, f64x2.mul(v128.load(x1, 16), right));
    const x2 = x1 + width;
    even2 = f64x2.add(even2, f64x2.mul(v128.load(x2), left));
    odd2 = f64x2.add(odd2, f64x2.mul(v128.load(x2, 16), right));
    const x3 = x2 + width;
    even3 = f64x2.add(even3, f64x2.mul(v128.load(x3), left));
    odd3 = f64x2.add(odd3, f64x2.mul(v128.load(x3, 16), right));
    x += 32;
    y += 32;
  }
  const rest = j - k;
  setFactor(at(a, n, i, j), endDot(even0, odd0, x, y, rest), pivot);
  setFactor(at(a, n, i + 1, j), endDot(even1, odd1, x + width, y, rest), pivot);
  setFactor(at(a, n, i + 2, j), endDot(even2, odd2, x + 2 * width, y, rest), pivot);
  setFactor(at(a, n, i + 3, j), endDot(even3, odd3, x + 3 * width, y, rest), pivot);
}

// @ts-ignore: decorator
@inline
function setFactor(cell: usize, product: f64, pivot: f64): void {
  store<f64>(cell, (load<f64>(cell) - product) / pivot);
}

/** Solves (A + ridge·I) x = b in place of b; A (n × n, lower triangle read) is overwritten by its Cholesky factor. */
function solveCholesky(a: usize, b: usize, n: i32, ridge: f32): void {
  for (let j = 0; j < n; j++) {
    const row = at(a, n, j, 0);
    const pivot = Math.sqrt(load<f64>(at(a, n, j, j)) - dot(row, row, j) + ridge);
    store<f64>(at(a, n, j, j), pivot);
    let i = j + 1;
    for (; i + 4 <= n; i += 4) factorFourRows(a, n, i, j, pivot);
    for (; i < n; i++) setFactor(at(a, n, i, j), dot(at(a, n, i, 0), row, j), pivot);
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
