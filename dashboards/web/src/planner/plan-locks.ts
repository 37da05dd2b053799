import type { Stop, StopOrder } from "./edit-plan.ts";
import { nameOfTask, type PlanStep, type ProblemTask, type RouteProblem } from "./vroom.ts";

/** What stays first on a route, in its order, with the breaks and reloads between; all of the route where nothing may be added. */
export interface LockedOrder {
  readonly stops: readonly Stop[];
  readonly isWhole: boolean;
}

/** What is locked, as it was when it was locked: a change by hand against it shows. */
export interface PlanLocks {
  /** By the vehicle's id. */
  readonly orders: ReadonlyMap<number, LockedOrder>;
  /** Tasks that stay on a vehicle, wherever on its route; the vehicle's id by the task's name. */
  readonly stops: ReadonlyMap<string, number>;
}

export const NO_LOCKS: PlanLocks = { orders: new Map(), stops: new Map() };

/** Tasks count in a locked prefix; breaks and reloads go with what is around them. */
export function isTask({ type }: { readonly type: Stop["type"] | PlanStep["type"] }): boolean {
  return type === "job" || type === "pickup" || type === "delivery";
}

/** The locks that a problem comes with: `locked_steps` of vehicles, `locked_vehicle` of tasks. */
export function locksOf(problem: RouteProblem): PlanLocks {
  const orders = problem.vehicles.flatMap(({ id, steps = [], locked_steps: tasks = 0 }) => {
    const stops = steps.flatMap(({ type, id: task }): Stop[] =>
      type === "start" || type === "end" || task === undefined ? [] : [{ type, id: task }],
    );
    return tasks === 0 ? [] : [[id, { stops: cutAfter(stops, tasks), isWhole: false }] as const];
  });
  const jobs = (problem.jobs ?? []).map(({ id, locked_vehicle: vehicle }) => [`job ${id}`, vehicle] as const);
  const shipments = (problem.shipments ?? []).flatMap(
    ({ pickup, delivery, locked_vehicle: vehicle }) =>
      [
        [`pickup ${pickup.id}`, vehicle],
        [`delivery ${delivery.id}`, vehicle],
      ] as const,
  );
  const tied = [...jobs, ...shipments].flatMap(([name, vehicle]) =>
    vehicle === undefined ? [] : [[name, vehicle] as const],
  );
  return { orders: new Map(orders), stops: new Map(tied) };
}

/** Locks the first tasks of a vehicle's stops; none of them frees it. */
export function lockPrefix(locks: PlanLocks, vehicle: number, stops: readonly Stop[], tasks: number): PlanLocks {
  const orders = new Map(locks.orders);
  if (tasks === 0) orders.delete(vehicle);
  else orders.set(vehicle, { stops: cutAfter(stops, tasks), isWhole: false });
  return { ...locks, orders };
}

/** Locks all of a vehicle's route, or frees it. */
export function toggleRoute(locks: PlanLocks, vehicle: number, stops: readonly Stop[]): PlanLocks {
  const orders = new Map(locks.orders);
  if (orders.get(vehicle)?.isWhole === true) orders.delete(vehicle);
  else orders.set(vehicle, { stops, isWhole: true });
  return { ...locks, orders };
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
export function countLocks({ orders, stops }: PlanLocks): number {
  return [...orders.values()].reduce((sum, order) => sum + (order.isWhole ? 1 : countTasks(order)), stops.size);
}

export function countTasks({ stops }: Pick<LockedOrder, "stops">): number {
  return stops.filter(isTask).length;
}

/** Whether a search must leave a stop as it is on a vehicle, or at least there. */
export function isLocked({ orders, stops }: PlanLocks, vehicle: number, stop: Stop): boolean {
  const name = nameOfTask(stop);
  return stops.get(name) === vehicle || orders.get(vehicle)?.stops.some((one) => nameOfTask(one) === name) === true;
}

/** The problem with the tasks that are tied to vehicles, and no others: what breaks a tie is then a broken rule. */
export function tieStops(problem: RouteProblem, { stops }: PlanLocks): RouteProblem {
  const tie = <Task extends { readonly locked_vehicle?: number }>(task: Task, name: string): Task => {
    const { locked_vehicle: _before, ...rest } = task;
    const vehicle = stops.get(name);
    // Only an optional field was taken off or set.
    return (vehicle === undefined ? rest : { ...rest, locked_vehicle: vehicle }) as Task;
  };
  const { jobs, shipments } = problem;
  return {
    ...problem,
    ...(jobs === undefined ? {} : { jobs: jobs.map((job: ProblemTask) => tie(job, `job ${job.id}`)) }),
    ...(shipments === undefined ? {} : { shipments: shipments.map((one) => tie(one, `pickup ${one.pickup.id}`)) }),
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
  const kept = restoreLocked(problem, order, locks);
  return {
    ...tieStops(problem, locks),
    options: { ...options, ...(stabilityCost > 0 ? { stability_cost: stabilityCost } : {}) },
    vehicles: problem.vehicles.map((vehicle) => {
      const stops = kept.get(vehicle.id) ?? [];
      const { steps: _steps, locked_steps: _locked, ...rest } = vehicle;
      const locked = locks.orders.get(vehicle.id);
      return {
        ...rest,
        ...(locked?.isWhole === true ? { max_tasks: countTasks(locked) } : {}),
        ...(stops.some(isTask)
          ? {
              steps: [{ type: "start" }, ...stops, { type: "end" }],
              locked_steps: locked === undefined ? 0 : countTasks(locked),
            }
          : {}),
      };
    }),
  };
}

/** The order with what is locked back in its place, and the deliveries of locked pickups on their vehicle. */
function restoreLocked(problem: RouteProblem, order: StopOrder, { orders }: PlanLocks): StopOrder {
  const owners = new Map<string, number>();
  for (const [vehicle, { stops }] of orders) {
    for (const stop of stops.filter(isTask)) for (const name of namesOf(problem, stop)) owners.set(name, vehicle);
  }
  return new Map(
    [...order].map(([vehicle, stops]) => {
      const locked = orders.get(vehicle);
      if (locked === undefined) return [vehicle, stops.filter((stop) => !owners.has(nameOfTask(stop)))];
      const names = locked.stops.map(nameOfTask);
      const isKept = names.every((name, at) => stops[at] !== undefined && nameOfTask(stops[at]) === name);
      if (isKept && (!locked.isWhole || stops.length === names.length)) return [vehicle, stops];
      const mates = [...owners]
        .filter(([name, owner]) => owner === vehicle && name.startsWith("delivery ") && !names.includes(name))
        .map(([name]): Stop => ({ type: "delivery", id: Number(name.slice("delivery ".length)) }));
      const free = stops.filter((stop) => {
        const name = nameOfTask(stop);
        return stop.type !== "reload" && !names.includes(name) && !owners.has(name);
      });
      return [vehicle, [...locked.stops, ...mates, ...(locked.isWhole ? [] : free)]];
    }),
  );
}

/** Stops up to the last of so many tasks. */
function cutAfter(stops: readonly Stop[], tasks: number): readonly Stop[] {
  let seen = 0;
  const end = stops.findIndex((stop) => isTask(stop) && ++seen === tasks);
  return end < 0 ? stops : stops.slice(0, end + 1);
}

function namesOf(problem: RouteProblem, { type, id }: Stop): string[] {
  if (type !== "pickup" && type !== "delivery") return [nameOfTask({ type, id })];
  const shipment = problem.shipments?.find((one) => one[type].id === id);
  if (shipment === undefined) return [];
  return [`pickup ${shipment.pickup.id}`, `delivery ${shipment.delivery.id}`];
}
