import { expect, it, vi } from "vitest";
import type { startWorker } from "../start-worker.ts";
import { solveRoute } from "./solve-route.ts";
import { createLine } from "./testing/route-cases.ts";

/** Threads are asked for in a module that is not there. */
vi.mock("../start-worker.ts", async (readActual) => {
  const actual = await readActual<{ startWorker: typeof startWorker }>();
  const start: typeof startWorker = (_name, from, data, alarm) => actual.startWorker("./nowhere", from, data, alarm);
  return { startWorker: start };
});

const problem = {
  vehicles: [{ id: 1, start_index: 0 }],
  jobs: [1, 2, 3].map((id) => ({ id, location_index: id })),
  matrices: createLine(4),
};

it("says at once that a thread could not begin, where the answer hangs on it", () => {
  const began = performance.now();
  expect(() => solveRoute(problem, { threads: 2, iterations: 64 })).toThrow(
    expect.objectContaining({ code: "ROUTE_THREAD_FAILED" }) as Error,
  );
  expect(performance.now() - began).toBeLessThan(30_000);
});

it("does without it within a time limit", () => {
  const timeLimit = { milliseconds: 200, nowMs: () => performance.now() };
  expect(solveRoute(problem, { threads: 2, timeLimit }).summary).toMatchObject({ unassigned: 0, cost: 300 });
});
