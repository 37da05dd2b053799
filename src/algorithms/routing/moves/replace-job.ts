import { COST_TOLERANCE, setRoute, type DraftPlan } from "../draft-plan.ts";
import { isRouteFeasible } from "../is-route-feasible.ts";
import { routeCost } from "../route-cost.ts";

/**
 * Serves an unassigned job instead of an assigned one, at any place of its route, where that serves more priority or
 * the same for less cost. Makes the first improvement found and says whether there was one.
 * O(unassigned · Σ route²) orders, each O(route) to price.
 */
export function replaceJobInPlace(plan: DraftPlan): boolean {
  const { problem, routes } = plan;
  for (const outside of plan.unassigned) {
    for (let vehicle = 0; vehicle < routes.length; vehicle++) {
      for (let at = 0; at < routes[vehicle].length; at++) {
        const inside = routes[vehicle][at];
        const gain = problem.jobs[outside].priority - problem.jobs[inside].priority;
        if (gain < 0) continue;
        const rest = routes[vehicle].toSpliced(at, 1);
        for (let place = 0; place <= rest.length; place++) {
          const order = rest.toSpliced(place, 0, outside);
          const isCheaper = routeCost(problem, vehicle, order) < plan.costs[vehicle] - COST_TOLERANCE;
          if ((gain === 0 && !isCheaper) || !isRouteFeasible(problem, vehicle, order)) continue;
          setRoute(plan, vehicle, order);
          plan.unassigned = plan.unassigned.map((job) => (job === outside ? inside : job)).sort((a, b) => a - b);
          return true;
        }
      }
    }
  }
  return false;
}
