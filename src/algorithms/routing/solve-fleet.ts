import type { FleetProblem } from "./fleet-problem.ts";
import { isBetterScore } from "./plan-board.ts";
import {
  isFleetOpen,
  ruinAndRecreate,
  type SearchOptions,
  type SearchResult,
  type SearchScore,
} from "./ruin-and-recreate.ts";
import { isAlikeAndCostly, searchFewVehicles } from "./search-few-vehicles.ts";
import { isWorthPhases, searchInPhases } from "./search-in-phases.ts";
import { readUniformFleet, type UniformFleet } from "./uniform-fleet.ts";
import { searchUniform } from "./uniform-search.ts";

/** Searches from anew where vehicles differ or cost something to use: one search seldom leaves the fleet it settled on. */
const STARTS_OF_OPEN_FLEET = 8;

/** Few tasks settle soon, sometimes on too few routes: several short searches beat a long one. */
const SMALL = 50;
const STARTS_OF_SMALL = 4;
/** Where these are of a uniform fleet, so much of the usual heat: measured on drawn problems of 25 stops. */
const HEAT_OF_SMALL = 0.3;

/** From so many tasks on threads divide the routes; below, the parts of two threads would be too small. */
const TEAM_FROM = 300;

/**
 * The best routes found within a budget: least loss (tasks left out), then least cost.
 * Chooses the search that suits the problem and the budget. Input, determinism and complexity: see `ruinAndRecreate`.
 */
export function solveFleet(problem: FleetProblem, options: SearchOptions): SearchResult {
  const uniform = problem.rules === undefined ? readUniformFleet(problem) : undefined;
  const isOpen = isFleetOpen(problem);
  if (problem.rules === undefined && isAlikeAndCostly(problem) && problem.nTasks > SMALL) {
    const found = searchFewVehicles(problem, options, uniform);
    if (found !== undefined) return found;
  }
  if (isOpen) return searchFromAnew(problem, uniform, options, STARTS_OF_OPEN_FLEET);
  if (problem.nTasks <= SMALL) {
    const heat = uniform === undefined ? undefined : HEAT_OF_SMALL;
    return searchFromAnew(problem, uniform, { ...options, heat }, STARTS_OF_SMALL);
  }
  if (uniform === undefined) return ruinAndRecreate(problem, options);
  if (isWorthPhases(problem.nTasks, options)) return searchInPhases(problem, uniform, options);
  if (options.crew === undefined || problem.nTasks < TEAM_FROM) return searchUniform(problem, uniform, options);
  return searchUniform(problem, uniform, { ...options, team: options.crew.first, exchange: undefined });
}

/** Several searches that share the budget; those of other threads are not asked for plans, or all would end at the same. */
function searchFromAnew(
  problem: FleetProblem,
  uniform: UniformFleet | undefined,
  options: SearchOptions,
  starts: number,
): SearchResult {
  let best: SearchResult | undefined;
  let score: SearchScore | undefined;
  let done = 0;
  for (let start = 0; start < starts; start++) {
    const before = done;
    const startOptions: SearchOptions = {
      rng: options.rng,
      heat: options.heat,
      spent: (iteration) => options.spent(before + iteration) * starts - start,
      onImprovement: (one, iteration) => {
        if (score !== undefined && !isBetterScore(one, score)) return;
        score = one;
        options.onImprovement?.(one, before + iteration);
      },
      ...((start === 0 || problem.rules?.pinned.includes(1) === true) && options.startRoutes !== undefined
        ? { startRoutes: options.startRoutes }
        : {}),
    };
    const found =
      uniform === undefined ? ruinAndRecreate(problem, startOptions) : searchUniform(problem, uniform, startOptions);
    done += found.iterations;
    if (best === undefined || isBetterScore(found, best)) best = found;
  }
  // There is at least one start.
  return { ...(best as SearchResult), iterations: done };
}
