import type { SessionList } from "../../algorithms/recommendation/session/session-list.ts";

/** Clicks of a session that are kept; a longer one is a robot's or says no more. */
const LONGEST_SESSION = 50;

/** Which session of which store each event belongs to, oldest event first. */
export interface SessionEvents {
  readonly store: readonly string[];
  readonly session: readonly string[];
}

/**
 * The clicks of each session in their order, sessions by their first event: repeated clicks on the same item in a row count
 * once, sessions of a single item teach nothing and are left out. `itemOf` is the item of each event, −1 to leave it out. O(events).
 */
export function collectSessions({ store, session }: SessionEvents, itemOf: ArrayLike<number>): number[][] {
  const bySession = new Map<string, number[]>();
  for (let row = 0; row < itemOf.length; row++) {
    const item = itemOf[row] as number;
    if (item < 0) continue;
    const key = `${store[row] as string}\n${session[row] as string}`;
    const clicks = bySession.get(key);
    if (clicks === undefined) bySession.set(key, [item]);
    else if (clicks.length < LONGEST_SESSION && clicks.at(-1) !== item) clicks.push(item);
  }
  return [...bySession.values()].filter((clicks) => clicks.length > 1);
}

/** Sessions as one list. */
export function packSessions(sessions: readonly (readonly number[])[], itemCount: number): SessionList {
  const ptr = new Int32Array(sessions.length + 1);
  sessions.forEach((clicks, at) => (ptr[at + 1] = (ptr[at] as number) + clicks.length));
  return { itemCount, ptr, items: Int32Array.from(sessions.flat()) };
}
