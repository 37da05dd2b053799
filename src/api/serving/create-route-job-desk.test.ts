import { describe, expect, it } from "vitest";
import { fixedClock } from "../../core/clock.ts";
import { fail } from "../../core/errors.ts";
import { silentLogger } from "../../core/log.ts";
import { solveRoute } from "../../models/routing/solve-route.ts";
import type { JobMessage, SolveReply } from "../../models/routing/solve-route-worker.ts";
import { createRouteJobDesk, type RouteJobDeskOptions } from "./create-route-job-desk.ts";
import type { RouteJob } from "./route-job-desk.ts";
import type { RouteJobRunner } from "./route-job-runner.ts";

const problem = { vehicles: [{ id: 1, start: [0, 0], end: [0, 0] }], jobs: [{ id: 7, location: [0, 0.1] }] };
const request = { problem, timeLimitSec: 30, seed: 1, threads: 1 };
const solution = solveRoute(problem);
const improved: JobMessage = { kind: "improved", elapsedMs: 5, cost: 90, unassigned: 0, iteration: 3 };

/** A search whose every step the test decides. */
class HandMadeRun {
  isStopped = false;
  isAbandoned = false;
  readonly tell: (message: JobMessage) => void;
  finish: (reply: SolveReply) => void = () => {};
  break: (error: Error) => void = () => {};
  readonly reply = new Promise<SolveReply>((resolve, reject) => {
    this.finish = resolve;
    this.break = reject;
  });

  constructor(tell: (message: JobMessage) => void) {
    this.tell = tell;
  }

  stop(): void {
    this.isStopped = true;
  }

  abandon(): void {
    this.isAbandoned = true;
    this.break(Object.assign(new Error("given up"), { name: "AbortError" }));
  }
}

function openDesk(overrides: Partial<RouteJobDeskOptions> = {}) {
  const runs: HandMadeRun[] = [];
  const runner: RouteJobRunner = {
    start: (_task, tell) => {
      const run = new HandMadeRun(tell);
      runs.push(run);
      return run;
    },
    close: () => Promise.resolve(),
  };
  let count = 0;
  const desk = createRouteJobDesk({
    runner,
    clock: fixedClock("2026-01-01T00:00:00Z"),
    logger: silentLogger,
    createId: () => `j${++count}`,
    maxRunning: 1,
    maxWaiting: 1,
    keptJobs: 2,
    keptMs: 60_000,
    ...overrides,
  });
  /** Resolves with the job once it is in that state. */
  const until = (id: string, state: RouteJob["state"]): Promise<RouteJob> =>
    new Promise((resolve) => {
      if (desk.get(id).state === state) resolve(desk.get(id));
      else desk.follow(id, (job) => job.state === state && resolve(job));
    });
  return { desk, runs, until };
}

describe("createRouteJobDesk", () => {
  it("tells what a search finds, from waiting to its answer", async () => {
    const { desk, runs, until } = openDesk();
    const seen: string[] = [];
    expect(desk.submit(request)).toMatchObject({ id: "j1", state: "queued", progress: [], solution: null });
    desk.follow("j1", ({ state, progress }) => seen.push(`${state} ${progress.length}`));
    runs[0]?.tell({ kind: "started" });
    runs[0]?.tell(improved);
    runs[0]?.finish({ solution });
    expect(await until("j1", "succeeded")).toMatchObject({ solution, error: null, progress: [{ cost: 90 }] });
    expect(seen).toEqual(["running 0", "running 1", "succeeded 1"]);
  });

  it("keeps the best so far of what is cancelled", async () => {
    const { desk, runs } = openDesk();
    desk.submit(request);
    runs[0]?.tell({ kind: "started" });
    const cancelled = desk.cancel("j1");
    expect(runs[0]).toMatchObject({ isStopped: true, isAbandoned: false });
    runs[0]?.finish({ solution });
    expect(await cancelled).toMatchObject({ state: "cancelled", solution });
    expect(await desk.cancel("j1")).toMatchObject({ state: "cancelled", solution });
  });

  it("takes back what still waits", async () => {
    const { desk, runs } = openDesk();
    desk.submit(request);
    expect(await desk.cancel("j1")).toMatchObject({ state: "cancelled", solution: null, startedAt: null });
    expect(runs[0]?.isAbandoned).toBe(true);
  });

  it("takes no more than may wait, and says when to come back", () => {
    const { desk, runs } = openDesk();
    desk.submit(request);
    runs[0]?.tell({ kind: "started" });
    desk.submit(request);
    expect(() => desk.submit(request)).toThrow(
      expect.objectContaining({ code: "ROUTE_QUEUE_FULL", status: 429, meta: { retryAfterSec: 30 } }),
    );
  });

  it("refuses a faulty problem before it waits", () => {
    const { desk, runs } = openDesk();
    const faulty = { ...problem, jobs: [{ id: 7 }] };
    expect(() => desk.submit({ ...request, problem: faulty })).toThrow(
      expect.objectContaining({
        code: "ROUTE_INPUT_INVALID",
        errors: [expect.objectContaining({ pointer: "/jobs/0/location" })],
      }),
    );
    expect(runs).toEqual([]);
  });

  it("says why a search failed, without the inner cause of a defect", async () => {
    const { desk, runs, until } = openDesk({ maxWaiting: 5 });
    const failures = [
      fail("ROUTE_INPUT_INVALID", "a fault"),
      Object.assign(new Error("given up"), { name: "AbortError" }),
      new Error("secret"),
    ];
    for (const [at, failure] of failures.entries()) {
      const { id } = desk.submit(request);
      runs[at]?.break(failure);
      const { error } = await until(id, "failed");
      expect(error?.code).toBe(["ROUTE_INPUT_INVALID", "ROUTE_TIME_EXCEEDED", "INTERNAL"][at]);
      expect(JSON.stringify(error)).not.toContain("secret");
    }
  });

  it("forgets the oldest of what has ended", async () => {
    const { desk, runs, until } = openDesk({ maxWaiting: 5 });
    for (let at = 0; at < 3; at++) {
      const { id } = desk.submit(request);
      runs[at]?.finish({ solution });
      await until(id, "succeeded");
    }
    expect(() => desk.get("j1")).toThrow(expect.objectContaining({ code: "ROUTE_JOB_NOT_FOUND", status: 404 }));
    expect(desk.get("j2").state).toBe("succeeded");
  });
});
