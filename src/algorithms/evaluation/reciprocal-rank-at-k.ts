/** 1 / rank of the first relevant item within the first k, 0 when there is none; its mean over queries is MRR@k. O(k). */
export function reciprocalRankAtK(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  for (let rank = 0; rank < Math.min(k, ranked.length); rank++) if (relevant.has(ranked[rank])) return 1 / (rank + 1);
  return 0;
}
