import type { FleetProblem } from "./fleet-problem.ts";
import { searchGenetic } from "./genetic/search-genetic.ts";
import { isBetterScore } from "./plan-board.ts";
import { EXCHANGES, type FoundRoutes, type SearchOptions, type SearchResult } from "./ruin-and-recreate.ts";
import type { UniformFleet } from "./uniform-fleet.ts";
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
  const { rng } = options;
  const { nTasks } = fleet;
  const seeds: SearchResult[] = [];
  let best: FoundRoutes | undefined;
  let done = 0;
  let nextExchange = 1;
  const take = (found: FoundRoutes): void => {
    if (best === undefined || isBetterScore(found, best)) best = found;
  };
  /** Options of a search that has the budget from one share to another. */
  const between = (from: number, to: number, startRoutes: SearchOptions["startRoutes"]): SearchOptions => {
    const before = done;
    return {
      rng,
      spent: (iteration) => (options.spent(before + iteration) - from) / (to - from),
      onImprovement: (score, iteration) => {
        if (best === undefined || isBetterScore(score, best)) options.onImprovement?.(score, before + iteration);
      },
      ...(startRoutes === undefined ? {} : { startRoutes }),
    };
  };
  const ruin = (from: number, to: number, startRoutes: SearchOptions["startRoutes"], heat = 1): SearchResult => {
    const found = searchUniform(problem, fleet, { ...between(from, to, startRoutes), heat });
    done += found.iterations;
    take(found);
    return found;
  };

  const nFirst = fleet.isTimed && nTasks <= MANY_TASKS ? FIRST_SEARCHES_TIMED : FIRST_SEARCHES;
  const firstEnd = FIRST_SHARE * nFirst;
  const step = nTasks > MANY_TASKS ? firstEnd : FIRST_SHARE;
  for (let from = 0; from < firstEnd - EPSILON; from += step) {
    const found = ruin(from, from + step, options.startRoutes);
    if (found.loss === 0) seeds.push(found);
  }
  if (seeds.length === 0) {
    const found = ruin(firstEnd, 1, best?.routes);
    return { ...(best ?? found), iterations: done };
  }
  const isLast = !fleet.isTimed && nTasks > LAST_FROM_TASKS;
  const end = isLast ? LAST_BEGIN : 1;
  const before = done;
  const bred = searchGenetic(fleet, seeds, {
    rng,
    spent: (child) => options.spent(before + child * nTasks) / end,
    onImprovement: (score, child) => options.onImprovement?.(score, before + child * nTasks),
    exchange: (held, child) => {
      const share = options.spent(before + child * nTasks);
      if (options.exchange === undefined || share * EXCHANGES < nextExchange) return undefined;
      nextExchange = Math.floor(share * EXCHANGES) + 1;
      return options.exchange({ ...held, routes: padRoutes(held.routes, fleet.nRoutes) });
    },
  });
  done += bred.children * nTasks;
  take({ ...bred, routes: padRoutes(bred.routes, fleet.nRoutes) });
  if (isLast && options.spent(done) < 1) ruin(LAST_BEGIN, 1, best?.routes, LAST_HEAT);
  return { ...(best as FoundRoutes), iterations: done };
}

/** The routes, then empty ones up to `count`. */
function padRoutes(routes: readonly Int32Array[], count: number): Int32Array[] {
  return Array.from({ length: count }, (_, at) => routes[at] ?? new Int32Array(0));
}
