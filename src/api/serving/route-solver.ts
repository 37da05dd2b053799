import type { Piscina } from "piscina";
import { fail } from "../../core/errors.ts";
import { unpackError } from "../../core/packed-error.ts";
import type { CheckedSolution } from "../../models/routing/check-solution.ts";
import type { PricedSlot } from "../../models/routing/propose-slots.ts";
import type { ProposeRequest } from "../../models/routing/read-proposal.ts";
import type { CheckReply, ProposeReply, SolveReply } from "../../models/routing/solve-route-worker.ts";
import type { VroomSolution } from "../../models/routing/vroom-solution.ts";
import { createRoutePool } from "./create-route-pool.ts";

export interface RouteSolver {
  /** Solves a problem in VROOM's format; throws what is wrong with it, or `ROUTE_TIME_EXCEEDED`, `SERVER_OVERLOADED`. */
  solve(problem: unknown): Promise<VroomSolution>;
  /** Checks a solution against its problem; throws as `solve` does. */
  check(problem: unknown, solution: unknown): Promise<CheckedSolution>;
  /** Prices a new order against a running plan; throws as `solve` does. */
  propose(request: ProposeRequest): Promise<readonly PricedSlot[]>;
  /** Starts a thread and gets its code ready, so that the first problem is answered as fast as later ones. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

export interface RouteSolverOptions {
  readonly maxThreads: number;
  /** Problems that may wait for a thread. */
  readonly maxQueue: number;
  /** How long an answer may take, waiting included. */
  readonly timeLimitMs: number;
}

/**
 * Solves in worker threads, so that a hard problem never delays other requests. A problem that overruns its time is
 * ended together with its thread; the pool starts another. The first thread starts with `warm` or the first problem, and stays; the others
 * start when they are needed and end when idle.
 */
export function createRouteSolver(options: RouteSolverOptions): RouteSolver {
  let opened: Piscina | undefined;
  const open = (): Piscina => (opened ??= createRoutePool({ ...options, minThreads: 1 }));
  return {
    solve: async (problem) => {
      // The worker answers with nothing else.
      const reply = (await run(open(), options, "solve", problem)) as SolveReply;
      if (reply.error !== undefined) throw unpackError(reply.error);
      return reply.solution;
    },
    check: async (problem, solution) => {
      // The worker answers with nothing else.
      const reply = (await run(open(), options, "check", { problem, solution })) as CheckReply;
      if (reply.error !== undefined) throw unpackError(reply.error);
      return reply.checked;
    },
    propose: async (request) => {
      // The worker answers with nothing else.
      const reply = (await run(open(), options, "propose", request)) as ProposeReply;
      if (reply.error !== undefined) throw unpackError(reply.error);
      return reply.slots;
    },
    warm: async () => {
      await open().run(undefined, { name: "warm" });
    },
    close: async () => opened?.destroy(),
  };
}

async function run(
  pool: Piscina,
  { maxQueue, timeLimitMs }: RouteSolverOptions,
  name: string,
  task: unknown,
): Promise<unknown> {
  if (pool.queueSize >= maxQueue) throw fail("SERVER_OVERLOADED", "The route solver's queue is full.");
  const signal = AbortSignal.timeout(timeLimitMs);
  try {
    return await pool.run(task, { signal, name });
  } catch (error) {
    if (signal.aborted)
      throw fail("ROUTE_TIME_EXCEEDED", "The time limit of the solver was reached.", { cause: error });
    throw error;
  }
}
