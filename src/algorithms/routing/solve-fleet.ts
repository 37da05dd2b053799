import type { FleetProblem } from "./fleet-problem.ts";
import { isFleetOpen, ruinAndRecreate, type SearchOptions, type SearchResult } from "./ruin-and-recreate.ts";
import { searchFromAnew } from "./search-from-anew.ts";
import { isAlikeAndCostly, searchFewVehicles } from "./search-few-vehicles.ts";
import { isWorthPhases, searchInPhases } from "./search-in-phases.ts";
import { readUniformFleet } from "./uniform-fleet.ts";
import { searchUniform } from "./uniform-search.ts";

/**
 * Searches from anew where vehicles differ or cost something to use: one search seldom leaves the fleet it settled on. Few tasks settle soon,
 * sometimes on too few routes: several short searches beat a long one. Fewer where a last search goes on from the routes of all.
 */
const STARTS_OF_OPEN_FLEET = 8;
const STARTS_OF_OPEN_BEFORE_LAST = 5;
const SMALL = 50;
const STARTS_OF_SMALL = 4;
const STARTS_OF_SMALL_BEFORE_LAST = 3;
/** Where vehicles are fewer, their routes are too long to be put together anew. */
const VEHICLES_OF_LAST = 4;
/**
 * The heat of these as a share of the usual, of a uniform fleet and of an open one: measured on drawn problems of 25 stops. In an open one whole
 * groups of stops must change their depot or vehicle.
 */
const HEAT_OF_SMALL = 0.3;
const HEAT_OF_SMALL_OPEN = 4;

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
  const isSmall = problem.nTasks <= SMALL;
  const hasLast = isSmall && problem.rules === undefined && problem.nVehicles >= VEHICLES_OF_LAST;
  if (isOpen) {
    const starts = hasLast ? STARTS_OF_OPEN_BEFORE_LAST : STARTS_OF_OPEN_FLEET;
    const heat = isSmall ? HEAT_OF_SMALL_OPEN : undefined;
    return searchFromAnew(problem, uniform, { ...options, heat }, { starts, hasLast });
  }
  if (isSmall) {
    const starts = hasLast ? STARTS_OF_SMALL_BEFORE_LAST : STARTS_OF_SMALL;
    const heat = uniform === undefined ? undefined : HEAT_OF_SMALL;
    return searchFromAnew(problem, uniform, { ...options, heat }, { starts, hasLast });
  }
  if (uniform === undefined) return ruinAndRecreate(problem, options);
  if (isWorthPhases(problem.nTasks, options)) return searchInPhases(problem, uniform, options);
  if (options.crew === undefined || problem.nTasks < TEAM_FROM) return searchUniform(problem, uniform, options);
  return searchUniform(problem, uniform, { ...options, team: options.crew.first, exchange: undefined });
}
