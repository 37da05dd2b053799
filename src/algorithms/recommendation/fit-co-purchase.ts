import type { Incidence } from "../sparse/incidence.ts";
import { transposeIncidence } from "../sparse/incidence.ts";
import { selectTopK } from "../selection/select-top-k.ts";
import { requireBetween, requireInteger } from "../require-numbers.ts";
import type { ItemNeighbours } from "./item-neighbours.ts";

/** What pairs are counted by. */
export interface PairParams {
  /** Neighbours kept per item, 1 to 1000. */
  readonly neighbours: number;
  /** A group of n items speaks with the weight n^−groupExponent; 0 counts each group alike. In [0, 2]. */
  readonly groupExponent: number;
  /** Groups of more items are left out: a wholesaler's thousand lines say nothing about what goes together. */
  readonly maxGroupSize: number;
}

/** What counted pairs are divided by. */
export interface PairNorm {
  /** How strongly the neighbour's own popularity is divided out: 0 not at all, 0.5 cosine, 1 lift. In [0, 1]. */
  readonly popularityExponent: number;
  /** Added to the denominator, in units of group weight: pulls pairs of rarely bought items towards 0. At least 0. */
  readonly shrinkage: number;
}

export interface CoPurchaseParams extends PairParams, PairNorm {}

/**
 * Item-to-item similarity from what is bought together.
 *
 * With group weights w_u = |u|^−a, pair counts c_ij = Σ_{u ∋ i,j} w_u and item counts n_i = c_ii the score of the
 * neighbour j of item i is
 *
 *     s_ij = c_ij / ((n_i + h)^(1 − b) · (n_j + h)^b)
 *
 * with a = groupExponent, b = popularityExponent, h = shrinkage: b = 0 is the conditional probability P(j | i), b = ½
 * the cosine; both shrunk.
 *
 * Input: groups × items; `candidates[j] = 0` keeps item j out of every list (it can still be a history item).
 * Output: per item at most `neighbours` items, by score and then by smaller index.
 * Time O(Σ_u |u|² + pairs · log k), memory O(items · k + items).
 * Source: Sarwar et al. (2001); group normalisation after Aiolli (2013), whose asymmetric cosine is this without h.
 * Errors: `ALGORITHM_INPUT_INVALID` for a parameter out of its range.
 */
export function fitCoPurchase(
  groups: Incidence,
  groupWeights: Float64Array,
  candidates: Uint8Array,
  params: CoPurchaseParams,
): ItemNeighbours {
  return fitCoPurchases(groups, groupWeights, candidates, params, [params])[0];
}

/**
 * The same under each of several norms, in their order. Pairs, which cost most, are counted once for all.
 * Time O(Σ_u |u|² + norms · pairs · log k), memory O(norms · items · k + items).
 */
export function fitCoPurchases(
  groups: Incidence,
  groupWeights: Float64Array,
  candidates: Uint8Array,
  params: PairParams,
  norms: readonly PairNorm[],
): ItemNeighbours[] {
  const { neighbours, groupExponent, maxGroupSize } = params;
  requireInteger(neighbours, 1, 1000, "neighbours");
  requireBetween(groupExponent, 0, 2, "groupExponent");
  requireInteger(maxGroupSize, 2, 2 ** 30, "maxGroupSize");
  for (const { popularityExponent, shrinkage } of norms) {
    requireBetween(popularityExponent, 0, 1, "popularityExponent");
    requireBetween(shrinkage, 0, 1e9, "shrinkage");
  }

  const itemCount = groups.colCount;
  const weights = dampGroups(groups, groupWeights, groupExponent, maxGroupSize);
  const buyers = transposeIncidence(groups);
  const popularity = sumWeights(buyers, weights);
  const pairWeight = new Float64Array(itemCount);
  const pairSupport = new Int32Array(itemCount);
  const touched = new Int32Array(itemCount);
  const lists = norms.map((norm) => createLists(itemCount, neighbours, popularity, norm));

  for (let item = 0; item < itemCount; item++) {
    const count = countPairs(item, groups, buyers, weights, pairWeight, pairSupport, touched);
    // What cannot be a neighbour is put behind what can.
    let usable = 0;
    for (let t = 0; t < count; t++) {
      const other = touched[t];
      if (other === item || candidates[other] === 0) continue;
      touched[t] = touched[usable];
      touched[usable++] = other;
    }
    for (const list of lists) list.add(item, touched.subarray(0, usable), pairWeight, pairSupport);
    for (let t = 0; t < count; t++) {
      pairWeight[touched[t]] = 0;
      pairSupport[touched[t]] = 0;
    }
  }
  return lists.map((list) => list.close());
}

