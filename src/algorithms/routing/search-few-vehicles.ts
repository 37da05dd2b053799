import { BudgetPhases } from "./budget-phases.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { reduceFleet } from "./reduce-fleet.ts";
import { ruinAndRecreate, type SearchOptions, type SearchResult } from "./ruin-and-recreate.ts";
import { listUsed } from "./used-routes.ts";
import type { UniformFleet } from "./uniform-fleet.ts";
import { searchUniform } from "./uniform-search.ts";

/** Shares of the budget: end of the search for a first plan, of that for fewer vehicles, of the searches from anew. */
const FIRST_END = 0.1;
const FEWER_END = 0.3;
const ANEW_END = 0.75;
const STARTS = 4;

/** Vehicles all alike of which each costs something to use. */
export function isAlikeAndCostly({ durations, fixedCost }: FleetProblem): boolean {
  return durations.length === 1 && fixedCost[0] > 0 && fixedCost.every((cost) => cost === fixedCost[0]);
}

/**
 * A search for plans of which the vehicles cost more than the way: a first plan, then one with as few vehicles as can be found, then the
 * shortest way for so many. Undefined where the first plan tells that it is not such a problem, or where it leaves tasks out.
 * Input and determinism: see `ruinAndRecreate`.
 */
export function searchFewVehicles(
  problem: FleetProblem,
  options: SearchOptions,
  uniform?: UniformFleet,
): SearchResult | undefined {
  const phases = new BudgetPhases(options);
  const first = phases.take(ruinAndRecreate(problem, phases.between(0, FIRST_END, options.startRoutes)));
  const nUsed = listUsed(first.routes).length;
  const fixedShare = (nUsed * problem.fixedCost[0]) / first.cost;
  if (first.loss > 0 || fixedShare < 0.5) return undefined;
  phases.take(reduceFleet(problem, first, countFewest(problem), phases.between(FIRST_END, FEWER_END, undefined)));
  const search = (from: number, to: number, isFleetSettled: boolean): SearchResult => {
    const part = { ...phases.between(from, to, phases.best?.routes), isFleetSettled };
    return phases.take(uniform === undefined ? ruinAndRecreate(problem, part) : searchUniform(problem, uniform, part));
  };
  // From where the search for fewer vehicles ended, which may be soon.
  const begin = phases.spent();
  for (let start = 0; start < STARTS; start++) {
    const step = (ANEW_END - begin) / STARTS;
    search(begin + step * start, begin + step * (start + 1), false);
  }
  const last = search(ANEW_END, 1, true);
  return { ...(phases.best ?? last), iterations: phases.done };
}

/** So many vehicles the loads need at least. */
function countFewest({ nTasks, nDims, delivery, pickup, capacity, mate }: FleetProblem): number {
  let fewest = 1;
  for (let d = 0; d < nDims; d++) {
    let delivered = 0;
    let collected = 0;
    for (let task = 0; task < nTasks; task++) {
      if (mate[task] >= 0) continue;
      delivered += delivery[task * nDims + d];
      collected += pickup[task * nDims + d];
    }
    fewest = Math.max(fewest, Math.ceil(Math.max(delivered, collected) / Math.max(capacity[d], 1e-9)));
  }
  return fewest;
}
