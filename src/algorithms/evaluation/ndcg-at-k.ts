/**
 * Normalised discounted cumulative gain of the first k with binary relevance: Σ 1/log2(rank + 1) over hits, divided by
 * its value for an ideal list, which holds min(k, |relevant|) hits. `relevant` must not be empty. O(k).
 * Source: Järvelin and Kekäläinen (2002).
 */
export function ndcgAtK(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  let gain = 0;
  for (let rank = 0; rank < Math.min(k, ranked.length); rank++) {
    if (relevant.has(ranked[rank])) gain += 1 / Math.log2(rank + 2);
  }
  let ideal = 0;
  for (let rank = 0; rank < Math.min(k, relevant.size); rank++) ideal += 1 / Math.log2(rank + 2);
  return gain / ideal;
}
