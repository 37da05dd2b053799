import {
  fitSessionKnn,
  SESSION_KNN_DEFAULTS,
  type SessionScorer,
} from "../../../algorithms/recommendation/session/fit-session-knn.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";

/** Fewer sessions say less than what is bought together. */
const FEWEST_SESSIONS = 100;
const LONGEST_SESSION = 50;

/** Ranks what visitors with sessions like this one looked at, or undefined where the release has too few sessions. */
export function createSessionRanker(
  views: ReleaseCatalogue["views"],
  itemOf: Int32Array,
  itemCount: number,
): SessionScorer | undefined {
  const bySession = new Map<string, number[]>();
  itemOf.forEach((item, row) => {
    if (item < 0) return;
    const key = `${views.store[row] as string}\n${views.session[row] as string}`;
    const clicks = bySession.get(key);
    if (clicks === undefined) bySession.set(key, [item]);
    else if (clicks.length < LONGEST_SESSION && clicks.at(-1) !== item) clicks.push(item);
  });
  const sessions = [...bySession.values()].filter((clicks) => clicks.length > 1);
  if (sessions.length < FEWEST_SESSIONS) return undefined;
  const ptr = new Int32Array(sessions.length + 1);
  sessions.forEach((clicks, at) => (ptr[at + 1] = (ptr[at] as number) + clicks.length));
  return fitSessionKnn({ itemCount, ptr, items: Int32Array.from(sessions.flat()) }, SESSION_KNN_DEFAULTS);
}
