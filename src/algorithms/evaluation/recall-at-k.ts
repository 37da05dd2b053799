/**
 * Share of the relevant items that appear in the first k of a full ranking: hits / |relevant|.
 * The convention of the LightGCN and BARS tables; `relevant` must not be empty. O(k).
 */
export function recallAtK(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  let hits = 0;
  for (let rank = 0; rank < Math.min(k, ranked.length); rank++) if (relevant.has(ranked[rank])) hits++;
  return hits / relevant.size;
}
