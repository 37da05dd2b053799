/** Sessions as item lists in the order of the clicks: session s holds items[ptr[s] .. ptr[s + 1]). Later sessions are newer. */
export interface SessionList {
  readonly itemCount: number;
  readonly ptr: Int32Array;
  readonly items: Int32Array;
}

export function sessionCount(sessions: SessionList): number {
  return sessions.ptr.length - 1;
}
