import * as fc from "fast-check";
import { EigenvalueDecomposition, Matrix, inverse } from "ml-matrix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import { createRng } from "../../core/rng.ts";
import { openKernelEngine, type OpenKernelEngine } from "./open-kernel-engine.ts";
import { buildIncidence } from "../../algorithms/sparse/incidence.ts";
import { withUnitValues, type SparseMatrix } from "../../algorithms/sparse/sparse-matrix.ts";
import { loadDense, readDense } from "../../algorithms/kernels/dense-block.ts";
import { gramMatrix } from "../../algorithms/kernels/gram-matrix.ts";
import { invertSpdInPlace } from "../../algorithms/kernels/invert-spd.ts";
import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import { crossProduct, multiplyDense } from "../../algorithms/kernels/multiply-dense.ts";
import { createPlainEngine } from "../../algorithms/kernels/plain-engine.ts";
import { loadSparse } from "../../algorithms/kernels/sparse-block.ts";
import { CLOSED, selectTopRows } from "../../algorithms/kernels/select-top-rows.ts";
import { standardiseRows } from "../../algorithms/kernels/standardise-rows.ts";
import { findLoudest } from "../../algorithms/recommendation/find-loudest.ts";
import { truncatedSvd } from "../../algorithms/kernels/truncated-svd.ts";

const nightly = process.env["TRADEWIND_TEST_PROFILE"] === "nightly";

let threaded: OpenKernelEngine;
beforeAll(async () => {
  threaded = await openKernelEngine({ threadCount: 2 });
});
afterAll(async () => threaded.close());

function randomMatrix(rows: number, columns: number, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: rows * columns }, () => rng.next() - 0.5);
}

/** AᵀA + n·I: symmetric and well conditioned. */
function spdMatrix(n: number, seed: number): Matrix {
  const a = Matrix.from1DArray(n, n, [...randomMatrix(n, n, seed)]);
  return a
    .transpose()
    .mmul(a)
    .add(Matrix.eye(n, n).mul(Math.sqrt(n)));
}

function sparseMatrix(rows: number, columns: number, entries: number, seed: number): SparseMatrix {
  const rng = createRng(seed);
  const draw = (bound: number) => Int32Array.from({ length: entries }, () => rng.nextInt(bound));
  const matrix = withUnitValues(buildIncidence(draw(rows), draw(columns), rows, columns));
  return { ...matrix, values: matrix.values.map(() => 0.5 + rng.next()) };
}

function toDense(matrix: SparseMatrix): Matrix {
  const dense = Matrix.zeros(matrix.rowCount, matrix.colCount);
  for (let row = 0; row < matrix.rowCount; row++) {
    for (let at = matrix.rowPtr[row]; at < matrix.rowPtr[row + 1]; at++) {
      dense.set(row, matrix.colIdx[at], matrix.values[at]);
    }
  }
  return dense;
}

/** Largest difference of two equally long lists; Infinity where the lengths differ. */
function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < actual.length; i++) worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
  return worst;
}

