import type { SessionCase } from "../../algorithms/recommendation/session/measure-sessions.ts";

/** Newest sessions judged by: a tenth, within these bounds. */
const [FEWEST_CASES, MOST_CASES] = [30, 500];

export interface HeldOutSessions {
  /** All but the newest. */
  readonly train: readonly (readonly number[])[];
  /** The last click of each of the newest after the ones before it. */
  readonly cases: readonly SessionCase[];
}

/**
 * Parts off the newest sessions to judge by. As in serving, what was clicked already is not shown, so a last click that repeats
 * one is no case. `sessions` are of at least two clicks, oldest first. Undefined with fewer than 30 cases. O(clicks).
 */
export function holdOutSessions(sessions: readonly (readonly number[])[]): HeldOutSessions | undefined {
  const held = Math.min(MOST_CASES, Math.max(FEWEST_CASES, Math.floor(sessions.length / 10)));
  const train = sessions.slice(0, -held);
  const cases = sessions
    .slice(-held)
    .map((clicks) => ({ prefix: clicks.slice(0, -1), next: clicks.at(-1) as number }))
    .filter(({ prefix, next }) => !prefix.includes(next));
  return train.length === 0 || cases.length < FEWEST_CASES ? undefined : { train, cases };
}
