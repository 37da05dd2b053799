import { COST_TOLERANCE, setRoute, type DraftPlan } from "../draft-plan.ts";
import { isRouteFeasible } from "../is-route-feasible.ts";
import { arcCost, nodeAt } from "../route-cost.ts";

/**
 * 2-opt: reverses a part of one route. Makes the first improvement found and says whether there was one.
 * O(route²) parts a route, each priced in O(1) by sums that grow with the part; matrices may be asymmetric.
 */
export function reverseSegmentInPlace(plan: DraftPlan): boolean {
  return plan.routes.some((_, vehicle) => reverseInRoute(plan, vehicle));
}

function reverseInRoute(plan: DraftPlan, vehicle: number): boolean {
  const { problem } = plan;
  const order = plan.routes[vehicle];
  const arc = (from: number, to: number): number =>
    arcCost(problem, vehicle, nodeAt(problem, vehicle, order, from), nodeAt(problem, vehicle, order, to));
  for (let first = 0; first < order.length - 1; first++) {
    let forward = 0;
    let backward = 0;
    for (let last = first + 1; last < order.length; last++) {
      forward += arc(last - 1, last);
      backward += arc(last, last - 1);
      const oldCost = arc(first - 1, first) + forward + arc(last, last + 1);
      const newCost = arc(first - 1, last) + backward + arc(first, last + 1);
      if (newCost >= oldCost - COST_TOLERANCE) continue;
      const turned = [...order.slice(0, first), ...order.slice(first, last + 1).reverse(), ...order.slice(last + 1)];
      if (!isRouteFeasible(problem, vehicle, turned)) continue;
      setRoute(plan, vehicle, turned);
      return true;
    }
  }
  return false;
}
