import { gramMatrix } from "../../kernels/gram-matrix.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { loadSparse } from "../../kernels/sparse-block.ts";
import { scaleSparse, transposeSparse, type SparseMatrix } from "../../sparse/sparse-matrix.ts";
import { normaliseForEase, sharpenWeight, type EaseParams } from "./fit-ease.ts";
import { KNN_COSINE, scoreBySimilarity, similarItems } from "./fit-item-knn.ts";
import type { FittedModel, Interactions } from "./fitted-model.ts";
import { createTrainMemory } from "./train-memory.ts";

export interface SparseEaseParams extends EaseParams {
  /** Items each item may be regressed on: its nearest by cosine. */
  readonly keep: number;
}

/** Items up to which the dense Gram matrix is made: 0.4 GB. */
const DENSE_GRAM_LIMIT = 10_000;

/** Weights are as many as a shop has room for; nearest items, of which a search tries a few numbers, far less. */
const rememberWeights = createTrainMemory(1);
const rememberNearest = createTrainMemory(4);

/**
 * EASE for catalogues whose items² does not fit: each item is regressed, with the same ridge and normalisation, on its
 * `keep` nearest items by cosine alone. With keep = items − 1 this is EASE.
 *
 * Input: interactions users × items. Output: a model with exact fold-in and explanations.
 * Time O(items·keep·(pairs of an item + keep²)), memory keep·items pairs.
 * Source: Steck (WWW 2019) for the regression; Ning and Karypis, SLIM (ICDM 2011), section on feature selection (fsSLIM)
 * for the neighbours.
 */
export function fitSparseEase(
  engine: KernelEngine,
  train: Interactions,
  params: SparseEaseParams,
  denseGramLimit = DENSE_GRAM_LIMIT,
): FittedModel {
  const regress = (): SparseMatrix => regressItems(engine, train, params, denseGramLimit);
  const similarity = rememberWeights(engine, train, JSON.stringify([params, denseGramLimit]), regress);
  return scoreBySimilarity(engine, "sparse-ease", similarity);
}

/** Row = history item, columns = targets. Nothing stays in the engine's memory. */
function regressItems(
  engine: KernelEngine,
  train: Interactions,
  params: SparseEaseParams,
  denseGramLimit: number,
): SparseMatrix {
  const itemCount = train.colCount;
  const { matrix: normalised, itemFactor, ridge } = normaliseForEase(train, params);
  const near = findNearest(engine, train, params.keep);
  const limit = Math.min(params.keep, itemCount);

  const { memory } = engine;
  const mark = memory.mark();
  const targets = loadSparse(engine, near);
  const items = loadSparse(engine, transposeSparse(normalised));
  // Where all products fit, making them once is far cheaper than summing them anew for each item.
  const gram = itemCount <= denseGramLimit ? gramMatrix(engine, normalised) : { address: 0, stride: 0 };
  const listCells = gram.address === 0 ? train.rowCount + 3 * items.entries : 0;
  const scratchCells = 2 * (limit + 1) * limit + 2 * Math.ceil(listCells / 2);
  const scratch = memory.allocate(scratchCells * engine.threadCount);
  const system = [targets.rowPtr, targets.colIdx, targets.values, items.rowPtr, items.colIdx, items.values, ridge];
  const sizes = [itemCount, train.rowCount, limit, gram.address, gram.stride];
  engine.run("regressChunk", Math.ceil(itemCount / 16), ...system, ...sizes, scratch);
  const weights = memory.floats(targets.values, targets.entries).slice();
  memory.release(mark);

  const inverse = itemFactor.map((factor) => (factor > 0 ? 1 / factor : 0));
  const power = params.weightPower ?? 1;
  const sharp = weights.map((weight) => sharpenWeight(weight, power));
  const byTarget = scaleSparse({ ...near, values: sharp }, inverse, itemFactor);
  return transposeSparse(byTarget);
}

/** Row j: the items that item j is regressed on, its nearest by cosine. Found once for the same interactions. */
function findNearest(engine: KernelEngine, train: Interactions, keep: number): SparseMatrix {
  const find = (): SparseMatrix => transposeSparse(similarItems(engine, train, { ...KNN_COSINE, keep }));
  return rememberNearest(engine, train, String(keep), find);
}
