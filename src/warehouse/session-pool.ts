import type { Session } from "./database.ts";

/** A fixed number of sessions, lent to one piece of work each; work waits in line while all are lent. */
export interface SessionPool {
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Closes the sessions as soon as the work under way has ended. */
  close(): Promise<void>;
}

export function createSessionPool(sessions: readonly Session[]): SessionPool {
  const idle = [...sessions];
  const waiting: ((session: Session) => void)[] = [];

  const borrow = async (): Promise<Session> => {
    const session = idle.pop();
    return session ?? new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (session: Session): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(session);
    else next(session);
  };

  return {
    use: async (work) => {
      const session = await borrow();
      try {
        return await work(session);
      } finally {
        giveBack(session);
      }
    },
    close: async () => {
      for (let closed = 0; closed < sessions.length; closed++) (await borrow()).close();
    },
  };
}
