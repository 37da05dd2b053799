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
 * Who spoke loudest is looked up for the results alone, in a second pass: the first one, which sees every neighbour, does
 * nothing but add.
 * Time O(Σ neighbours of the given items + excluded + n log n) a call, memory O(items) once.
 */
export function createNeighbourScorer(neighbours: ItemNeighbours): (request: ScoringRequest) => ScoredItems {
  const { rowPtr, neighbour, score, itemCount } = neighbours;
  const total = new Float64Array(itemCount);
  const isBarred = new Uint8Array(itemCount);
  const touched = new Int32Array(itemCount);
  /** 1 + rank of each result. */
  const rankOf = new Int32Array(itemCount);

  const bar = (items: ArrayLike<number>, value: 0 | 1): void => {
    for (let i = 0; i < items.length; i++) isBarred[items[i]] = value;
  };

  return ({ given, weights, excluded = [], includesGiven = false, barred, n }) => {
    let additions = 0;
    for (let i = 0; i < given.length; i++) additions += rowPtr[given[i] + 1] - rowPtr[given[i]];
    // Where most items are touched anyway, noting which costs more than looking at all of them.
    const isDense = additions > itemCount / 2;
    let touchedCount = 0;
    for (let i = 0; i < given.length; i++) {
      const weight = weights === undefined ? 1 : weights[i];
      const from = rowPtr[given[i]];
      const end = rowPtr[given[i] + 1];
      if (isDense) {
        for (let at = from; at < end; at++) total[neighbour[at]] += score[at] * weight;
        continue;
      }
      for (let at = from; at < end; at++) {
        const other = neighbour[at];
        const before = total[other];
        if (before === 0) touched[touchedCount++] = other;
        total[other] = before + score[at] * weight;
      }
    }
    if (isDense) {
      for (let item = 0; item < itemCount; item++) if (total[item] !== 0) touched[touchedCount++] = item;
    }
    if (!includesGiven) bar(given, 1);
    bar(excluded, 1);
    let open = 0;
    for (let t = 0; t < touchedCount; t++) {
      const item = touched[t];
      const isOpen = isBarred[item] === 0 && (barred === undefined || barred[item] === 0);
      if (isOpen) {
        touched[t] = touched[open];
        touched[open++] = item;
      }
    }
    const items = selectTopK(total, touched.subarray(0, open), n);
    const scores = Float64Array.from(items, (item) => total[item]);
    for (let t = 0; t < touchedCount; t++) total[touched[t]] = 0;
    bar(given, 0);
    bar(excluded, 0);
    return { items, scores, ...findLoudest(neighbours, given, weights, items, rankOf) };
  };
}

/** For each result the given item with the greatest part in its score, the first among equals. `rankOf` is all 0. */
function findLoudest(
  { rowPtr, neighbour, score, support }: ItemNeighbours,
  given: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  items: Int32Array,
  rankOf: Int32Array,
): Pick<ScoredItems, "because" | "becauseSupport"> {
  const because = new Int32Array(items.length);
  const becauseSupport = new Int32Array(items.length);
  const loudest = new Float64Array(items.length);
  for (let rank = 0; rank < items.length; rank++) rankOf[items[rank]] = rank + 1;
  for (let i = 0; i < given.length; i++) {
    const item = given[i];
    const weight = weights === undefined ? 1 : weights[i];
    const end = rowPtr[item + 1];
    for (let at = rowPtr[item]; at < end; at++) {
      const rank = rankOf[neighbour[at]] - 1;
      if (rank < 0) continue;
      const part = score[at] * weight;
      if (part > loudest[rank]) {
        loudest[rank] = part;
        because[rank] = item;
        becauseSupport[rank] = support[at];
      }
    }
  }
  for (let rank = 0; rank < items.length; rank++) rankOf[items[rank]] = 0;
  return { because, becauseSupport };
}
