import type { FleetProblem } from "./fleet-problem.ts";
import { countBalance } from "./plan-costs.ts";
import { RoutePlan } from "./route-plan.ts";
import { RouteSchedule } from "./route-schedule.ts";
import { layRoute, startRoutes } from "./start-routes.ts";

/** Routes of so many free tasks are tried in all orders, those of so many in the orders that one task or two exchanged make. */
const ALL_ORDERS = 5;
const SOME_ORDERS = 8;
/** In larger plans the time goes to the search. */
const SMALL = 50;
const EPSILON = 1e-6;

/**
 * Orders the tasks of each short route of a small plan anew, every order timed from all starts at which it can cost least: a search compares
 * orders by a few starts only. Locked tasks stay first. Asked before each order whether time is up. A plan without traffic, or a large one,
 * comes back as it is. O(routes × orders × stops² × periods × log of the day).
 */
export function polishInTraffic(
  problem: FleetProblem,
  routes: readonly Int32Array[],
  isOver: () => boolean,
): readonly Int32Array[] {
  const { rules, nTasks } = problem;
  if (rules?.traffic === undefined || nTasks > SMALL || !rules.traffic.timeCost.some((cost) => cost > 0)) return routes;
  const plan = new RoutePlan(problem, true);
  startRoutes(plan, routes, new Int32Array(nTasks));
  const polisher = new RoutePolisher(plan, rules.pinned, isOver);
  return routes.map((route, vehicle) => polisher.polish(vehicle, route));
}

class RoutePolisher {
  private readonly plan: RoutePlan;
  private readonly schedule: RouteSchedule;
  private readonly pinned: Uint8Array;
  private readonly isOver: () => boolean;
  private best: readonly number[] = [];
  private bestCost = Infinity;

  constructor(plan: RoutePlan, pinned: Uint8Array, isOver: () => boolean) {
    this.plan = plan;
    this.schedule = new RouteSchedule(plan.problem);
    this.pinned = pinned;
    this.isOver = isOver;
  }

  polish(vehicle: number, route: Int32Array): Int32Array {
    const given = [...route];
    const locked = given.findLastIndex((task) => this.pinned[task] === 1) + 1;
    const free = given.length - locked;
    if (free < 2 || free > SOME_ORDERS) return route;
    this.best = given;
    this.bestCost = Infinity;
    this.attempt(vehicle, given);
    // What was found must stand, should it not be feasible to this room's measure.
    if (this.bestCost === Infinity) return route;
    if (free <= ALL_ORDERS) this.permute(vehicle, given.slice(0, locked), given.slice(locked));
    else
      for (let before = Infinity; this.bestCost < before - EPSILON;) {
        before = this.bestCost;
        this.attemptNeighbours(vehicle, this.best, locked);
      }
    layRoute(this.plan, this.schedule, vehicle, this.best);
    return Int32Array.from(this.best);
  }

  private permute(vehicle: number, head: readonly number[], left: readonly number[]): void {
    if (left.length === 0) return this.attempt(vehicle, head);
    for (const task of left)
      this.permute(
        vehicle,
        [...head, task],
        left.filter((one) => one !== task),
      );
  }

  private attemptNeighbours(vehicle: number, order: readonly number[], locked: number): void {
    for (let from = locked; from < order.length; from++) {
      for (let to = locked; to < order.length; to++) {
        if (to === from) continue;
        const task = order[from];
        this.attempt(vehicle, order.toSpliced(from, 1).toSpliced(to, 0, task));
        if (to > from) this.attempt(vehicle, order.with(from, order[to]).with(to, task));
      }
    }
  }

  private attempt(vehicle: number, order: readonly number[]): void {
    if (this.bestCost < Infinity && this.isOver()) return;
    if (!layRoute(this.plan, this.schedule, vehicle, order)) return;
    const cost = this.plan.routeCost[vehicle] + countBalance(this.plan);
    if (cost >= this.bestCost - EPSILON) return;
    this.bestCost = cost;
    this.best = order;
  }
}
