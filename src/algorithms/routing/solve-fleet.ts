import type { FleetProblem } from "./fleet-problem.ts";
import { isBetterScore } from "./plan-board.ts";
import {
  isFleetOpen,
  isWorthGivingUp,
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
/**
 * The heat of these as a share of the usual, of a uniform fleet and of an open one: measured on drawn problems of 25 stops. In an open one whole
 * groups of stops must change their depot or vehicle.
 */
const HEAT_OF_SMALL = 0.3;
const HEAT_OF_SMALL_OPEN = 4;

/**
 * So many starts that end at the same cost, the least of all, are taken for proof enough that there is no better plan: fewer where stops and
 * vehicles are alike. Four in an open fleet took a sixth longer and found hardly better plans.
 */
const AGREEING_OF_UNIFORM = 2;
const AGREEING_OF_SMALL = 3;
const SAME_COST = 1e-9;

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
  if (isOpen) {
    const heat = problem.nTasks <= SMALL ? HEAT_OF_SMALL_OPEN : undefined;
    return searchFromAnew(
      problem,
      uniform,
      { ...options, heat },
      { most: STARTS_OF_OPEN_FLEET, agreeing: AGREEING_OF_SMALL },
    );
  }
  if (problem.nTasks <= SMALL) {
    const heat = uniform === undefined ? undefined : HEAT_OF_SMALL;
    return searchFromAnew(
      problem,
      uniform,
      { ...options, heat },
      { most: STARTS_OF_SMALL, agreeing: uniform === undefined ? AGREEING_OF_SMALL : AGREEING_OF_UNIFORM },
    );
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
  starts: { readonly most: number; readonly agreeing: number },
): SearchResult {
  let best: SearchResult | undefined;
  let score: SearchScore | undefined;
  let done = 0;
  let agreed = 0;
  // With rules beyond VROOM's, such as the balance of routes, all starts may end at the same plan that is not the best.
  const mayEnd = options.mayEndEarly === true && problem.rules === undefined;
  const mayGiveUp = isWorthGivingUp(problem);
  for (let start = 0; start < starts.most; start++) {
    const before = done;
    const startOptions: SearchOptions = {
      rng: options.rng,
      heat: options.heat,
      mayGiveUp,
      spent: (iteration) => options.spent(before + iteration) * starts.most - start,
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
    if (best !== undefined && isSameScore(found, best)) agreed++;
    else if (best === undefined || isBetterScore(found, best)) agreed = 1;
    if (best === undefined || isBetterScore(found, best)) best = found;
    if (mayEnd && agreed >= starts.agreeing) break;
  }
  // There is at least one start.
  return { ...(best as SearchResult), iterations: done };
}

function isSameScore(a: SearchScore, b: SearchScore): boolean {
  return a.loss === b.loss && Math.abs(a.cost - b.cost) <= SAME_COST * Math.abs(b.cost);
}
