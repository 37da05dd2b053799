import { gramMatrix } from "../../kernels/gram-matrix.ts";
import { invertSpdInPlace } from "../../kernels/invert-spd.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { allocateDense, type DenseBlock, viewDense } from "../../kernels/dense-block.ts";
import { scaleSparse } from "../../sparse/sparse-matrix.ts";
import { fail } from "../../../core/errors.ts";
import { requireBetween } from "../../require-numbers.ts";
import { columnSums, powers, rowSums } from "./degrees.ts";
import type { FittedModel, Interactions } from "./fitted-model.ts";

export interface EaseParams {
  /** λ as a multiple of the Gram matrix's mean diagonal, so that it means the same on any data: 1 is weak, 16 strong. */
  readonly ridgeRatio: number;
  /** a: rows are divided by (user's interactions)^a. 0 is plain EASE. */
  readonly userPower: number;
  /** b: columns are divided by (item's interactions)^b. 0 is plain EASE. */
  readonly itemPower: number;
  /** Each weight b of B becomes sign(b)·|b|^weightPower; above 1 the few strong relations speak louder. 1 where absent: plain EASE. */
  readonly weightPower?: number;
}

/**
 * EASE: the item-item matrix B with zero diagonal that best restores X̃ from X̃·B in ridge regression, on
 * X̃ = D_u^−a · X · D_i^−b. Closed form: P = (X̃ᵀX̃ + λI)⁻¹, B_ij = −P_ij / P_jj. A history scores x·D_i^−b·B·D_i^b.
 * With a weight power, B is sharpened before that (see sharpenWeight).
 *
 * Input: interactions users × items. Output: a model with exact fold-in and explanations (the rows of B).
 * Time about items³ flops, memory items² cells. Refuses a matrix that is not positive definite: raise the ratio.
 * Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019). The degree normalisation is that of
 * graph filters (GF-CF) with free powers; a = b = 0 is the paper.
 */
export function fitEase(engine: KernelEngine, train: Interactions, params: EaseParams): FittedModel {
  const itemCount = train.colCount;
  const { matrix: normalised, itemFactor, ridge } = normaliseForEase(train, params);
  const matrix = invertGram(engine, normalised, ridge);
  const { stride } = matrix;
  const cells = viewDense(engine, matrix);
  const power = params.weightPower ?? 1;
  const columnFactor = new Float64Array(itemCount);
  const inverseFactor = new Float64Array(itemCount);
  for (let item = 0; item < itemCount; item++) {
    // An item nobody has keeps its ridge alone: its column of B is zero.
    if (itemFactor[item] > 0) columnFactor[item] = -1 / cells[item * stride + item];
    if (itemFactor[item] > 0) inverseFactor[item] = 1 / itemFactor[item];
  }
  for (let i = 0; i < itemCount; i++) {
    const row = cells.subarray(i * stride, i * stride + itemCount);
    for (let j = 0; j < itemCount; j++) {
      row[j] = sharpenWeight(row[j] * columnFactor[j], power) * itemFactor[i] * inverseFactor[j];
    }
    row[i] = 0;
  }

  return {
    name: "ease",
    itemCount,
    addScores(histories, firstRow, rows, out) {
      engine.run(
        "sparseTimesDenseChunk",
        Math.ceil(rows / 8),
        histories.rowPtr,
        histories.colIdx,
        histories.values,
        firstRow,
        rows,
        matrix.address,
        stride,
        Math.min(stride, out.stride),
        out.address,
        out.stride,
      );
    },
    explain(history, item) {
      const weights = viewDense(engine, matrix);
      return Float64Array.from(history, (known) => weights[known * stride + item]);
    },
  };
}

/**
 * (XᵀX + λI)⁻¹. An item that nobody has meets no other and costs as much as they do in an inversion: where there are some, the others are
 * inverted alone. Of a shop that has been there for years, whose old sales are forgotten, they are many.
 */
function invertGram(engine: KernelEngine, matrix: Interactions, ridge: number): DenseBlock {
  const itemCount = matrix.colCount;
  const placeOf = new Int32Array(itemCount).fill(-1);
  for (const item of matrix.colIdx) placeOf[item] = 0;
  const held = Int32Array.from(placeOf.keys()).filter((item) => placeOf[item] === 0);
  if (held.length === itemCount) return invertRidged(engine, matrix, ridge);

  const inverse = allocateDense(engine, itemCount, itemCount);
  const mark = engine.memory.mark();
  held.forEach((item, place) => (placeOf[item] = place));
  const colIdx = matrix.colIdx.map((item) => placeOf[item]);
  const part = invertRidged(engine, { ...matrix, colCount: held.length, colIdx }, ridge);
  const [from, to] = [viewDense(engine, part), viewDense(engine, inverse)];
  for (let item = 0; item < itemCount; item++) to[item * inverse.stride + item] = 1 / ridge;
  for (let row = 0; row < held.length; row++) {
    const [source, target] = [row * part.stride, held[row] * inverse.stride];
    for (let column = 0; column < held.length; column++) to[target + held[column]] = from[source + column];
  }
  engine.memory.release(mark);
  return inverse;
}

function invertRidged(engine: KernelEngine, matrix: Interactions, ridge: number): DenseBlock {
  const gram = gramMatrix(engine, matrix);
  const cells = viewDense(engine, gram);
  for (let item = 0; item < matrix.colCount; item++) cells[item * gram.stride + item] += ridge;
  invertSpdInPlace(engine, gram);
  return gram;
}

/**
 * sign(b)·|b|^power. Regression spreads the credit for an item over many weak weights, which are mostly noise of the sample: a power
 * of about 1.25 takes them back without cutting any off.
 */
export function sharpenWeight(weight: number, power: number): number {
  return power === 1 ? weight : Math.sign(weight) * Math.abs(weight) ** power;
}

/** X̃ = D_u^−a·X·D_i^−b with its item factors D_i^−b, and λ = ratio · mean over items of Σ_u x̃_ui². */
export function normaliseForEase(
  train: Interactions,
  params: EaseParams,
): { matrix: Interactions; itemFactor: Float64Array; ridge: number } {
  if (!(params.ridgeRatio > 0)) {
    throw fail("ALGORITHM_INPUT_INVALID", `ridgeRatio is ${params.ridgeRatio}; give a number above 0.`);
  }
  requireBetween(params.weightPower ?? 1, 0.25, 4, "weightPower");
  const itemFactor = powers(columnSums(train), -params.itemPower);
  const matrix = scaleSparse(train, powers(rowSums(train), -params.userPower), itemFactor);
  const squares = matrix.values.reduce((sum, value) => sum + value * value, 0);
  return { matrix, itemFactor, ridge: (params.ridgeRatio * squares) / train.colCount };
}
