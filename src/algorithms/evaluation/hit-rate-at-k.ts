/** 1 when any relevant item is among the first k of the ranking, else 0. O(k). */
export function hitRateAtK(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  for (let rank = 0; rank < Math.min(k, ranked.length); rank++) if (relevant.has(ranked[rank])) return 1;
  return 0;
}
