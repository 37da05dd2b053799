import { availableParallelism } from "node:os";
import type { Clock } from "../../core/clock.ts";
import { AppError, fail } from "../../core/errors.ts";
import { unpackError } from "../../core/packed-error.ts";
import type { Logger } from "../../core/log.ts";
import { validateVroomProblem } from "../../models/routing/parse-vroom-problem.ts";
import type { JobMessage } from "../../models/routing/solve-route-worker.ts";
import {
  hasEnded,
  type RouteJob,
  type RouteJobDesk,
  type RouteJobListener,
  type RouteJobRequest,
} from "./route-job-desk.ts";
import type { RouteJobRun, RouteJobRunner } from "./route-job-runner.ts";

export interface RouteJobDeskOptions {
  readonly runner: RouteJobRunner;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly createId: () => string;
  /** Jobs that search at the same time; as many threads as the runner has. */
  readonly maxRunning: number;
  /** Jobs that may wait for one of them. */
  readonly maxWaiting: number;
  /** Ended jobs that are kept, and for how long. */
  readonly keptJobs: number;
  readonly keptMs: number;
}

/** A search that has not ended so long after its limit, or after being told to stop, is given up. */
const OVERRUN_MS = 20_000;
const STOP_MS = 10_000;

interface Entry {
  job: RouteJob;
  run: RouteJobRun | undefined;
  isStopping: boolean;
  watchdog: NodeJS.Timeout | undefined;
  readonly listeners: Set<RouteJobListener>;
  readonly ended: Promise<void>;
}

/** Jobs in memory: what waits, what searches, and the last that ended. Nothing of them outlives the process. */
export function createRouteJobDesk(options: RouteJobDeskOptions): RouteJobDesk {
  const { runner, clock, logger } = options;
  /** Oldest first. */
  const entries = new Map<string, Entry>();

  const now = (): string => clock.now().toISOString();
  const list = (isWanted: (job: RouteJob) => boolean): Entry[] =>
    [...entries.values()].filter(({ job }) => isWanted(job));
  const change = (entry: Entry, changes: Partial<RouteJob>): void => {
    entry.job = { ...entry.job, ...changes };
    for (const listener of entry.listeners) listener(entry.job);
  };

  const forgetOld = (): void => {
    const ended = list(hasEnded);
    const oldestMs = clock.now().getTime() - options.keptMs;
    ended.forEach(({ job }, at) => {
      const isOld = Date.parse(job.finishedAt ?? "") < oldestMs;
      if (isOld || at < ended.length - options.keptJobs) entries.delete(job.id);
    });
  };

  const find = (id: string): Entry => {
    forgetOld();
    const entry = entries.get(id);
    if (entry === undefined) {
      throw fail("ROUTE_JOB_NOT_FOUND", `There is no routing job "${id}"; jobs are kept for a while after they end.`);
    }
    return entry;
  };

  /** Whole time limits before a place in the queue is free, if nothing ends early. */
  const refuseWhenFull = (): void => {
    const waiting = list(({ state }) => state === "queued").length;
    const running = list(({ state }) => state === "running");
    if (waiting < options.maxWaiting || waiting + running.length < options.maxRunning) return;
    const nowMs = clock.now().getTime();
    const ends = running.map(({ job }) => Date.parse(job.startedAt ?? "") + job.timeLimitSec * 1000 - nowMs);
    const retryAfterSec = Math.max(1, Math.ceil(Math.min(...ends, 600_000) / 1000));
    throw fail("ROUTE_QUEUE_FULL", `${waiting} jobs wait already; try again in ${retryAfterSec} s.`, {
      meta: { retryAfterSec },
    });
  };

  const abandonAfter = (entry: Entry, ms: number): void => {
    clearTimeout(entry.watchdog);
    entry.watchdog = setTimeout(() => entry.run?.abandon(), ms).unref();
  };

  const listen = (entry: Entry, message: JobMessage): void => {
    if (message.kind === "started") {
      abandonAfter(entry, entry.job.timeLimitSec * 1000 + OVERRUN_MS);
      change(entry, { state: "running", startedAt: now() });
      return;
    }
    const { elapsedMs, cost, unassigned, iteration } = message;
    change(entry, { progress: [...entry.job.progress, { elapsedMs, cost, unassigned, iteration }] });
  };

  const conclude = async (entry: Entry, run: RouteJobRun): Promise<void> => {
    const { id } = entry.job;
    try {
      const { solution, error } = await run.reply;
      if (error !== undefined) throw unpackError(error);
      change(entry, { state: entry.isStopping ? "cancelled" : "succeeded", solution, finishedAt: now() });
    } catch (thrown) {
      if (entry.isStopping) change(entry, { state: "cancelled", finishedAt: now() });
      else {
        logger.warn({ routeJob: id, err: thrown }, "route-job.failed");
        change(entry, { state: "failed", error: describe(thrown), finishedAt: now() });
      }
    }
    clearTimeout(entry.watchdog);
    entry.run = undefined;
    entry.listeners.clear();
    const { state, progress } = entry.job;
    logger.info({ routeJob: id, state, improvements: progress.length }, "route-job.finished");
  };

  return {
    submit: (request) => {
      validateVroomProblem(request.problem);
      refuseWhenFull();
      forgetOld();
      const job = startJob(options.createId(), request, now());
      const run = runner.start(
        {
          problem: request.problem,
          seed: request.seed,
          threads: job.threads,
          timeLimitMs: request.timeLimitSec * 1000,
        },
        (message) => listen(entry, message),
      );
      const entry: Entry = {
        job,
        run,
        isStopping: false,
        watchdog: undefined,
        listeners: new Set(),
        ended: Promise.resolve().then(() => conclude(entry, run)),
      };
      entries.set(job.id, entry);
      return job;
    },
    get: (id) => find(id).job,
    cancel: async (id) => {
      const entry = find(id);
      const { run, job } = entry;
      if (run !== undefined && !entry.isStopping) {
        entry.isStopping = true;
        run.stop();
        if (job.state === "queued") run.abandon();
        else abandonAfter(entry, STOP_MS);
      }
      await entry.ended;
      return entry.job;
    },
    follow: (id, listener) => {
      const { listeners, run } = find(id);
      if (run !== undefined) listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      for (const { run } of entries.values()) run?.abandon();
      await runner.close();
    },
  };
}

function startJob(id: string, { timeLimitSec, seed, threads }: RouteJobRequest, submittedAt: string): RouteJob {
  return {
    id,
    state: "queued",
    timeLimitSec,
    seed,
    threads: Math.min(threads, availableParallelism()),
    submittedAt,
    startedAt: null,
    finishedAt: null,
    progress: [],
    solution: null,
    error: null,
  };
}

function describe(thrown: unknown): RouteJob["error"] {
  if (thrown instanceof AppError && thrown.status < 500) {
    return { code: thrown.code, detail: thrown.detail, errors: thrown.errors };
  }
  if (thrown instanceof Error && thrown.name === "AbortError") {
    return { code: "ROUTE_TIME_EXCEEDED", detail: "The search overran its time limit and was given up.", errors: [] };
  }
  return {
    code: "INTERNAL",
    detail: "The search ended unexpectedly; the log of the server has its cause.",
    errors: [],
  };
}
