import type { Rng } from "../../../core/rng.ts";
import { fail } from "../../../core/errors.ts";
import { allocateDense, viewDense, type DenseBlock } from "../../kernels/dense-block.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { crossProduct, multiplyPacked, packFactor } from "../../kernels/multiply-dense.ts";
import { loadSparse, type SparseBlock } from "../../kernels/sparse-block.ts";
import { transposedOf } from "../../sparse/transposed-of.ts";
import type { FittedModel, Interactions, ScoreBlock } from "./fitted-model.ts";

export interface ImplicitAlsParams {
  /** Length of the factors, a multiple of 64. */
  readonly dim: number;
  /**
   * α0·items: what all the pairs a user did not touch weigh together, with target 0; observed pairs weigh their value, with
   * target 1. Given as a sum so that it means the same for any catalogue: 100–1000 is usual.
   */
  readonly unobservedMass: number;
  /** λ: ridge of a row with n entries out of m is λ·(n + α0·m), the frequency scaling of the source. */
  readonly regularisation: number;
  readonly epochs: number;
}

/** The parameters as the formulas have them: α0 as the weight of one pair. */
interface Objective {
  readonly dim: number;
  readonly unobservedWeight: number;
  readonly regularisation: number;
}

/** Conjugate-gradient steps of a half epoch, which starts from the factors of the one before. */
const STEPS_IN_TRAINING = 4;
/** Steps of a fold-in, which starts from zero. */
const STEPS_IN_FOLD_IN = 16;
/** Standard deviation of a starting vector's length. */
const START_SCALE = 0.1;

/**
 * Implicit ALS: factors U, V with x_ui ≈ u·v, weighted least squares over all pairs, alternating over users and items.
 *
 * Input: interactions users × items. Output: a model whose scores fold any history in by solving for its user vector.
 * Time O(steps·epochs·(entries·dim + (users + items)·dim²)), memory (users + items)·dim cells.
 * Source: Hu, Koren and Volinsky (ICDM 2008); the objective and frequency scaling of Rendle et al., "Revisiting the
 * Performance of iALS" (RecSys 2022); conjugate gradients of Takács et al. (RecSys 2011).
 */
export function fitImplicitAls(
  engine: KernelEngine,
  train: Interactions,
  params: ImplicitAlsParams,
  rng: Rng,
): FittedModel {
  if (params.dim % 64 !== 0 || params.dim <= 0) {
    throw fail("ALGORITHM_INPUT_INVALID", `dim is ${params.dim}; give a positive multiple of 64.`);
  }
  const { memory } = engine;
  const { dim } = params;
  const objective: Objective = {
    dim,
    unobservedWeight: params.unobservedMass / train.colCount,
    regularisation: params.regularisation,
  };
  const itemFactors = allocateDense(engine, train.colCount, dim);
  const gram = allocateDense(engine, dim, dim);
  const packed = {
    address: memory.allocate(dim * itemFactors.paddedRows),
    depth: dim,
    columns: itemFactors.paddedRows,
  };
  const mark = memory.mark();

  const userFactors = allocateDense(engine, train.rowCount, dim);
  const users = loadSparse(engine, train);
  const items = loadSparse(engine, transposedOf(train));
  const start = viewDense(engine, itemFactors);
  for (let at = 0; at < train.colCount * dim; at++) start[at] = (START_SCALE / Math.sqrt(dim)) * drawNormal(rng);
  for (let epoch = 0; epoch < params.epochs; epoch++) {
    solveFactors(engine, users, itemFactors, userFactors, objective, STEPS_IN_TRAINING);
    solveFactors(engine, items, userFactors, itemFactors, objective, STEPS_IN_TRAINING);
  }
  memory.release(mark);
  setGram(engine, itemFactors, gram, objective);
  const packMark = memory.mark();
  const temporary = packFactor(engine, itemFactors, true);
  memory
    .floats(packed.address, dim * packed.columns)
    .set(memory.floats(temporary.address, temporary.depth * temporary.columns));
  memory.release(packMark);

  return {
    name: "implicit-als",
    itemCount: train.colCount,
    addScores(histories, firstRow, rows, out) {
      const scoreMark = memory.mark();
      const vectors = foldIn(engine, histories, firstRow, rows, itemFactors, gram, objective);
      multiplyPacked(engine, vectors, packed, out);
      memory.release(scoreMark);
    },
  };
}

/** One half epoch: the factors of the rows of `matrix` given those of its columns. */
function solveFactors(
  engine: KernelEngine,
  matrix: SparseBlock,
  other: DenseBlock,
  own: DenseBlock,
  params: Objective,
  steps: number,
): void {
  const mark = engine.memory.mark();
  const gram = allocateDense(engine, params.dim, params.dim);
  setGram(engine, other, gram, params);
  solveRows(engine, matrix, 0, matrix.rows, other, gram, own, params, steps);
  engine.memory.release(mark);
}

function foldIn(
  engine: KernelEngine,
  histories: SparseBlock,
  firstRow: number,
  rows: number,
  itemFactors: DenseBlock,
  gram: DenseBlock,
  params: Objective,
): DenseBlock {
  const vectors = allocateDense(engine, rows, params.dim);
  solveRows(engine, histories, firstRow, rows, itemFactors, gram, vectors, params, STEPS_IN_FOLD_IN);
  return vectors;
}

function solveRows(
  engine: KernelEngine,
  matrix: SparseBlock,
  firstRow: number,
  rows: number,
  other: DenseBlock,
  gram: DenseBlock,
  own: ScoreBlock,
  params: Objective,
  steps: number,
): void {
  const { memory } = engine;
  const mark = memory.mark();
  const ridges = memory.allocate(rows);
  const scratch = memory.allocate(3 * params.dim * engine.threadCount);
  const ridgeValues = memory.floats(ridges, rows);
  const rowPtr = memory.ints(matrix.rowPtr, matrix.rows + 1);
  for (let row = 0; row < rows; row++) {
    const entries = rowPtr[firstRow + row + 1] - rowPtr[firstRow + row];
    ridgeValues[row] = params.regularisation * (entries + params.unobservedWeight * other.rows);
  }
  const entries = [matrix.rowPtr + 4 * firstRow, matrix.colIdx, matrix.values, rows];
  const system = [other.address, params.dim, gram.address, ridges, steps];
  engine.run("solveFactorsChunk", Math.ceil(rows / 16), ...entries, ...system, own.address, scratch);
  memory.release(mark);
}

/** gram = α0 · factorsᵀ·factors. */
function setGram(engine: KernelEngine, factors: DenseBlock, gram: DenseBlock, params: Objective): void {
  const mark = engine.memory.mark();
  const product = viewDense(engine, crossProduct(engine, factors));
  viewDense(engine, gram).set(product.map((value) => value * params.unobservedWeight));
  engine.memory.release(mark);
}

/** Standard normal by Box and Muller. */
function drawNormal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
}
