import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Rng } from "../../core/rng.ts";
import { transposeSparse, type SparseMatrix } from "../sparse/sparse-matrix.ts";
import { allocateDense, loadDense, readDense, viewDense, type DenseBlock } from "./dense-block.ts";
import type { KernelEngine } from "./kernel-engine.ts";
import { crossProduct, multiplyDense } from "./multiply-dense.ts";
import { loadSparse, type SparseBlock } from "./sparse-block.ts";

export interface TruncatedSvd {
  /** Falling. */
  readonly singularValues: Float64Array;
  /** Right singular vectors: row-major columns × rank. */
  readonly rightVectors: Float32Array;
}

export interface TruncatedSvdParams {
  readonly rank: number;
  /** Passes of the power iteration; 4 give the space to three digits on interaction matrices. */
  readonly iterations: number;
}

/** Extra directions that make the wanted ones converge. */
const OVERSAMPLING = 16;

/**
 * The leading singular values and right vectors of a sparse matrix by block power iteration on XᵀX with Cholesky
 * orthonormalisation, and Rayleigh-Ritz at the end.
 *
 * `rank` is cut to the number of columns. Time O(iterations·(entries·rank + columns·rank²)), memory
 * (rows + 3·columns)·rank cells. Source: Halko, Martinsson and Tropp, SIAM Review 53 (2011), algorithm 4.4.
 */
export function truncatedSvd(
  engine: KernelEngine,
  matrix: SparseMatrix,
  params: TruncatedSvdParams,
  rng: Rng,
): TruncatedSvd {
  const { memory } = engine;
  const mark = memory.mark();
  const size = matrix.colCount;
  const width = Math.min(params.rank + OVERSAMPLING, size, matrix.rowCount);
  const rank = Math.min(params.rank, width);
  const rows = loadSparse(engine, matrix);
  const columns = loadSparse(engine, transposeSparse(matrix));
  const basis = allocateDense(engine, size, width);
  const start = viewDense(engine, basis);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < width; column++) start[row * basis.stride + column] = rng.next() - 0.5;
  }
  orthonormaliseInPlace(engine, basis);
  for (let pass = 0; pass < params.iterations; pass++) {
    replaceByGram(engine, rows, columns, basis, basis);
    orthonormaliseInPlace(engine, basis);
    orthonormaliseInPlace(engine, basis);
  }

  const image = allocateDense(engine, size, width);
  replaceByGram(engine, rows, columns, basis, image);
  const small = smallProduct(readDense(engine, basis), readDense(engine, image), size, width);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(small, { assumeSymmetric: true });
  const order = Array.from(realEigenvalues.keys()).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const rotation = new Float32Array(width * rank);
  for (let row = 0; row < width; row++) {
    for (let k = 0; k < rank; k++) rotation[row * rank + k] = eigenvectorMatrix.get(row, order[k]);
  }
  const vectors = readDense(engine, multiplyDense(engine, basis, loadDense(engine, rotation, width, rank)));
  memory.release(mark);
  const singularValues = Float64Array.from({ length: rank }, (_, k) =>
    Math.sqrt(Math.max(0, realEigenvalues[order[k]])),
  );
  return { singularValues, rightVectors: vectors };
}

/** to = Xᵀ·(X·from). */
function replaceByGram(
  engine: KernelEngine,
  rows: SparseBlock,
  columns: SparseBlock,
  from: DenseBlock,
  to: DenseBlock,
): void {
  const { memory } = engine;
  const mark = memory.mark();
  const half = allocateDense(engine, rows.rows, from.columns);
  addSparseTimesDense(engine, rows, from, half);
  viewDense(engine, to).fill(0);
  addSparseTimesDense(engine, columns, half, to);
  memory.release(mark);
}

function addSparseTimesDense(engine: KernelEngine, matrix: SparseBlock, dense: DenseBlock, out: DenseBlock): void {
  const entries = [matrix.rowPtr, matrix.colIdx, matrix.values, 0, matrix.rows];
  const chunks = Math.ceil(matrix.rows / 8);
  engine.run(
    "sparseTimesDenseChunk",
    chunks,
    ...entries,
    dense.address,
    dense.stride,
    dense.stride,
    out.address,
    out.stride,
  );
}

/** Q of a Cholesky QR: basis · R⁻¹ with RᵀR = basisᵀ·basis. Directions that vanish become zero. */
function orthonormaliseInPlace(engine: KernelEngine, basis: DenseBlock): void {
  const { memory } = engine;
  const mark = memory.mark();
  const width = basis.columns;
  const inverseFactor = invertCholesky(readDense(engine, crossProduct(engine, basis)), width);
  const product = multiplyDense(engine, basis, loadDense(engine, inverseFactor, width, width));
  const cells = viewDense(engine, basis);
  cells.set(viewDense(engine, product).subarray(0, cells.length));
  memory.release(mark);
}

/** R⁻¹ (upper triangular, row-major) where RᵀR is the given Gram matrix; null directions give zero columns. */
function invertCholesky(gram: Float32Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  const isNull = new Uint8Array(n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i <= j; i++) {
      let sum = gram[i * n + j];
      for (let k = 0; k < i; k++) sum -= factor[k * n + i] * factor[k * n + j];
      if (i < j) factor[i * n + j] = isNull[i] === 1 ? 0 : sum / factor[i * n + i];
      else if (sum > 1e-10 * gram[j * n + j]) factor[j * n + j] = Math.sqrt(sum);
      else isNull[j] = 1;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    if (isNull[j] === 1) continue;
    inverse[j * n + j] = 1 / factor[j * n + j];
    for (let i = j - 1; i >= 0; i--) {
      if (isNull[i] === 1) continue;
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += factor[i * n + k] * inverse[k * n + j];
      inverse[i * n + j] = -sum / factor[i * n + i];
    }
  }
  return inverse;
}

/** AᵀB of two tall row-major matrices, in f64, made symmetric. */
function smallProduct(a: Float32Array, b: Float32Array, rows: number, width: number): Matrix {
  const sums = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      const value = a[row * width + i];
      for (let j = 0; j <= i; j++) sums[i * width + j] += value * b[row * width + j];
    }
  }
  const product = Matrix.zeros(width, width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      product.set(i, j, sums[i * width + j]);
      product.set(j, i, sums[i * width + j]);
    }
  }
  return product;
}
