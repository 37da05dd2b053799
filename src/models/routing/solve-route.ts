import { solveRoutes } from "../../algorithms/routing/solve-routes.ts";
import { createRng } from "../../core/rng.ts";
import { maxIterations } from "../../core/stop.ts";
import { buildRoutingProblem } from "./build-routing-problem.ts";
import { formatSolution } from "./format-solution.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import type { VroomSolution } from "./vroom-solution.ts";

const SEED = 1;

/** Rounds of shaking: counted, not timed, so that the answer does not depend on the machine. Fewer for larger problems. */
function countRounds(jobs: number): number {
  return Math.max(20, Math.round(3000 / Math.max(1, jobs)));
}

/**
 * Solves a problem in VROOM's JSON format (vehicles, jobs; matrices or coordinates) and answers in it: milliseconds for
 * 25 stops, about a second for 100 jobs, the same answer every time.
 * Errors: `ROUTE_INPUT_INVALID` with every faulty field by JSON pointer.
 */
export function solveSmallRoute(problem: unknown): VroomSolution {
  const parsed = parseVroomProblem(problem);
  const routing = buildRoutingProblem(parsed);
  const context = { rng: createRng(SEED), stop: maxIterations(countRounds(parsed.jobs.length)) };
  return formatSolution(parsed, routing, solveRoutes(routing, context));
}
