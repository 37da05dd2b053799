import type { RoutingProblem } from "./routing-problem.ts";

/** Fixed cost plus travel costs of the arcs in order; 0 for an unused vehicle. Says nothing about feasibility. O(jobs). */
export function routeCost(problem: RoutingProblem, vehicleIndex: number, order: readonly number[]): number {
  if (order.length === 0) return 0;
  const vehicle = problem.vehicles[vehicleIndex];
  let cost = vehicle.fixedCost;
  let node = vehicle.startNode;
  for (const job of order) {
    const next = problem.jobs[job].node;
    cost += arcCost(problem, vehicleIndex, node, next);
    node = next;
  }
  return cost + arcCost(problem, vehicleIndex, node, vehicle.endNode);
}

/** Travel cost between two nodes; 0 where one of them is an open end. */
export function arcCost(
  problem: RoutingProblem,
  vehicleIndex: number,
  from: number | undefined,
  to: number | undefined,
): number {
  if (from === undefined || to === undefined) return 0;
  return problem.vehicles[vehicleIndex].costs[from * problem.nodeCount + to];
}

/** Node at a position of a route: −1 is the start and `order.length` the end, undefined where that end is open. */
export function nodeAt(
  problem: RoutingProblem,
  vehicleIndex: number,
  order: readonly number[],
  position: number,
): number | undefined {
  if (position < 0) return problem.vehicles[vehicleIndex].startNode;
  if (position >= order.length) return problem.vehicles[vehicleIndex].endNode;
  return problem.jobs[order[position]].node;
}

/**
 * By how much the cost of a route changes when `removeCount` jobs from position `at` on give way to `segment`: the
 * difference of `routeCost` after and before `order.toSpliced(at, removeCount, ...segment)`. O(removeCount + segment).
 */
export function spliceDelta(
  problem: RoutingProblem,
  vehicleIndex: number,
  order: readonly number[],
  at: number,
  removeCount: number,
  segment: readonly number[],
): number {
  const fixedCost = problem.vehicles[vehicleIndex].fixedCost;
  const before = nodeAt(problem, vehicleIndex, order, at - 1);
  const after = nodeAt(problem, vehicleIndex, order, at + removeCount);

  let oldCost = 0;
  if (order.length > 0) {
    oldCost = fixedCost;
    let node = before;
    for (let position = at; position < at + removeCount; position++) {
      const next = problem.jobs[order[position]].node;
      oldCost += arcCost(problem, vehicleIndex, node, next);
      node = next;
    }
    oldCost += arcCost(problem, vehicleIndex, node, after);
  }
  if (order.length - removeCount + segment.length === 0) return -oldCost;
  let newCost = fixedCost;
  let node = before;
  for (const job of segment) {
    const next = problem.jobs[job].node;
    newCost += arcCost(problem, vehicleIndex, node, next);
    node = next;
  }
  return newCost + arcCost(problem, vehicleIndex, node, after) - oldCost;
}
