import { bootstrapMean, type MeanInterval } from "../../../algorithms/evaluation/bootstrap-mean.ts";
import { fitSessionKnn, SESSION_KNN_DEFAULTS } from "../../../algorithms/recommendation/session/fit-session-knn.ts";
import type { SessionList } from "../../../algorithms/recommendation/session/session-list.ts";
import { createRng } from "../../../core/rng.ts";

const K = 20;
/** Newest sessions judged by: a tenth, within these bounds. */
const [FEWEST_CASES, MOST_CASES] = [30, 500];

/** MRR@20 on the newest sessions, and the gain over popular items with its 95 % interval. */
interface SessionJudgement {
  readonly cases: number;
  readonly mrrAt20: number;
  readonly popularMrrAt20: number;
  readonly gain: MeanInterval;
}

/**
 * Measures V-SKNN, fitted on all but the newest sessions, against the items clicked most in those: each newest session asks for
 * its last click after the ones before. As in serving, what was clicked already is not shown, so a last click that repeats one
 * is no case. Popular items are those of all stores together. `sessions` are at least two clicks each, oldest first. Undefined with fewer than 30 cases.
 * O(clicks + cases · an answer).
 */
export function judgeSessionKnn(
  sessions: readonly (readonly number[])[],
  itemCount: number,
): SessionJudgement | undefined {
  const held = Math.min(MOST_CASES, Math.max(FEWEST_CASES, Math.floor(sessions.length / 10)));
  const train = sessions.slice(0, -held);
  const cases = sessions.slice(-held).filter((clicks) => clicks.indexOf(clicks.at(-1) as number) === clicks.length - 1);
  if (train.length === 0 || cases.length < FEWEST_CASES) return undefined;
  const score = fitSessionKnn(packSessions(train, itemCount), SESSION_KNN_DEFAULTS);
  const clicked = new Float64Array(itemCount);
  for (const item of train.flat()) clicked[item] = (clicked[item] as number) + 1;
  const popular = [...clicked.keys()].filter((item) => clicked[item] !== 0);
  popular.sort((a, b) => (clicked[b] as number) - (clicked[a] as number) || a - b);

  const own = cases.map((clicks) => {
    const prefix = clicks.slice(0, -1);
    return reciprocalRank(score(prefix, K + prefix.length).items, clicks);
  });
  const others = cases.map((clicks) => reciprocalRank(popular.slice(0, K + clicks.length), clicks));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const gains = Float64Array.from(own, (value, at) => value - (others[at] as number));
  return {
    cases: cases.length,
    mrrAt20: mean(own),
    popularMrrAt20: mean(others),
    gain: bootstrapMean(gains, createRng(1)),
  };
}

/** Sessions as one list. */
export function packSessions(sessions: readonly (readonly number[])[], itemCount: number): SessionList {
  const ptr = new Int32Array(sessions.length + 1);
  sessions.forEach((clicks, at) => (ptr[at + 1] = (ptr[at] as number) + clicks.length));
  return { itemCount, ptr, items: Int32Array.from(sessions.flat()) };
}

/** 1 / the rank of the last click among the first 20 that were not clicked before it, else 0. */
function reciprocalRank(ranked: ArrayLike<number>, clicks: readonly number[]): number {
  const next = clicks.at(-1);
  let rank = 0;
  for (let at = 0; at < ranked.length && rank < K; at++) {
    const item = ranked[at] as number;
    if (item === next) return 1 / (rank + 1);
    if (!clicks.includes(item)) rank++;
  }
  return 0;
}
