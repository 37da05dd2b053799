import { expect, test } from "vitest";
import type { Session } from "./database.ts";
import { createSessionPool } from "./session-pool.ts";

/** Sessions that only know whether they were closed. */
function fakeSessions(count: number): (Session & { isClosed: boolean })[] {
  return Array.from({ length: count }, () => {
    const session = { isClosed: false, close: () => (session.isClosed = true) };
    // The pool calls nothing but close().
    return session as unknown as Session & { isClosed: boolean };
  });
}

test("no session is lent twice at a time, and those who wait are served in line", async () => {
  const pool = createSessionPool(fakeSessions(2));
  const lent = new Set<Session>();
  const served: number[] = [];
  const work = (turn: number) =>
    pool.use(async (session) => {
      expect(lent.has(session)).toBe(false);
      lent.add(session);
      await Promise.resolve();
      served.push(turn);
      lent.delete(session);
    });
  await Promise.all([1, 2, 3, 4, 5].map(work));
  expect(served).toEqual([1, 2, 3, 4, 5]);
});

test("work that throws gives its session back", async () => {
  const pool = createSessionPool(fakeSessions(1));
  await expect(pool.use(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await pool.use(() => Promise.resolve("next"))).toBe("next");
});

test("closing waits for the work under way", async () => {
  const sessions = fakeSessions(1);
  const pool = createSessionPool(sessions);
  const finish: (() => void)[] = [];
  const work = pool.use(() => new Promise<void>((resolve) => finish.push(resolve)));
  await Promise.resolve();
  const closing = pool.close();
  await Promise.resolve();
  expect(sessions[0]?.isClosed).toBe(false);
  finish[0]?.();
  await Promise.all([work, closing]);
  expect(sessions[0]?.isClosed).toBe(true);
});
