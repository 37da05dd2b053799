import { isMainThread, workerData } from "node:worker_threads";
import type { FleetProblem } from "../../algorithms/routing/fleet-problem.ts";
import { PlanBoard } from "../../algorithms/routing/plan-board.ts";
import type { SearchOptions } from "../../algorithms/routing/ruin-and-recreate.ts";
import { type CrewBuffers, SearchCrew } from "../../algorithms/routing/search-crew.ts";
import { solveFleet } from "../../algorithms/routing/solve-fleet.ts";
import { createRng } from "../../core/rng.ts";

export interface SearchWorkerData {
  readonly problem: FleetProblem;
  /** Memory of the `PlanBoard` that all threads share. */
  readonly buffer: SharedArrayBuffer;
  /** Memory of the `SearchCrew` that the threads form. */
  readonly crewBuffers: CrewBuffers | undefined;
  readonly threads: number;
  readonly seed: number;
  /** 1 … threads − 1; the caller is thread 0. */
  readonly thread: number;
  /** Searches so long and apart from the others; undefined: as long as the board says, exchanging plans. */
  readonly iterations: number | undefined;
  readonly expectedIterations: SearchOptions["expectedIterations"];
  readonly startRoutes: SearchOptions["startRoutes"];
}

/** Far apart seeds for the threads of neighbouring seeds. */
const SEED_STEP = 0x9e3779b9;

/** One of the searches of `searchInThreads`. */
function search(data: SearchWorkerData): void {
  const { problem, buffer, crewBuffers, threads, seed, thread, iterations, expectedIterations, startRoutes } = data;
  const { nTasks, nVehicles } = problem;
  const crew = crewBuffers === undefined ? undefined : new SearchCrew(nTasks, nVehicles, threads, thread, crewBuffers);
  const board = new PlanBoard(nTasks, nVehicles, buffer);
  const found = solveFleet(problem, {
    rng: createRng((seed + Math.imul(thread, SEED_STEP)) >>> 0),
    spent: (iteration) => {
      board.beat();
      const { spent } = board;
      return iterations === undefined || spent >= 1 ? spent : iteration / iterations;
    },
    expectedIterations,
    crew,
    exchange:
      iterations === undefined
        ? (best) => {
            board.offer(best, thread);
            return board.takeBetter(best);
          }
        : undefined,
    ...(startRoutes === undefined ? {} : { startRoutes }),
  });
  board.offer(found, thread);
  board.finish();
}

// workerData is what searchInThreads passes.
if (!isMainThread) search(workerData as SearchWorkerData);
