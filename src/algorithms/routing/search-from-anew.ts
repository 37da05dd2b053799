import { BudgetPhases } from "./budget-phases.ts";
import { coverByRoutes } from "./cover-by-routes.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { RoutePool } from "./route-pool.ts";
import {
  isFleetOpen,
  isWorthGivingUp,
  ruinAndRecreate,
  type SearchOptions,
  type SearchResult,
  type SearchScore,
} from "./ruin-and-recreate.ts";
import type { UniformFleet } from "./uniform-fleet.ts";
import { searchUniform } from "./uniform-search.ts";

/**
 * So many starts that end at the same cost, the least of all, are taken for proof enough that there is no better plan: fewer where stops and
 * vehicles are alike. Four in an open fleet took a sixth longer and found hardly better plans.
 */
const AGREEING_OF_UNIFORM = 2;
const AGREEING = 3;
const SAME_COST = 1e-9;

/** Share of the budget for a cooler search from the plan put together of the routes of all starts, and its heat. Measured as that of the starts. */
const LAST_SHARE = 0.25;
const LAST_HEAT = 0.5;
const LAST_HEAT_OF_UNIFORM = 0.15;

/**
 * Several searches from anew that share the budget. If asked, the routes that they meet are then put together anew and a last search goes on
 * from there: for problems without rules and of tasks that a `RoutePool` can tell apart. Those of other threads are not asked for plans, or all would end at the same.
 */
export function searchFromAnew(
  problem: FleetProblem,
  uniform: UniformFleet | undefined,
  options: SearchOptions,
  { starts, hasLast }: { readonly starts: number; readonly hasLast: boolean },
): SearchResult {
  const pool = hasLast && problem.nTasks > 0 ? new RoutePool(problem) : undefined;
  const phases = new BudgetPhases(options);
  const firstEnd = pool === undefined ? 1 : 1 - LAST_SHARE;
  const mayGiveUp = isWorthGivingUp(problem);
  const search = (
    [from, to]: readonly [number, number],
    heat: number | undefined,
    startRoutes: SearchOptions["startRoutes"],
  ): SearchResult => {
    const part = { ...phases.between(from, to, startRoutes), heat, mayGiveUp, pool };
    return phases.take(uniform === undefined ? ruinAndRecreate(problem, part) : searchUniform(problem, uniform, part));
  };
  /** Whether a plan of pooled routes is better than all before. */
  const combine = (): boolean => {
    if (pool === undefined || phases.best === undefined) return false;
    const found = coverByRoutes(pool, phases.best);
    if (found === undefined) return false;
    phases.take({ ...found, iterations: 0 });
    options.onImprovement?.(found, phases.done);
    return true;
  };

  // With rules beyond VROOM's, such as the balance of routes, all starts may end at the same plan that is not the best.
  const mayEnd = options.mayEndEarly === true && problem.rules === undefined;
  const enough = uniform === undefined || isFleetOpen(problem) ? AGREEING : AGREEING_OF_UNIFORM;
  const keepsStart = problem.rules?.pinned.includes(1) === true;
  let agreed = 0;
  const isSettled = (): boolean => mayEnd && agreed >= enough;
  for (let start = 0; start < starts && !isSettled(); start++) {
    const { best } = phases;
    const startRoutes = start === 0 || keepsStart ? options.startRoutes : undefined;
    const share = [(firstEnd * start) / starts, (firstEnd * (start + 1)) / starts] as const;
    const found = search(share, options.heat, startRoutes);
    if (best !== undefined && isSameScore(found, best)) agreed++;
    else if (phases.best === found) agreed = 1;
  }
  const before = phases.spent();
  if (pool !== undefined && (combine() || !isSettled())) {
    const from = phases.spent();
    // With a time limit, the second time takes about as long as the first.
    const to = Math.min(from + LAST_SHARE, 1 - (from - before));
    if (from < to) {
      const heat = uniform === undefined ? LAST_HEAT : LAST_HEAT_OF_UNIFORM;
      search([from, to], heat, phases.best?.routes);
      combine();
    }
  }
  // There is at least one start.
  return { ...(phases.best as SearchResult), iterations: phases.done };
}

function isSameScore(a: SearchScore, b: SearchScore): boolean {
  return a.loss === b.loss && Math.abs(a.cost - b.cost) <= SAME_COST * Math.abs(b.cost);
}
