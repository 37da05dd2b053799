import {
  fitSessionKnn,
  type SessionKnnParams,
  type SessionScorer,
} from "../../../algorithms/recommendation/session/fit-session-knn.ts";
import { collectSessions, packSessions } from "../../sessions/collect-sessions.ts";
import type { ReleaseCatalogue } from "./release-catalogue.ts";

/**
 * Ranks what visitors with sessions like this one looked at, with the parameters that the night published. Undefined where it
 * published none. `itemOf`: item number of each row of the views, −1 for items that are never recommended.
 */
export function createSessionRanker(
  views: ReleaseCatalogue["views"],
  itemOf: Int32Array,
  itemCount: number,
  params: SessionKnnParams | undefined,
): SessionScorer | undefined {
  if (params === undefined) return undefined;
  const sessions = collectSessions(views, itemOf);
  return sessions.length === 0 ? undefined : fitSessionKnn(packSessions(sessions, itemCount), params);
}
