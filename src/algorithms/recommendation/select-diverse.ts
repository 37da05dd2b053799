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
 * Input: neighbours (best first in each row), `category` by item. Output: positions in `items`, in picking order.
 * Time O(n · (size + neighbours of an item)), memory O(items) once; one selector serves one thread.
 * Source: Carbonell and Goldstein, "The use of MMR" (SIGIR 1998).
 */
export function createDiverseSelector(
  neighbours: ItemNeighbours,
  category: Int32Array,
): (request: DiverseRequest) => Int32Array {
  const { rowPtr, neighbour, score } = neighbours;
  /** 1 + position among the candidates. */
  const placeOf = new Int32Array(neighbours.itemCount);
  return ({ items, relevance, size, n, diversity, maxPerCategory, shown }) => {
    const counts = new Map<number, number>();
    const note = (item: number): void => {
      const own = category[item];
      if (own >= 0) counts.set(own, (counts.get(own) ?? 0) + 1);
    };
    for (let i = 0; i < shown.length; i++) note(shown[i]);
    const similarity = new Float64Array(size);
    /** What each is worth as the next pick; −∞ once it is picked or passed over. */
    const value = new Float64Array(size);
    for (let at = 0; at < size; at++) {
      placeOf[items[at]] = at + 1;
      value[at] = (1 - diversity) * relevance[at];
    }

    const picks = new Int32Array(Math.min(n, size));
    let count = 0;
    while (count < picks.length) {
      let best = -1;
      let bestValue = -Infinity;
      for (let at = 0; at < size; at++) {
        if (value[at] > bestValue) {
          best = at;
          bestValue = value[at];
        }
      }
      if (best < 0) break;
      value[best] = -Infinity;
      const item = items[best];
      const own = category[item];
      if (own >= 0 && (counts.get(own) ?? 0) >= maxPerCategory) continue;
      picks[count++] = best;
      note(item);
      if (diversity === 0) continue;
      const from = rowPtr[item];
      const end = rowPtr[item + 1];
      for (let at = from; at < end; at++) {
        const place = placeOf[neighbour[at]] - 1;
        if (place < 0 || value[place] === -Infinity) continue;
        const likeness = score[at] / score[from];
        if (likeness <= similarity[place]) continue;
        similarity[place] = likeness;
        value[place] = (1 - diversity) * relevance[place] - diversity * likeness;
      }
    }
    for (let at = 0; at < size; at++) placeOf[items[at]] = 0;
    return picks.subarray(0, count);
  };
}
