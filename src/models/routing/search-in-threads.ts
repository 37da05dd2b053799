import type { Worker } from "node:worker_threads";
import type { FleetProblem } from "../../algorithms/routing/fleet-problem.ts";
import { PlanBoard } from "../../algorithms/routing/plan-board.ts";
import type { FoundRoutes, SearchOptions } from "../../algorithms/routing/ruin-and-recreate.ts";
import { SearchCrew } from "../../algorithms/routing/search-crew.ts";
import { solveFleet } from "../../algorithms/routing/solve-fleet.ts";
import { fail } from "../../core/errors.ts";
import { createRng } from "../../core/rng.ts";
import { startWorker } from "../start-worker.ts";
import type { SearchWorkerData } from "./search-worker.ts";

export interface ThreadedSearch extends Pick<
  SearchOptions,
  "spent" | "expectedIterations" | "mayEndEarly" | "onImprovement" | "startRoutes"
> {
  readonly seed: number;
  /** Threads including the calling one. */
  readonly threads: number;
  /** Every thread searches for as many iterations; else as long as `spent` of the calling thread is below 1. */
  readonly iterations?: number;
}

/** How long the others may take to end once this one has: they look every 64 iterations. */
const PATIENCE_MS = 100;
/** By iterations all must end, or the answer would hang on chance: one that says nothing for so long, far longer than 64 iterations take, is dead. */
const PATIENCE_OF_ITERATIONS_MS = 60_000;

/**
 * `solveFleet` in several threads with different seeds, which exchange their best plans on the way; blocks the calling thread,
 * which is one of them. With a number of iterations they search apart, and the same seed gives the same answer. With a time limit those
 * that cannot begin are done without. Errors: `ROUTE_THREAD_FAILED` where one of them cannot begin, or dies, by iterations.
 */
export function searchInThreads(problem: FleetProblem, search: ThreadedSearch): FoundRoutes {
  const { seed, threads, iterations, spent } = search;
  if (threads === 1) return solveFleet(problem, { ...search, rng: createRng(seed) });
  const { nTasks, nVehicles } = problem;
  const board = new PlanBoard(nTasks, nVehicles);
  const crew = iterations === undefined ? new SearchCrew(nTasks, nVehicles, threads, 0) : undefined;
  const workers = Array.from({ length: threads - 1 }, (_, index) =>
    startSearch(board, {
      problem,
      buffer: board.buffer,
      crewBuffers: crew?.buffers,
      threads,
      seed,
      thread: index + 1,
      iterations,
      expectedIterations: search.expectedIterations,
      startRoutes: search.startRoutes,
    }),
  );
  const end = (): void => {
    for (const worker of workers) void worker.terminate();
  };
  const refuse = (): never => {
    end();
    throw fail("ROUTE_THREAD_FAILED", "A thread of the search could not begin, or ended before its time.");
  };
  let reached = 0;
  const found = solveFleet(problem, {
    ...search,
    rng: createRng(seed),
    spent: (iteration) => {
      const share = spent(iteration);
      reached = iteration;
      if (iterations === undefined) board.spent = share;
      else if (board.hasFailed) refuse();
      return share;
    },
    crew,
    exchange: iterations === undefined ? exchange : undefined,
  });
  // A search that was stopped before its iterations were done stops the others too.
  const isWhole = iterations !== undefined && found.iterations >= iterations;
  board.spent = isWhole ? 0 : 1;
  board.offer(found, 0);
  const isDone = board.waitFor(threads - 1, isWhole ? PATIENCE_OF_ITERATIONS_MS : PATIENCE_MS);
  if (isWhole && (!isDone || board.hasFailed)) refuse();
  if (!isDone) end();
  const better = board.takeBetter(found) ?? found;
  if (better !== found) search.onImprovement?.(better, found.iterations);
  return better;

  function exchange(best: FoundRoutes): FoundRoutes | undefined {
    board.offer(best, 0);
    const better = board.takeBetter(best);
    if (better !== undefined) search.onImprovement?.(better, reached);
    return better;
  }
}

function startSearch(board: PlanBoard, workerData: SearchWorkerData): Worker {
  const worker = startWorker("./search-worker", import.meta.url, workerData, board.alarm);
  worker.unref();
  // The board has told it already; without a listener it would end the process.
  worker.on("error", () => undefined);
  return worker;
}
