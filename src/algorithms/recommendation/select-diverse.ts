import type { ItemNeighbours } from "./item-neighbours.ts";

export interface DiverseRequest {
  /** Item numbers, `size` of them, no repeats. */
  readonly items: Int32Array;
  /** How much each is wanted, 0 to 1. */
  readonly relevance: Float64Array;
  readonly size: number;
  /** Picks at most. */
  readonly n: number;
  /** 0 picks by relevance alone, 1 by difference alone: λ of the paper is 1 − diversity. */
  readonly diversity: number;
  /** Picks of one category at most; Infinity for no cap. */
  readonly maxPerCategory: number;
  /** Items shown already, which count for the cap. */
  readonly shown: ArrayLike<number>;
}

/**
 * Makes a selector that re-ranks candidates by maximal marginal relevance and caps categories.
 *
 * Each pick maximises (1 − diversity) · relevance − diversity · max similarity to the picks so far; equal values keep the
 * earlier candidate. Similarity of i to j is the neighbour score of j under i over the best score under i, 0 where j is no
 * neighbour. Candidates of full categories are skipped; −1 is no category and has no cap.
 *
 * Input: neighbours (best first in each row), `category` by item. Output: positions in `items`, in picking order, in an array
 * that the next call overwrites.
 * `size` is at most 65,535. Time O(n · (size + neighbours of an item)), memory O(items) once; one selector serves one thread.
 * Source: Carbonell and Goldstein, "The use of MMR" (SIGIR 1998).
 */
export function createDiverseSelector(
  neighbours: ItemNeighbours,
  category: Int32Array,
): (request: DiverseRequest) => Int32Array {
  const { rowPtr, neighbour, score, itemCount } = neighbours;
  /** By item: 1 + position among the candidates that may still be picked. */
  const placeOf = new Uint16Array(itemCount);
  let categories = 0;
  for (let item = 0; item < category.length; item++) categories = Math.max(categories, category[item] + 1);
  /** Shown and picked so far, by category; all 0 between calls. */
  const counts = new Int32Array(categories);
  let room = 0;
  let scratch = allotScratch(0);

  return ({ items, relevance, size, n, diversity, maxPerCategory, shown }) => {
    if (size > room) {
      room = size;
      scratch = allotScratch(size);
    }
    const { similarity, value, ceiling, picks } = scratch;
    for (let i = 0; i < shown.length; i++) if (category[shown[i]] >= 0) counts[category[shown[i]]]++;
    const share = 1 - diversity;
    for (let at = size - 1, highest = -Infinity; at >= 0; at--) {
      placeOf[items[at]] = at + 1;
      similarity[at] = 0;
      value[at] = share * relevance[at];
      highest = Math.max(highest, value[at]);
      ceiling[at] = highest;
    }

    let count = 0;
    /** Nothing before it can be picked any more. */
    let first = 0;
    const most = Math.min(n, size);
    while (count < most) {
      let best = -1;
      let bestValue = -Infinity;
      while (first < size && value[first] === -Infinity) first++;
      for (let at = first; at < size && ceiling[at] > bestValue; at++) {
        if (value[at] > bestValue) {
          best = at;
          bestValue = value[at];
        }
      }
      if (best < 0) break;
      value[best] = -Infinity;
      const item = items[best];
      placeOf[item] = 0;
      const own = category[item];
      if (own >= 0) {
        if (counts[own] >= maxPerCategory) continue;
        counts[own]++;
      }
      picks[count++] = best;
      if (diversity === 0 || count === most) continue;
      const from = rowPtr[item];
      const end = rowPtr[item + 1];
      for (let at = from; at < end; at++) {
        const place = placeOf[neighbour[at]];
        if (place === 0) continue;
        const likeness = score[at] / score[from];
        if (likeness <= similarity[place - 1]) continue;
        similarity[place - 1] = likeness;
        value[place - 1] = share * relevance[place - 1] - diversity * likeness;
      }
    }
    for (let at = 0; at < size; at++) placeOf[items[at]] = 0;
    for (let i = 0; i < shown.length; i++) if (category[shown[i]] >= 0) counts[category[shown[i]]] = 0;
    for (let rank = 0; rank < count; rank++) {
      const own = category[items[picks[rank]]];
      if (own >= 0) counts[own] = 0;
    }
    return picks.subarray(0, count);
  };
}

function allotScratch(size: number) {
  return {
    similarity: new Float64Array(size),
    /** What each is worth as the next pick; −∞ once it is picked or passed over. */
    value: new Float64Array(size),
    /** The highest value that any from here on began with: none of them is worth more later. */
    ceiling: new Float64Array(size),
    picks: new Int32Array(size),
  };
}
