import type { Incidence } from "../../sparse/incidence.ts";

/** One number a user, in the order of the users measured. */
export interface RankingMeasures {
  /** Row of each measured user: those with anything to find. */
  readonly users: Int32Array;
  readonly recall: Float64Array;
  readonly ndcg: Float64Array;
  readonly precision: Float64Array;
  readonly reciprocalRank: Float64Array;
}

/**
 * Measures the first k of each row of `items` (row-major, `keep` places a row, −1 for none) against the items that row
 * should find: recall = hits / |relevant|, NDCG with binary relevance and an ideal list of min(k, |relevant|), precision
 * = hits / k, reciprocal rank of the first hit. Rows with nothing to find are left out. O(users·k).
 * The definitions of recallAtK, ndcgAtK and reciprocalRankAtK, for many users at once.
 */
export function measureRanking(items: Int32Array, keep: number, relevant: Incidence, k: number): RankingMeasures {
  const users: number[] = [];
  const [recall, ndcg, precision, reciprocalRank]: number[][] = [[], [], [], []];
  const mark = new Int32Array(relevant.colCount).fill(-1);
  const discounts = Float64Array.from({ length: k }, (_, rank) => 1 / Math.log2(rank + 2));
  for (let user = 0; user < relevant.rowCount; user++) {
    const wanted = relevant.rowPtr[user + 1] - relevant.rowPtr[user];
    if (wanted === 0) continue;
    for (let at = relevant.rowPtr[user]; at < relevant.rowPtr[user + 1]; at++) mark[relevant.colIdx[at]] = user;
    let hits = 0;
    let gain = 0;
    let ideal = 0;
    let first = 0;
    for (let rank = 0; rank < k; rank++) {
      if (rank < wanted) ideal += discounts[rank];
      const item = rank < keep ? items[user * keep + rank] : -1;
      if (item < 0 || mark[item] !== user) continue;
      hits++;
      gain += discounts[rank];
      if (first === 0) first = rank + 1;
    }
    users.push(user);
    recall.push(hits / wanted);
    ndcg.push(gain / ideal);
    precision.push(hits / k);
    reciprocalRank.push(first === 0 ? 0 : 1 / first);
  }
  return {
    users: Int32Array.from(users),
    recall: Float64Array.from(recall),
    ndcg: Float64Array.from(ndcg),
    precision: Float64Array.from(precision),
    reciprocalRank: Float64Array.from(reciprocalRank),
  };
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return values.length === 0 ? 0 : sum / values.length;
}
