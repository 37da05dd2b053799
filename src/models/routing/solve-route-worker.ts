import { setPriority } from "node:os";
import { isMainThread, type MessagePort } from "node:worker_threads";
import { AppError } from "../../core/errors.ts";
import { type PackedError, packError } from "../../core/packed-error.ts";
import { type CheckedSolution, checkSolution } from "./check-solution.ts";
import { drawWarmUpProblems } from "./draw-warm-up-problems.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import { type PricedSlot, proposeSlots } from "./propose-slots.ts";
import type { ProposeRequest } from "./read-proposal.ts";
import { createProgressThinner, type SearchProgress } from "./search-progress.ts";
import { solveRoute } from "./solve-route.ts";
import type { VroomSolution } from "./vroom-solution.ts";

/** What is expected to fail is answered, packed: a thrown error would lose its class and code on the way. */
type Reply<T> =
  | (T & { readonly error?: undefined })
  | ({ readonly error: PackedError } & { readonly [K in keyof T]?: undefined });

export type SolveReply = Reply<{ readonly solution: VroomSolution }>;
export type CheckReply = Reply<{ readonly checked: CheckedSolution }>;
export type ProposeReply = Reply<{ readonly slots: readonly PricedSlot[] }>;

/** What a job's thread posts to its port: that it has begun, then each better plan. */
export type JobMessage = { readonly kind: "started" } | ({ readonly kind: "improved" } & SearchProgress);

export interface SolveJobTask {
  readonly problem: unknown;
  readonly seed: number;
  /** This one and its helpers, which take over its low priority. */
  readonly threads: number;
  readonly timeLimitMs: number;
  readonly port: MessagePort;
  /** Shared with whoever may stop the search: 1 in its only cell ends it with the best plan so far. */
  readonly stopFlag: Int32Array;
}

/** What the thread that answers requests needs comes first. Elsewhere than on Linux this would slow the whole process. */
if (!isMainThread && process.platform === "linux") setPriority(0, 10);

/** Entry of a worker thread: `solveRoute` off the thread that answers requests. */
export function solve(problem: unknown): SolveReply {
  return answer(() => ({ solution: solveRoute(problem) }));
}

/** Solves what nobody asked for: a thread is slow until its code has run for a while. Some 0.3 s. */
export function warm(): void {
  for (const problem of drawWarmUpProblems()) solveRoute(problem);
}

export function check({ problem, solution }: { readonly problem: unknown; readonly solution: unknown }): CheckReply {
  return answer(() => ({ checked: checkSolution(parseVroomProblem(problem), solution) }));
}

export function propose(request: ProposeRequest): ProposeReply {
  return answer(() => ({ slots: proposeSlots(request) }));
}

/** Searches to the time limit or until told to stop, and tells of each better plan on the way. */
export function solveJob({ problem, seed, threads, timeLimitMs, port, stopFlag }: SolveJobTask): SolveReply {
  const nowMs = (): number => performance.now();
  const post = (message: JobMessage): void => port.postMessage(message);
  const thinner = createProgressThinner(nowMs, (progress) => post({ kind: "improved", ...progress }));
  post({ kind: "started" });
  return answer(() => {
    const solution = solveRoute(problem, {
      seed,
      threads,
      timeLimit: { milliseconds: timeLimitMs, nowMs },
      onImprovement: (found) => thinner.take(found),
      shouldStop: () => {
        thinner.tick();
        return Atomics.load(stopFlag, 0) === 1;
      },
    });
    thinner.flush();
    return { solution };
  });
}

function answer<T>(work: () => T): T | { readonly error: PackedError } {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { error: packError(error) };
  }
}
