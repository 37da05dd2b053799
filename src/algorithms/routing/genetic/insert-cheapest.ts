import type { PenalisedPlan } from "./penalised-plan.ts";

/** Puts a task where it costs least with penalties; returns the route. O(tasks). */
export function insertCheapest(plan: PenalisedPlan, task: number): number {
  const { next, prev, column, cost, count, penalty, load, fleet, nRoutes } = plan;
  const { nTasks, stride, isTimed, demand } = fleet;
  let least = Infinity;
  let bestBefore = -1;
  let isEmptySeen = false;
  for (let route = 0; route < nRoutes; route++) {
    if (count[route] === 0) {
      if (isEmptySeen) continue;
      isEmptySeen = true;
    }
    const end = nTasks + nRoutes + route;
    const overload = plan.price(load[route] + demand[task], 0) - penalty[route];
    for (let before = nTasks + route; before !== end; before = next[before]) {
      const after = next[before];
      const row = column[before] * stride;
      let change = cost[row + task] + cost[task * stride + column[after]] - cost[row + column[after]] + overload;
      if (change >= least) continue;
      if (isTimed) {
        plan.leave(before);
        plan.visit(task);
        change += plan.price(0, plan.join(after));
        if (change >= least) continue;
      }
      least = change;
      bestBefore = before;
    }
  }
  const after = next[bestBefore];
  next[bestBefore] = task;
  prev[task] = bestBefore;
  next[task] = after;
  prev[after] = task;
  const route = plan.routeOf[bestBefore];
  plan.refresh(route);
  return route;
}
