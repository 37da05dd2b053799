import type { Rng } from "../../../core/rng.ts";
import { allocateDense, viewDense } from "../../kernels/dense-block.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { multiplyPacked, type PackedFactor } from "../../kernels/multiply-dense.ts";
import { truncatedSvd } from "../../kernels/truncated-svd.ts";
import { scaleSparse } from "../../sparse/sparse-matrix.ts";
import { columnSums, powers, rowSums } from "./degrees.ts";
import { fitItemKnn, type ItemKnnParams } from "./fit-item-knn.ts";
import type { FittedModel, Interactions } from "./fitted-model.ts";

export interface GraphFilterParams {
  /** Singular vectors of the ideal low-pass filter. */
  readonly rank: number;
  /** Weight of the low-pass part beside the linear one. */
  readonly lowPassWeight: number;
  /** The low-pass part weighs singular vector k by (σ_k / σ_1)^spectralPower; 0 is the ideal filter of the paper. */
  readonly spectralPower: number;
  /** Powers of the degrees in the normalised matrix; ½ in the paper. */
  readonly userPower: number;
  readonly itemPower: number;
}

/** Neighbours of the linear part: enough that cutting changes nothing measurable. */
const LINEAR_KEEP = 1000;
/** Passes of the power iteration. */
const SVD_ITERATIONS = 6;

/**
 * Graph filter (GF-CF): with X̃ = D_u^−a·X·D_i^−b, a history x scores x·(X̃ᵀX̃ + α·D_i^−b·V·f(σ)·Vᵀ·D_i^b): a linear filter plus
 * a low-pass filter on the leading right singular vectors V.
 *
 * Input: interactions users × items. Output: a model with exact fold-in. Time O(Σ_user entries² + 6·(entries·rank +
 * items·rank²)), memory items·(2·rank + 2,000) cells.
 * Source: Shen et al., "How Powerful is Graph Convolution for Recommendation?" (CIKM 2021); the weighted spectrum after
 * Peng et al., SGFCF (KDD 2024). Departure: the linear part keeps the 1,000 strongest neighbours of an item.
 */
export function fitGraphFilter(
  engine: KernelEngine,
  train: Interactions,
  params: GraphFilterParams,
  rng: Rng,
): FittedModel {
  const { memory } = engine;
  const itemCount = train.colCount;
  const degrees = columnSums(train);
  const linear = fitItemKnn(engine, train, linearPart(params));

  const down = powers(degrees, -params.itemPower);
  const up = powers(degrees, params.itemPower);
  const normalised = scaleSparse(train, powers(rowSums(train), -params.userPower), down);
  const svd = truncatedSvd(engine, normalised, { rank: params.rank, iterations: SVD_ITERATIONS }, rng);
  const rank = svd.singularValues.length;

  const encoder = allocateDense(engine, itemCount, rank);
  const packed: PackedFactor = {
    address: memory.allocate(encoder.stride * encoder.paddedRows),
    depth: encoder.stride,
    columns: encoder.paddedRows,
  };
  const encoderCells = viewDense(engine, encoder);
  const decoder = memory.floats(packed.address, packed.depth * packed.columns);
  for (let item = 0; item < itemCount; item++) {
    for (let k = 0; k < rank; k++) {
      const value = svd.rightVectors[item * rank + k];
      const gain = params.lowPassWeight * (svd.singularValues[k] / svd.singularValues[0]) ** params.spectralPower;
      encoderCells[item * encoder.stride + k] = value * down[item];
      // The layout of packFactor: panels of 8 columns, depth by depth.
      decoder[(item >> 3) * packed.depth * 8 + k * 8 + (item & 7)] = value * gain * up[item];
    }
  }

  return {
    name: "graph-filter",
    itemCount,
    addScores(histories, firstRow, rows, out) {
      linear.addScores(histories, firstRow, rows, out);
      const mark = memory.mark();
      const spectrum = allocateDense(engine, rows, rank);
      const entries = [histories.rowPtr, histories.colIdx, histories.values, firstRow, rows];
      const target = [encoder.address, encoder.stride, encoder.stride, spectrum.address, spectrum.stride];
      engine.run("sparseTimesDenseChunk", Math.ceil(rows / 8), ...entries, ...target);
      multiplyPacked(engine, { ...spectrum, rows }, packed, out);
      memory.release(mark);
    },
  };
}

/** X̃ᵀX̃ as item kNN: Σ_u x_ui·x_uj·d_u^−2a / (d_i^b · d_j^b). */
function linearPart(params: GraphFilterParams): ItemKnnParams {
  return {
    keep: LINEAR_KEEP,
    side: "target",
    userPower: 2 * params.userPower,
    historyPower: params.itemPower,
    targetPower: params.itemPower,
    norm: "degree",
    shrink: 0,
    weighting: "none",
  };
}