describe("kernels", () => {
  it("come from the compiled module in tests", () => {
    expect(threaded.kind).toBe("wasm-simd");
    expect(threaded.threadCount).toBe(2);
  });

  const engines: [string, () => KernelEngine][] = [
    ["wasm on two threads", () => threaded],
    ["plain", () => createPlainEngine()],
  ];
  describe.each(engines)("%s", (_name, open) => {
    it("inverts what ml-matrix inverts, at sizes around the padding", () => {
      const engine = open();
      for (const n of [1, 2, 7, 63, 64, 65, 130]) {
        const mark = engine.memory.mark();
        const matrix = spdMatrix(n, n);
        const block = loadDense(engine, matrix.to1DArray(), n, n);
        invertSpdInPlace(engine, block);
        expect(distance(readDense(engine, block), inverse(matrix).to1DArray())).toBeLessThan(1e-5);
        engine.memory.release(mark);
      }
    });

    it("refuses a matrix that is not positive definite and names the pivot", () => {
      const engine = open();
      const block = loadDense(engine, [1, 2, 2, 1], 2, 2);
      expect(() => invertSpdInPlace(engine, block)).toThrow(AppError);
      expect(() => invertSpdInPlace(engine, loadDense(engine, [1, 2, 2, 1], 2, 2))).toThrow("Pivot 1");
    });

    it("multiplies as ml-matrix does, plain, transposed and with itself", () => {
      const engine = open();
      const [a, b] = [randomMatrix(70, 33, 1), randomMatrix(33, 41, 2)];
      const [left, right] = [Matrix.from1DArray(70, 33, [...a]), Matrix.from1DArray(33, 41, [...b])];
      const leftBlock = loadDense(engine, a, 70, 33);
      const rightBlock = loadDense(engine, b, 33, 41);
      const rightTransposed = loadDense(engine, right.transpose().to1DArray(), 41, 33);
      const expected = left.mmul(right).to1DArray();
      expect(distance(readDense(engine, multiplyDense(engine, leftBlock, rightBlock)), expected)).toBeLessThan(1e-5);
      expect(
        distance(readDense(engine, multiplyDense(engine, leftBlock, rightTransposed, true)), expected),
      ).toBeLessThan(1e-5);
      expect(
        distance(readDense(engine, crossProduct(engine, leftBlock)), left.transpose().mmul(left).to1DArray()),
      ).toBeLessThan(1e-5);
    });

    it("builds the Gram matrix of a sparse matrix", () => {
      const engine = open();
      const matrix = sparseMatrix(40, 75, 500, 3);
      const dense = toDense(matrix);
      const expected = dense.transpose().mmul(dense).to1DArray();
      expect(distance(readDense(engine, gramMatrix(engine, matrix)), expected)).toBeLessThan(1e-5);
    });

    it("picks the best unseen columns, ties by column, and says where there are too few", () => {
      const engine = open();
      const seen = loadSparse(engine, withUnitValues(buildIncidence(Int32Array.of(0, 1), Int32Array.of(1, 0), 2, 5)));
      const scores = loadDense(engine, [1, 9, 3, 3, 2, 9, 5, 6, 7, 8], 2, 5);
      const top = selectTopRows(engine, { ...scores, columns: 5, rows: 2 }, seen, 0, 3);
      expect([...top.items]).toEqual([2, 3, 4, 4, 3, 2]);
      expect([...top.scores]).toEqual([3, 3, 2, 8, 7, 6]);
      const all = selectTopRows(engine, { ...scores, columns: 5, rows: 2 }, seen, 0, 5);
      expect([...all.items]).toEqual([2, 3, 4, 0, -1, 4, 3, 2, 1, -1]);
    });

    it("leaves out columns with a penalty as it does those seen, and the scores as they were", () => {
      const engine = open();
      const rng = createRng(7);
      const [rows, columns, keep] = [5, 37, 6];
      const values = Float32Array.from({ length: rows * columns }, () => rng.nextInt(9));
      const seenPairs = sparseMatrix(rows, columns, 60, 8);
      const seen = loadSparse(engine, seenPairs);
      const scores = loadDense(engine, values, rows, columns);
      const isClosed = (column: number): boolean => column % 5 === 2;
      const penalties = engine.memory.allocate(40);
      engine.memory
        .floats(penalties, columns)
        .set(Float32Array.from({ length: columns }, (_, at) => (isClosed(at) ? CLOSED : 0)));
      const top = selectTopRows(engine, { ...scores, rows, columns }, seen, 0, keep, penalties);
      for (let row = 0; row < rows; row++) {
        const own = new Set(seenPairs.colIdx.subarray(seenPairs.rowPtr[row], seenPairs.rowPtr[row + 1]));
        const scoreOf = (column: number): number => values[row * columns + column];
        const expected = Array.from({ length: columns }, (_, column) => column)
          .filter((column) => !own.has(column) && !isClosed(column))
          .sort((a, b) => scoreOf(b) - scoreOf(a) || a - b)
          .slice(0, keep);
        expect([...top.items.subarray(row * keep, row * keep + keep)]).toEqual(expected);
        expect([...top.scores.subarray(row * keep, row * keep + keep)]).toEqual(expected.map(scoreOf));
      }
      expect(readDense(engine, scores)).toEqual(values);
    });

    it("standardises rows with offsets, over or beside what is there, and clears them where asked", () => {
      const engine = open();
      const [rows, columns] = [3, 8];
      const values = randomMatrix(rows, columns, 9).fill(2, 0, columns);
      const scores = { ...loadDense(engine, values, rows, columns), rows, columns };
      const out = loadDense(engine, new Float32Array(rows * columns).fill(1), rows, columns);
      const offsets = engine.memory.allocate(columns);
      engine.memory.floats(offsets, columns).set(Float32Array.from({ length: columns }, (_, at) => at / 4));
      const expectRow = (row: number, moved: number[], start: number): void => {
        const mean = moved.reduce((sum, value) => sum + value, 0) / columns;
        const deviation = Math.sqrt(moved.reduce((sum, value) => sum + (value - mean) ** 2, 0) / columns);
        const expected = moved.map((value) => start + (deviation > 0 ? (3 * (value - mean)) / deviation : 0));
        expect(distance(readDense(engine, out).subarray(row * columns, (row + 1) * columns), expected)).toBeLessThan(
          1e-5,
        );
      };
      const rowOf = (row: number): number[] => [...values.subarray(row * columns, (row + 1) * columns)];
      standardiseRows(engine, scores, out, { weight: 3, adds: true });
      for (let row = 0; row < rows; row++) expectRow(row, rowOf(row), 1);
      standardiseRows(engine, scores, out, { weight: 3, offsets, clears: true });
      for (let row = 0; row < rows; row++)
        expectRow(
          row,
          rowOf(row).map((value, at) => value + at / 4),
          0,
        );
      expect([...readDense(engine, scores)].every((value) => value === 0)).toBe(true);
    });

    it("finds the leading singular vectors", () => {
      const engine = open();
      const matrix = sparseMatrix(60, 30, 400, 4);
      const dense = toDense(matrix);
      const values = new EigenvalueDecomposition(dense.transpose().mmul(dense)).realEigenvalues.sort((x, y) => y - x);
      const svd = truncatedSvd(engine, matrix, { rank: 8, iterations: 12 }, createRng(1));
      expect(svd.singularValues[0]).toBeCloseTo(Math.sqrt(values[0]), 4);
      expect(svd.singularValues[5]).toBeCloseTo(Math.sqrt(values[5]), 2);
    });
  });

  it("answer the same with threads and without wasm", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(1000), (n, seed) => {
        const answers = [threaded, createPlainEngine()].map((engine) => {
          const mark = engine.memory.mark();
          const block = loadDense(engine, spdMatrix(n, seed).to1DArray(), n, n);
          invertSpdInPlace(engine, block);
          const values = readDense(engine, block);
          engine.memory.release(mark);
          return values;
        });
        expect(distance(answers[0], answers[1])).toBeLessThan(1e-5);
      }),
      { numRuns: nightly ? 300 : 15 },
    );
  });

  it("finds the same item that speaks for each place with threads and without wasm", () => {
    const [customers, items, keep] = [150, 40, 5];
    const histories = sparseMatrix(customers, items, 900, 1);
    const near = sparseMatrix(items, items, 400, 2);
    const support = Int32Array.from(near.colIdx, (_, at) => at);
    const neighbours = { itemCount: items, rowPtr: near.rowPtr, neighbour: near.colIdx, score: near.values, support };
    const rng = createRng(3);
    const lists = { keep, items: new Int32Array(customers * keep).fill(-1) };
    for (let row = 0; row < customers; row++) {
      const listed = new Set(Array.from({ length: rng.nextInt(keep + 1) }, () => rng.nextInt(items)));
      [...listed].forEach((item, place) => (lists.items[row * keep + place] = item));
    }
    const [own, plain] = [threaded, createPlainEngine()].map((engine) =>
      findLoudest(engine, lists, histories, neighbours),
    );
    expect(own).toEqual(plain);
    expect(plain?.because.some((item) => item >= 0)).toBe(true);
    lists.items.forEach((item, at) => {
      if (item >= 0) return;
      expect([plain?.because[at], plain?.support[at]]).toEqual([-1, 0]);
    });
  });

  it("run thousands of short jobs without losing or repeating one", () => {
    const mark = threaded.memory.mark();
    const matrix = threaded.memory.allocate(64 * 64);
    threaded.memory.floats(matrix, 64 * 64).fill(1);
    for (let round = 0; round < 4000; round++) {
      // Two chunks; doubling and halving by turns leaves ones.
      threaded.run("mirrorChunk", 2, matrix, 64, round % 2 === 0 ? 2 : 0.5);
    }
    expect([...threaded.memory.floats(matrix, 64)].every((value) => value === 1)).toBe(true);
    threaded.memory.release(mark);
  });

  it("name the limit when memory does not suffice", () => {
    expect(() => createPlainEngine(2 ** 20).memory.allocate(2 ** 20)).toThrow("the limit is 1 MiB");
  });
});
