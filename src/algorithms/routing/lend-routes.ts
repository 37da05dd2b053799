import type { FleetProblem } from "./fleet-problem.ts";
import type { TaskPrices } from "./price-tasks.ts";
import type { PooledRoute, RoutePool } from "./route-pool.ts";
import { RoutePlan } from "./route-plan.ts";
import { RouteSchedule } from "./route-schedule.ts";
import { layRoute } from "./start-routes.ts";

/** So many routes are tried, those that pay best; each takes as long as an insertion or two. */
const MOST_LENT = 100;
/** Only those that leave the rest of a plan this share of the room between the bound and the known plan. */
const ROOM = 0.5;

/**
 * Routes of a pool as vehicles of other groups would drive them, in the same order, where that is feasible and, by the prices of the tasks, may
 * belong to a plan cheaper than `most`. A search seldom moves a whole route to another vehicle. O(routes × groups × tasks of a route).
 */
export function lendRoutes(
  pool: RoutePool,
  routes: readonly PooledRoute[],
  prices: TaskPrices,
  most: number,
): PooledRoute[] {
  const { problem, groupOf } = pool;
  const lenders = Int32Array.from(prices.least, (_, group) => groupOf.indexOf(group));
  const room = Math.max(0, most - prices.bound) * ROOM;
  const offers: { route: PooledRoute; group: number; excess: number }[] = [];
  for (const route of routes) {
    const worth = route.tasks.reduce((sum, task) => sum + prices.price[task], 0);
    for (let group = 0; group < lenders.length; group++) {
      if (group === route.group) continue;
      const excess = countRouteCost(problem, lenders[group], route.tasks) - worth - prices.least[group];
      if (excess < room) offers.push({ route, group, excess });
    }
  }
  offers.sort((a, b) => a.excess - b.excess);
  const plan = new RoutePlan(problem);
  const schedule = new RouteSchedule(problem);
  const lent: PooledRoute[] = [];
  for (const { route, group } of offers.slice(0, MOST_LENT)) {
    const vehicle = lenders[group];
    if (layRoute(plan, schedule, vehicle, [...route.tasks]))
      lent.push({ ...route, group, cost: plan.routeCost[vehicle] });
    layRoute(plan, schedule, vehicle, []);
  }
  return lent;
}

/** What a vehicle's route costs, but for setups. */
function countRouteCost(problem: FleetProblem, vehicle: number, tasks: Int32Array): number {
  const { nTasks, nVehicles, nLocations, location, vehicleClass } = problem;
  const kind = vehicleClass[vehicle];
  const costs = problem.costs[kind];
  let cost = problem.fixedCost[vehicle];
  let at = location[nTasks + vehicle];
  for (const task of tasks) {
    cost += costs[at * nLocations + location[task]] + problem.actionCost[kind] * problem.service[kind][task];
    at = location[task];
  }
  return cost + costs[at * nLocations + location[nTasks + nVehicles + vehicle]];
}
