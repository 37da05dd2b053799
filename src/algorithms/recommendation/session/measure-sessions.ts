import type { SessionScorer } from "./fit-session-knn.ts";

/** What a session clicked, newest last, and what it clicked next. */
export interface SessionCase {
  readonly prefix: ArrayLike<number>;
  readonly next: number;
}

/** For each case: 1 where the next item is in the first k (the field's P@k), and 1 / its rank there, else 0. */
export function measureSessions(
  score: SessionScorer,
  cases: readonly SessionCase[],
  k: number,
): { hit: Float64Array; reciprocalRank: Float64Array } {
  const hit = new Float64Array(cases.length);
  const reciprocalRank = new Float64Array(cases.length);
  cases.forEach(({ prefix, next }, index) => {
    const rank = score(prefix, k).items.indexOf(next);
    if (rank < 0) return;
    hit[index] = 1;
    reciprocalRank[index] = 1 / (rank + 1);
  });
  return { hit, reciprocalRank };
}
