import type { Stop, StopOrder } from "./edit-plan.ts";
import { nameOfTask, type PlanStep, type RouteProblem } from "./vroom.ts";

/** What a search must leave as it is in the plan on screen. */
export interface PlanLocks {
  /** So many tasks of a vehicle stay first, in their order; by the vehicle's id. */
  readonly prefixes: ReadonlyMap<number, number>;
  /** Vehicles whose routes stay as they are. */
  readonly routes: ReadonlySet<number>;
  /** Tasks that stay on a vehicle, wherever on its route; the vehicle's id by the task's name. */
  readonly stops: ReadonlyMap<string, number>;
}

export const NO_LOCKS: PlanLocks = { prefixes: new Map(), routes: new Set(), stops: new Map() };

/** Tasks count in a locked prefix; breaks and reloads go with what is around them. */
export function isTask({ type }: { readonly type: Stop["type"] | PlanStep["type"] }): boolean {
  return type === "job" || type === "pickup" || type === "delivery";
}

export function lockPrefix(locks: PlanLocks, vehicle: number, tasks: number): PlanLocks {
  const prefixes = new Map(locks.prefixes);
  if (tasks === 0) prefixes.delete(vehicle);
  else prefixes.set(vehicle, tasks);
  return { ...locks, prefixes };
}

export function toggleRoute(locks: PlanLocks, vehicle: number): PlanLocks {
  const routes = new Set(locks.routes);
  if (!routes.delete(vehicle)) routes.add(vehicle);
  return { ...locks, routes };
}

/** Ties a task to a vehicle, a shipment as a whole; to undefined frees it. */
export function lockStop(problem: RouteProblem, locks: PlanLocks, stop: Stop, vehicle: number | undefined): PlanLocks {
  const stops = new Map(locks.stops);
  for (const name of namesOf(problem, stop)) {
    if (vehicle === undefined) stops.delete(name);
    else stops.set(name, vehicle);
  }
  return { ...locks, stops };
}

/** How many stops and routes are locked. */
export function countLocks({ prefixes, routes, stops }: PlanLocks): number {
  return [...prefixes.values()].reduce((sum, tasks) => sum + tasks, 0) + routes.size + stops.size;
}

/** Whether a search must leave the `rank`-th task of a route (from 0) as it is, or at least on its vehicle. */
export function isLocked(locks: PlanLocks, vehicle: number, rank: number, stop: Stop): boolean {
  return (
    locks.routes.has(vehicle) ||
    rank < (locks.prefixes.get(vehicle) ?? 0) ||
    locks.stops.get(nameOfTask(stop)) === vehicle
  );
}

/** The problem with the tasks that are tied to vehicles, so that a change by hand against a lock is a broken rule. */
export function tieStops(problem: RouteProblem, { stops }: PlanLocks): RouteProblem {
  if (stops.size === 0) return problem;
  const tie = (name: string): object => (stops.has(name) ? { locked_vehicle: stops.get(name) } : {});
  return {
    ...problem,
    ...(problem.jobs === undefined ? {} : { jobs: problem.jobs.map((job) => ({ ...job, ...tie(`job ${job.id}`) })) }),
    ...(problem.shipments === undefined
      ? {}
      : { shipments: problem.shipments.map((one) => ({ ...one, ...tie(`pickup ${one.pickup.id}`) })) }),
  };
}

/** The problem to search again from a plan: its order as `steps`, with what is locked, and a cost for each task that changes its vehicle. */
export function toLockedProblem(
  problem: RouteProblem,
  order: StopOrder,
  locks: PlanLocks,
  stabilityCost: number,
): RouteProblem {
  const { c: _plan, ...options } = problem.options ?? {};
  return {
    ...tieStops(problem, locks),
    options: { ...options, ...(stabilityCost > 0 ? { stability_cost: stabilityCost } : {}) },
    vehicles: problem.vehicles.map((vehicle) => {
      const stops = order.get(vehicle.id) ?? [];
      const tasks = stops.filter(isTask).length;
      const { steps: _steps, locked_steps: _locked, ...rest } = vehicle;
      const isWhole = locks.routes.has(vehicle.id);
      const locked = isWhole ? tasks : Math.min(tasks, locks.prefixes.get(vehicle.id) ?? 0);
      return {
        ...rest,
        ...(isWhole ? { max_tasks: tasks } : {}),
        ...(tasks === 0 ? {} : { steps: [{ type: "start" }, ...stops, { type: "end" }], locked_steps: locked }),
      };
    }),
  };
}

function namesOf(problem: RouteProblem, { type, id }: Stop): string[] {
  if (type !== "pickup" && type !== "delivery") return [nameOfTask({ type, id })];
  const shipment = problem.shipments?.find((one) => one[type].id === id);
  if (shipment === undefined) return [];
  return [`pickup ${shipment.pickup.id}`, `delivery ${shipment.delivery.id}`];
}
