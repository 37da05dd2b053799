import { COST_TOLERANCE, setRoute, type DraftPlan } from "../draft-plan.ts";
import { isRouteFeasible } from "../is-route-feasible.ts";
import { spliceDelta } from "../route-cost.ts";

/** Jobs taken from the first and the second route. */
const SHORT_SWAPS = [
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
] as const;

/**
 * Exchanges one or two neighbouring jobs of a route with one or two of another, and (2-opt*) the tails of two routes.
 * Makes the first improvement found and says whether there was one. O(jobs²) pairs, tails priced in O(route).
 */
export function swapSegmentsInPlace(plan: DraftPlan): boolean {
  for (let a = 0; a < plan.routes.length; a++) {
    for (let b = a + 1; b < plan.routes.length; b++) if (swapBetween(plan, a, b)) return true;
  }
  return false;
}

function swapBetween(plan: DraftPlan, a: number, b: number): boolean {
  const [lengthA, lengthB] = [plan.routes[a].length, plan.routes[b].length];
  for (let atA = 0; atA <= lengthA; atA++) {
    for (let atB = 0; atB <= lengthB; atB++) {
      for (const [countA, countB] of SHORT_SWAPS) {
        if (atA + countA > lengthA || atB + countB > lengthB) continue;
        if (swapOne(plan, a, atA, countA, b, atB, countB)) return true;
      }
      if (swapOne(plan, a, atA, lengthA - atA, b, atB, lengthB - atB)) return true;
    }
  }
  return false;
}

function swapOne(
  plan: DraftPlan,
  a: number,
  atA: number,
  countA: number,
  b: number,
  atB: number,
  countB: number,
): boolean {
  const { problem } = plan;
  const [orderA, orderB] = [plan.routes[a], plan.routes[b]];
  const segmentA = orderA.slice(atA, atA + countA);
  const segmentB = orderB.slice(atB, atB + countB);
  const change =
    spliceDelta(problem, a, orderA, atA, countA, segmentB) + spliceDelta(problem, b, orderB, atB, countB, segmentA);
  if (change >= -COST_TOLERANCE) return false;
  const newA = orderA.toSpliced(atA, countA, ...segmentB);
  const newB = orderB.toSpliced(atB, countB, ...segmentA);
  if (!isRouteFeasible(problem, a, newA) || !isRouteFeasible(problem, b, newB)) return false;
  setRoute(plan, a, newA);
  setRoute(plan, b, newB);
  return true;
}
