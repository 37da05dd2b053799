import { BudgetPhases } from "./budget-phases.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { searchGenetic } from "./genetic/search-genetic.ts";
import type { SearchOptions, SearchResult } from "./ruin-and-recreate.ts";
import type { UniformFleet } from "./uniform-fleet.ts";
import { padRoutes } from "./used-routes.ts";
import { searchUniform } from "./uniform-search.ts";

/** Iterations of ruin-and-recreate for each task from which on a genetic search makes more of the same time. */
const ITERATIONS_A_TASK = 1500;
/** Up to so many tasks several short searches give the first plans (fewer where windows bind), above one as long as three. */
const MANY_TASKS = 400;
const FIRST_SEARCHES = 3;
const FIRST_SEARCHES_TIMED = 2;
/** Share of the budget for each of the first searches, and that at which the last begins. */
const FIRST_SHARE = 0.1;
const LAST_BEGIN = 0.85;
/** A last search pays where windows never bind and routes are many. */
const LAST_FROM_TASKS = 200;
const LAST_HEAT = 0.03;
const EPSILON = 1e-9;

/** Whether the budget is long enough for `searchInPhases`. */
export function isWorthPhases(nTasks: number, { expectedIterations }: SearchOptions): boolean {
  return expectedIterations !== undefined && expectedIterations >= ITERATIONS_A_TASK * nTasks;
}

/**
 * A long search of a uniform fleet: ruin-and-recreate for the first plans, a genetic search that breeds from them, and at the end a cool
 * ruin-and-recreate from the best. Where the first plans leave tasks out, ruin-and-recreate alone. A child of the genetic search counts
 * as many iterations as there are tasks. Input and determinism: see `ruinAndRecreate`.
 */
export function searchInPhases(problem: FleetProblem, fleet: UniformFleet, options: SearchOptions): SearchResult {
  const { nTasks } = fleet;
  const seeds: SearchResult[] = [];
  const phases = new BudgetPhases(options);
  const { crew } = options;
  const ruin = (
    [from, to]: readonly [number, number],
    startRoutes: SearchOptions["startRoutes"],
    how: Pick<SearchOptions, "heat" | "team">,
  ): SearchResult => phases.take(searchUniform(problem, fleet, { ...phases.between(from, to, startRoutes), ...how }));

  const nFirst = fleet.isTimed && nTasks <= MANY_TASKS ? FIRST_SEARCHES_TIMED : FIRST_SEARCHES;
  const firstEnd = FIRST_SHARE * nFirst;
  const isMany = nTasks > MANY_TASKS;
  const step = isMany ? firstEnd : FIRST_SHARE;
  for (let from = 0; from < firstEnd - EPSILON; from += step) {
    const found = ruin([from, from + step], options.startRoutes, { team: isMany ? crew?.first : undefined });
    if (found.loss === 0) seeds.push(found);
  }
  if (seeds.length === 0) {
    const found = ruin([firstEnd, 1], phases.best?.routes, {});
    return { ...(phases.best ?? found), iterations: phases.done };
  }
  const isLast = !fleet.isTimed && nTasks > LAST_FROM_TASKS;
  const genetic = phases.between(0, isLast ? LAST_BEGIN : 1, undefined);
  const bred = searchGenetic(fleet, seeds, {
    rng: options.rng,
    spent: (child) => genetic.spent(child * nTasks),
    onImprovement: (score, child) => genetic.onImprovement?.(score, child * nTasks),
    mail: crew?.mail,
  });
  const found = phases.take({
    ...bred,
    routes: padRoutes(bred.routes, fleet.nRoutes),
    iterations: bred.children * nTasks,
  });
  if (isLast && phases.spent() < 1) {
    ruin([LAST_BEGIN, 1], phases.best?.routes, { heat: LAST_HEAT, team: isMany ? crew?.last : undefined });
  }
  return { ...(phases.best ?? found), iterations: phases.done };
}
