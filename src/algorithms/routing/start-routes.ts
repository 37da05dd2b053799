import { ReloadDropper } from "./drop-reloads.ts";
import type { RoutePlan } from "./route-plan.ts";
import { RouteSchedule } from "./route-schedule.ts";
import { countServable } from "./trip-loads.ts";

/**
 * Lays given routes into a plan instead of what is there, each cut back from its end until it is feasible, and writes every task left over
 * (a shipment by its pickup) into `absent`. Returns how many those are. O(tasks² of a route) where routes must be cut.
 */
export function startRoutes(plan: RoutePlan, routes: readonly ArrayLike<number>[], absent: Int32Array): number {
  const { problem } = plan;
  const schedule = new RouteSchedule(problem);
  const dropper = problem.rules?.reloads && new ReloadDropper(plan);
  for (let vehicle = 0; vehicle < problem.nVehicles; vehicle++) layRoute(plan, schedule, vehicle, []);
  // Routes with pinned tasks come first where vehicles are limited.
  const isPinned = (task: number): boolean => (problem.rules?.pinned[task] ?? 0) > 0;
  const turns = Array.from(routes, (given, vehicle) => ({
    given,
    vehicle,
    isPinned: Array.from(given).some(isPinned),
  }));
  turns.sort((a, b) => Number(b.isPinned) - Number(a.isPinned));
  turns.forEach(({ given, vehicle }) => {
    let tasks = plan.mayUseAnother() ? Array.from(given) : [];
    while (tasks.length > 0 && !layRoute(plan, schedule, vehicle, tasks)) {
      // Pinned tasks go last: a plan without them is no answer.
      const last = tasks.findLast((task) => !isPinned(task));
      tasks = last === undefined ? [] : tasks.filter((task) => task !== last && task !== problem.mate[last]);
    }
    if (tasks.length === 0) layRoute(plan, schedule, vehicle, tasks);
    dropper?.drop(vehicle);
    if (dropper !== undefined) plan.refreshRoute(vehicle);
  });
  let count = 0;
  for (let task = 0; task < countServable(problem); task++) {
    const isHead = problem.mate[task] < 0 || problem.isPickup[task] === 1;
    if (isHead && plan.vehicleOf[task] < 0) absent[count++] = task;
  }
  return count;
}

/** Replaces the route by `tasks` and says whether it is feasible. */
export function layRoute(plan: RoutePlan, schedule: RouteSchedule, vehicle: number, tasks: readonly number[]): boolean {
  const { problem } = plan;
  const start = problem.nTasks + vehicle;
  const end = start + problem.nVehicles;
  while (plan.next[start] !== end) plan.unlink(plan.next[start]);
  let before = start;
  for (const task of tasks) {
    plan.link(task, before, vehicle);
    before = task;
  }
  plan.refreshRoute(vehicle);
  return isFeasible(plan, schedule, vehicle, tasks);
}

function isFeasible(plan: RoutePlan, schedule: RouteSchedule, vehicle: number, tasks: readonly number[]): boolean {
  const { problem } = plan;
  const { nTasks, nVehicles, mate, isPickup } = problem;
  const allowed = problem.vehicleClass[vehicle] * nTasks;
  const isPaired = tasks.every((task, at) => {
    const other = mate[task] < 0 ? at : tasks.indexOf(mate[task]);
    return mate[task] < 0 || (isPickup[task] === 1 ? other > at : other >= 0 && other < at);
  });
  if (!isPaired || !tasks.every((task) => problem.isAllowed[allowed + task] === 1)) return false;
  if (plan.countServed(vehicle) > problem.maxTasks[vehicle] || (tasks.length > 0 && plan.countServed(vehicle) === 0))
    return false;
  if (plan.routeTravel[vehicle] > problem.maxTravelTime[vehicle]) return false;
  if (plan.routeDistance[vehicle] > problem.maxDistance[vehicle]) return false;
  if (!plan.isWithinCapacity(vehicle)) return false;
  if (schedule.isNeeded(vehicle)) return schedule.isFeasible(vehicle, Int32Array.from(tasks), tasks.length);
  return plan.departure[nTasks + nVehicles + vehicle] < Infinity;
}
