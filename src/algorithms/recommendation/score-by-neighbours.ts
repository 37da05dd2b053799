import { selectTopK } from "../selection/select-top-k.ts";
import type { ItemNeighbours } from "./item-neighbours.ts";

export interface ScoringRequest {
  /** Items that speak: a basket or a history, in any order. They are not in the result unless `includesGiven`. */
  readonly given: ArrayLike<number>;
  /** How loud each given item speaks; 1 each when missing. */
  readonly weights?: ArrayLike<number> | undefined;
  /** Further items that are never in the result. */
  readonly excluded?: ArrayLike<number> | undefined;
  readonly includesGiven?: boolean | undefined;
  /** By item: not 0 is never in the result. */
  readonly barred?: Uint8Array | undefined;
  /** Results at most. */
  readonly n: number;
}

export interface ScoredItems {
  /** Best first. */
  readonly items: Int32Array;
  readonly scores: Float64Array;
  /** The given item that spoke loudest for each result, and its support. */
  readonly because: Int32Array;
  readonly becauseSupport: Int32Array;
}

/**
 * Makes a scorer of baskets and histories: the score of an item is the weighted sum of its similarities to the given
 * items. It keeps scratch arrays between calls, so one scorer serves one thread; calls do not affect each other.
 * Time O(Σ neighbours of the given items + excluded + n log n) a call, memory O(items) once.
 */
export function createNeighbourScorer(neighbours: ItemNeighbours): (request: ScoringRequest) => ScoredItems {
  const { rowPtr, neighbour, score, support, itemCount } = neighbours;
  const total = new Float64Array(itemCount);
  const loudest = new Float64Array(itemCount);
  const because = new Int32Array(itemCount);
  const becauseSupport = new Int32Array(itemCount);
  const isBarred = new Uint8Array(itemCount);
  const touched = new Int32Array(itemCount);

  const bar = (items: ArrayLike<number>, value: 0 | 1): void => {
    for (let i = 0; i < items.length; i++) isBarred[items[i]] = value;
  };

  return ({ given, weights, excluded = [], includesGiven = false, barred, n }) => {
    if (!includesGiven) bar(given, 1);
    bar(excluded, 1);
    let touchedCount = 0;
    for (let i = 0; i < given.length; i++) {
      const item = given[i];
      const weight = weights === undefined ? 1 : weights[i];
      for (let at = rowPtr[item]; at < rowPtr[item + 1]; at++) {
        const other = neighbour[at];
        if (isBarred[other] === 1 || (barred !== undefined && barred[other] !== 0)) continue;
        const part = score[at] * weight;
        if (total[other] === 0) touched[touchedCount++] = other;
        total[other] += part;
        if (part > loudest[other]) {
          loudest[other] = part;
          because[other] = item;
          becauseSupport[other] = support[at];
        }
      }
    }
    const items = selectTopK(total, touched.subarray(0, touchedCount), n);
    const result: ScoredItems = {
      items,
      scores: Float64Array.from(items, (item) => total[item]),
      because: Int32Array.from(items, (item) => because[item]),
      becauseSupport: Int32Array.from(items, (item) => becauseSupport[item]),
    };
    for (let t = 0; t < touchedCount; t++) {
      total[touched[t]] = 0;
      loudest[touched[t]] = 0;
    }
    bar(given, 0);
    bar(excluded, 0);
    return result;
  };
}
