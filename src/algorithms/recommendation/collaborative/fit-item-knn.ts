import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { loadSparse } from "../../kernels/sparse-block.ts";
import { scaleSparse, transposeSparse, type SparseMatrix } from "../../sparse/sparse-matrix.ts";
import { transposedOf } from "../../sparse/transposed-of.ts";
import { columnSums, powers, rowSums } from "./degrees.ts";
import type { FittedModel, Interactions } from "./fitted-model.ts";
import { weighByBm25 } from "./weigh-by-bm25.ts";

export interface ItemKnnParams {
  /** Neighbours kept an item. */
  readonly keep: number;
  /** Whose neighbours: "history" keeps the best targets of each history item, "target" the best sources of each target. */
  readonly side: "history" | "target";
  /** A user counts (own interactions)^−userPower in every pair: 0 plain cosine, 1 as in RP3beta. */
  readonly userPower: number;
  /** The similarity is divided by (norm of the history item)^historyPower · (norm of the target)^targetPower. */
  readonly historyPower: number;
  readonly targetPower: number;
  /** "self": an item's norm is its weighted pair with itself, so powers of ½ give the cosine. "degree": its interactions. */
  readonly norm: "self" | "degree";
  /** Similarities built on c shared users are multiplied by c / (c + shrink). */
  readonly shrink: number;
  /** Weighting of the entries before all that. */
  readonly weighting: "none" | "bm25";
}

/** Presets by the names the field uses. */
export const KNN_COSINE: ItemKnnParams = {
  keep: 100,
  side: "target",
  userPower: 0.5,
  historyPower: 0.5,
  targetPower: 0.5,
  norm: "self",
  shrink: 0,
  weighting: "none",
};
export const KNN_RP3_BETA: ItemKnnParams = {
  keep: 200,
  side: "history",
  userPower: 1,
  historyPower: 1,
  targetPower: 0.4,
  norm: "degree",
  shrink: 0,
  weighting: "none",
};
export const KNN_BM25: ItemKnnParams = {
  keep: 100,
  side: "history",
  userPower: 0,
  historyPower: 0,
  targetPower: 0,
  norm: "degree",
  shrink: 0,
  weighting: "bm25",
};

/**
 * Item-based nearest neighbours: S_ij = Σ_u x_ui·x_uj·d_u^−p / (n_i^h · n_j^t), shrunk, the best `keep` of each item
 * kept; a history scores x·S.
 *
 * Input: interactions users × items. Output: a model with exact fold-in and explanations.
 * Time O(Σ_user entries²), memory keep·items pairs plus three cells an item and thread.
 * Source: Sarwar et al. (WWW 2001) for item kNN; Paudel et al. (TiiS 2016) for RP3beta; Robertson and Zaragoza (2009) for BM25.
 */
export function fitItemKnn(engine: KernelEngine, train: Interactions, params: ItemKnnParams): FittedModel {
  return scoreBySimilarity(engine, "item-knn", similarItems(engine, train, params));
}

/** The model that scores a history x as x·S, S with a row for each history item. S is loaded into the engine's memory. */
export function scoreBySimilarity(engine: KernelEngine, name: string, similarity: SparseMatrix): FittedModel {
  const block = loadSparse(engine, similarity);
  return {
    name,
    itemCount: similarity.colCount,
    addScores(histories, firstRow, rows, out) {
      engine.run(
        "sparseTimesSparseChunk",
        Math.ceil(rows / 8),
        histories.rowPtr,
        histories.colIdx,
        histories.values,
        firstRow,
        rows,
        block.rowPtr,
        block.colIdx,
        block.values,
        out.address,
        out.stride,
      );
    },
    explain(history, item) {
      return Float64Array.from(history, (known) => {
        for (let at = similarity.rowPtr[known]; at < similarity.rowPtr[known + 1]; at++) {
          if (similarity.colIdx[at] === item) return similarity.values[at];
        }
        return 0;
      });
    },
  };
}

/** The sparse matrix S: row = history item, columns = targets. Nothing stays in the engine's memory. */
export function similarItems(engine: KernelEngine, train: Interactions, params: ItemKnnParams): SparseMatrix {
  const itemCount = train.colCount;
  const weighted = params.weighting === "bm25" ? weighByBm25(train) : train;
  const userWeight = powers(rowSums(train), -params.userPower);
  const norms = params.norm === "degree" ? columnSums(train) : selfProducts(weighted, userWeight);
  const ones = new Float64Array(itemCount).fill(1);
  const historyFactor = powers(norms, -params.historyPower);
  const targetFactor = powers(norms, -params.targetPower);
  const byHistory = params.side === "history";

  const { memory } = engine;
  const mark = memory.mark();
  const items = loadSparse(engine, transposedOf(weighted));
  const users = loadSparse(engine, scaleSparse(weighted, userWeight, ones));
  const rowScale = memory.allocate(itemCount);
  memory.floats(rowScale, itemCount).set(byHistory ? historyFactor : targetFactor);
  const colScale = memory.allocate(itemCount);
  memory.floats(colScale, itemCount).set(byHistory ? targetFactor : historyFactor);
  const scratch = memory.allocate(3 * itemCount * engine.threadCount);
  const keep = Math.min(params.keep, itemCount);
  const outIdx = memory.reserve(keep * itemCount);
  const outValues = memory.reserve(keep * itemCount);
  const lengths = memory.allocate(itemCount);
  const left = [items.rowPtr, items.colIdx, items.values];
  const right = [users.rowPtr, users.colIdx, users.values];
  const scales = [rowScale, colScale, params.shrink];
  const output = [scratch, outIdx, outValues, lengths];
  engine.run(
    "neighboursChunk",
    Math.ceil(itemCount / 16),
    ...left,
    ...right,
    ...scales,
    itemCount,
    itemCount,
    keep,
    ...output,
  );

  const found = collectRows(
    memory.ints(outIdx, keep * itemCount),
    memory.floats(outValues, keep * itemCount),
    memory.ints(lengths, itemCount),
    keep,
  );
  memory.release(mark);
  return byHistory ? found : transposeSparse(found);
}

/** Σ_u weight_u · x_ui² of each item. */
function selfProducts(matrix: SparseMatrix, userWeight: Float64Array): Float64Array {
  const products = new Float64Array(matrix.colCount);
  for (let user = 0; user < matrix.rowCount; user++) {
    for (let at = matrix.rowPtr[user]; at < matrix.rowPtr[user + 1]; at++) {
      products[matrix.colIdx[at]] += userWeight[user] * matrix.values[at] ** 2;
    }
  }
  return products;
}

/** Rows of `keep` places each, of which lengths[row] are filled, as a compact square matrix. */
function collectRows(idx: Int32Array, values: Float32Array, lengths: Int32Array, keep: number): SparseMatrix {
  const count = lengths.length;
  const rowPtr = new Int32Array(count + 1);
  for (let row = 0; row < count; row++) rowPtr[row + 1] = rowPtr[row] + lengths[row];
  const colIdx = new Int32Array(rowPtr[count]);
  const compact = new Float32Array(rowPtr[count]);
  for (let row = 0; row < count; row++) {
    colIdx.set(idx.subarray(row * keep, row * keep + lengths[row]), rowPtr[row]);
    compact.set(values.subarray(row * keep, row * keep + lengths[row]), rowPtr[row]);
  }
  return { rowCount: count, colCount: count, rowPtr, colIdx, values: compact };
}
