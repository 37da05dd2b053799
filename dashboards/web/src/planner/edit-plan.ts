import { nameOfTask, type PlanStep, type RoutePlan, type RouteProblem, type TaskKind } from "./vroom.ts";

/** Stops of each vehicle in order, by the vehicle's id. */
export type StopOrder = ReadonlyMap<number, readonly Stop[]>;

export interface Stop {
  readonly type: TaskKind | "break" | "reload";
  readonly id: number;
}

export function orderOf(problem: RouteProblem, plan: RoutePlan): StopOrder {
  const routes = new Map(plan.routes.map((route) => [route.vehicle, route.steps.flatMap(toStop)]));
  return new Map(problem.vehicles.map(({ id }) => [id, routes.get(id) ?? []]));
}

function toStop({ type, id }: PlanStep): Stop[] {
  return type === "start" || type === "end" || id === undefined ? [] : [{ type, id }];
}

/**
 * Moves a stop before the `position`-th stop of a vehicle; to another vehicle with the other half of its shipment, which
 * keeps its order. `vehicle` undefined takes it off the plan. A stop that was not planned is put in.
 */
export function moveStop(
  problem: RouteProblem,
  order: StopOrder,
  stop: Stop,
  vehicle: number | undefined,
  position: number,
): StopOrder {
  const from = [...order].find(([, stops]) => stops.some((one) => isSame(one, stop)))?.[0];
  const moved = from === vehicle ? [stop] : withMate(problem, stop);
  return new Map(
    [...order].map(([id, stops]) => {
      const left = stops.filter((one) => !moved.some((other) => isSame(one, other)));
      if (id !== vehicle) return [id, left];
      return [id, [...left.slice(0, position), ...moved, ...left.slice(position)]];
    }),
  );
}

/** The problem with that order for plan mode: the API times it and names all it breaks. */
export function toPlanProblem(problem: RouteProblem, order: StopOrder): RouteProblem {
  return {
    ...problem,
    options: { ...problem.options, c: true },
    vehicles: problem.vehicles.map((vehicle) => {
      const stops = order.get(vehicle.id) ?? [];
      // What is locked is checked on the page: here it would be the order itself.
      const { steps: _steps, locked_steps: _locked, ...rest } = vehicle;
      if (stops.every(({ type }) => type === "break")) return rest;
      return { ...rest, steps: [{ type: "start" }, ...stops, { type: "end" }] };
    }),
  };
}

/** Reasons that hold whatever else is planned; after a change by hand the API only says that a task is not in the plan. */
const LASTING = ["skills", "capacity", "time", "locked", "max-travel", "max-duration", "max-ride-time", "max-tasks"];

/** The changed plan, where what was left out before keeps the reason that a search gave. */
export function keepReasons(before: RoutePlan, changed: RoutePlan): RoutePlan {
  const known = new Map(
    before.unassigned.flatMap((task) => (LASTING.includes(task.reason) ? [[nameOfTask(task), task] as const] : [])),
  );
  return { ...changed, unassigned: changed.unassigned.map((task) => known.get(nameOfTask(task)) ?? task) };
}

function withMate(problem: RouteProblem, stop: Stop): Stop[] {
  if (stop.type !== "pickup" && stop.type !== "delivery") return [stop];
  const { type, id } = stop;
  const shipment = problem.shipments?.find((one) => one[type].id === id);
  if (shipment === undefined) return [stop];
  return [
    { type: "pickup", id: shipment.pickup.id },
    { type: "delivery", id: shipment.delivery.id },
  ];
}

function isSame(a: Stop, b: Stop): boolean {
  return nameOfTask(a) === nameOfTask(b);
}
