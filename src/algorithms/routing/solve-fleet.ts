import type { FleetProblem } from "./fleet-problem.ts";
import { isBetterScore } from "./plan-board.ts";
import { ruinAndRecreate, type SearchOptions, type SearchResult, type SearchScore } from "./ruin-and-recreate.ts";
import { readUniformFleet } from "./uniform-fleet.ts";
import { isWorthPhases, searchInPhases } from "./search-in-phases.ts";
import { searchUniform } from "./uniform-search.ts";

/** Searches from anew where vehicles differ or cost something to use: one search seldom leaves the fleet it settled on. */
const STARTS_OF_OPEN_FLEET = 8;

/** Few tasks settle soon, sometimes on too few routes: several short searches beat a long one. */
const SMALL = 50;
const STARTS_OF_SMALL = 4;

/** From so many tasks on threads divide the routes; below, the parts of two threads would be too small. */
const TEAM_FROM = 300;

/**
 * The best routes found within a budget: least loss (tasks left out), then least cost.
 * Input, determinism and complexity: see `ruinAndRecreate`, which it calls once, or several times for an open fleet.
 */
export function solveFleet(problem: FleetProblem, options: SearchOptions): SearchResult {
  const uniform = readUniformFleet(problem);
  const isOpen = problem.durations.length > 1 || problem.fixedCost.some((cost) => cost > 0);
  const starts = isOpen ? STARTS_OF_OPEN_FLEET : problem.nTasks <= SMALL ? STARTS_OF_SMALL : 1;
  const isInPhases = uniform !== undefined && starts === 1 && isWorthPhases(problem.nTasks, options);
  const team =
    uniform !== undefined && !isInPhases && starts === 1 && problem.nTasks >= TEAM_FROM ? options.team : undefined;
  let best: SearchResult | undefined;
  let score: SearchScore | undefined;
  let done = 0;
  for (let start = 0; start < starts; start++) {
    const before = done;
    const startOptions: SearchOptions = {
      rng: options.rng,
      spent: (iteration) => options.spent(before + iteration) * starts - start,
      onImprovement: (one, iteration) => {
        if (score !== undefined && !isBetterScore(one, score)) return;
        score = one;
        options.onImprovement?.(one, before + iteration);
      },
      // Searches from anew would all end at the same plan.
      exchange: starts === 1 && team === undefined ? options.exchange : undefined,
      expectedIterations: options.expectedIterations,
      team,
      ...(start === 0 && options.startRoutes !== undefined ? { startRoutes: options.startRoutes } : {}),
    };
    const search = isInPhases ? searchInPhases : searchUniform;
    const found =
      uniform === undefined ? ruinAndRecreate(problem, startOptions) : search(problem, uniform, startOptions);
    done += found.iterations;
    if (best === undefined || isBetterScore(found, best)) best = found;
  }
  // There is at least one start.
  return { ...(best as SearchResult), iterations: done };
}
