import {
  fitSessionKnn,
  SESSION_KNN_DEFAULTS,
  type SessionScorer,
} from "../../../algorithms/recommendation/session/fit-session-knn.ts";
import { judgeSessionKnn, packSessions } from "./judge-session-knn.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";

/** Fewer sessions say less than what is bought together. */
const FEWEST_SESSIONS = 100;
const LONGEST_SESSION = 50;

/**
 * Ranks what visitors with sessions like this one looked at. Undefined where the release has too few sessions, or where on its
 * newest ones the ranker is not better than popular items with the whole interval of the gain.
 */
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
  const judgement = judgeSessionKnn(sessions, itemCount);
  if (judgement === undefined || judgement.gain.low <= 0) return undefined;
  return fitSessionKnn(packSessions(sessions, itemCount), SESSION_KNN_DEFAULTS);
}
