import type { SessionScorer } from "../../algorithms/recommendation/session/fit-session-knn.ts";

/** Ranks the items clicked most in all sessions, whatever the prefix, without those in it: the naive answer to a session. */
export function rankPopularClicks(sessions: readonly (readonly number[])[], itemCount: number): SessionScorer {
  const clicked = new Float32Array(itemCount);
  for (const item of sessions.flat()) clicked[item] = (clicked[item] as number) + 1;
  const popular = [...clicked.keys()].filter((item) => clicked[item] !== 0);
  popular.sort((a, b) => (clicked[b] as number) - (clicked[a] as number) || a - b);
  return (prefix, n) => {
    const known = new Set(Array.from(prefix));
    const items = Int32Array.from(
      popular
        .slice(0, n + known.size)
        .filter((item) => !known.has(item))
        .slice(0, n),
    );
    return { items, scores: Float32Array.from(items, (item) => clicked[item] as number) };
  };
}
