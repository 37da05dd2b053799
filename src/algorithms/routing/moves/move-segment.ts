import { COST_TOLERANCE, setRoute, type DraftPlan } from "../draft-plan.ts";
import { isRouteFeasible } from "../is-route-feasible.ts";
import { spliceDelta } from "../route-cost.ts";

const LONGEST_SEGMENT = 3;

/**
 * Relocate and or-opt: takes one to three neighbouring jobs out and puts them, as they are or reversed, at another place
 * of the same or another route. Makes the first improvement found and says whether there was one. O(jobs²) places.
 */
export function moveSegmentInPlace(plan: DraftPlan): boolean {
  for (let from = 0; from < plan.routes.length; from++) {
    const order = plan.routes[from];
    for (let length = 1; length <= Math.min(LONGEST_SEGMENT, order.length); length++) {
      for (let at = 0; at + length <= order.length; at++) if (moveOne(plan, from, at, length)) return true;
    }
  }
  return false;
}

function moveOne(plan: DraftPlan, from: number, at: number, length: number): boolean {
  const { problem, routes } = plan;
  const segment = routes[from].slice(at, at + length);
  const rest = routes[from].toSpliced(at, length);
  const saved = -spliceDelta(problem, from, routes[from], at, length, []);
  const orientations = length === 1 ? [segment] : [segment, segment.toReversed()];
  for (let to = 0; to < routes.length; to++) {
    const target = to === from ? rest : routes[to];
    for (let place = 0; place <= target.length; place++) {
      for (const oriented of orientations) {
        if (spliceDelta(problem, to, target, place, 0, oriented) >= saved - COST_TOLERANCE) continue;
        const changed = target.toSpliced(place, 0, ...oriented);
        if (!isRouteFeasible(problem, to, changed)) continue;
        // Fewer stops can break a route too: what was dropped may have made room for a pickup.
        if (to !== from && !isRouteFeasible(problem, from, rest)) continue;
        setRoute(plan, from, rest);
        setRoute(plan, to, changed);
        return true;
      }
    }
  }
  return false;
}