/** Neighbour lists under one norm, item after item. */
interface GrowingLists {
  /** The best of the items `others`, whose pairs with `item` weigh and are as many as the arrays say, by item. */
  add(item: number, others: Int32Array, pairWeight: Float64Array, pairSupport: Int32Array): void;
  close(): ItemNeighbours;
}

function createLists(
  itemCount: number,
  neighbours: number,
  popularity: Float64Array,
  { popularityExponent, shrinkage }: PairNorm,
): GrowingLists {
  const targetNorm = popularity.map((count) => (count + shrinkage) ** popularityExponent);
  const scores = new Float64Array(itemCount);
  const rowPtr = new Int32Array(itemCount + 1);
  const neighbour = new Int32Array(itemCount * neighbours);
  const score = new Float32Array(itemCount * neighbours);
  const support = new Int32Array(itemCount * neighbours);
  let length = 0;
  return {
    add: (item, others, pairWeight, pairSupport) => {
      const sourceNorm = (popularity[item] + shrinkage) ** (1 - popularityExponent);
      for (let at = 0; at < others.length; at++) {
        const other = others[at];
        scores[other] = pairWeight[other] / (sourceNorm * targetNorm[other]);
      }
      for (const other of selectTopK(scores, others, neighbours)) {
        neighbour[length] = other;
        score[length] = scores[other];
        support[length++] = pairSupport[other];
      }
      rowPtr[item + 1] = length;
    },
    close: () => ({
      itemCount,
      rowPtr,
      neighbour: neighbour.slice(0, length),
      score: score.slice(0, length),
      support: support.slice(0, length),
    }),
  };
}

/** The given weights divided by size^exponent; 0 for groups of too many items. */
function dampGroups(
  groups: Incidence,
  groupWeights: Float64Array,
  exponent: number,
  maxGroupSize: number,
): Float64Array {
  return groupWeights.map((weight, group) => {
    const size = groups.rowPtr[group + 1] - groups.rowPtr[group];
    return size === 0 || size > maxGroupSize ? 0 : weight * size ** -exponent;
  });
}

function sumWeights(buyers: Incidence, weights: Float64Array): Float64Array {
  const sums = new Float64Array(buyers.rowCount);
  for (let item = 0; item < buyers.rowCount; item++) {
    for (let at = buyers.rowPtr[item]; at < buyers.rowPtr[item + 1]; at++) sums[item] += weights[buyers.colIdx[at]];
  }
  return sums;
}

/** Adds up the weight and number of groups that `item` shares with each other item; returns how many were touched. */
function countPairs(
  item: number,
  groups: Incidence,
  buyers: Incidence,
  weights: Float64Array,
  pairWeight: Float64Array,
  pairSupport: Int32Array,
  touched: Int32Array,
): number {
  let touchedCount = 0;
  for (let at = buyers.rowPtr[item]; at < buyers.rowPtr[item + 1]; at++) {
    const group = buyers.colIdx[at];
    const weight = weights[group];
    if (weight === 0) continue;
    const end = groups.rowPtr[group + 1];
    for (let entry = groups.rowPtr[group]; entry < end; entry++) {
      const other = groups.colIdx[entry];
      if (pairSupport[other]++ === 0) touched[touchedCount++] = other;
      pairWeight[other] += weight;
    }
  }
  return touchedCount;
}
