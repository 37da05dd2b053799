import { Piscina } from "piscina";
import { AppError, fail } from "../../core/errors.ts";
import type { SolveReply } from "../../models/routing/solve-route-worker.ts";
import type { VroomSolution } from "../../models/routing/vroom-solution.ts";

export interface RouteSolver {
  /** Solves a problem in VROOM's format; throws what is wrong with it, or `ROUTE_TIME_EXCEEDED`, `SERVER_OVERLOADED`. */
  solve(problem: unknown): Promise<VroomSolution>;
  close(): Promise<void>;
}

export interface RouteSolverOptions {
  readonly maxThreads: number;
  /** Problems that may wait for a thread. */
  readonly maxQueue: number;
  /** How long an answer may take, waiting included. */
  readonly timeLimitMs: number;
}

/** From sources the worker is TypeScript and needs tsx; compiled it is plain JavaScript. */
const isSource = import.meta.url.endsWith(".ts");
const WORKER = new URL(`../../models/routing/solve-route-worker.${isSource ? "ts" : "js"}`, import.meta.url);

/**
 * Solves in worker threads, so that a hard problem never delays other requests. A problem that overruns its time is
 * ended together with its thread; the pool starts another. Threads start with the first problem and end when idle.
 */
export function createRouteSolver(options: RouteSolverOptions): RouteSolver {
  const pool = new Piscina({
    filename: WORKER.href,
    name: "solve",
    minThreads: 0,
    maxThreads: options.maxThreads,
    maxQueue: options.maxQueue,
    idleTimeout: 30_000,
    ...(isSource ? { execArgv: ["--import", "tsx"] } : {}),
  });
  return {
    solve: async (problem) => {
      if (pool.queueSize >= options.maxQueue) throw fail("SERVER_OVERLOADED", "The route solver's queue is full.");
      const signal = AbortSignal.timeout(options.timeLimitMs);
      const reply = await run(problem, signal);
      if (reply.error !== undefined) throw new AppError(reply.error.code, reply.error);
      return reply.solution;
    },
    close: () => pool.destroy(),
  };

  async function run(problem: unknown, signal: AbortSignal): Promise<SolveReply> {
    try {
      // The worker answers with nothing else.
      return (await pool.run(problem, { signal })) as SolveReply;
    } catch (error) {
      if (signal.aborted)
        throw fail("ROUTE_TIME_EXCEEDED", "The time limit of the solver was reached.", { cause: error });
      throw error;
    }
  }
}
