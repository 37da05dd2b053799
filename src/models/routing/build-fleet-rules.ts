import type { FleetRules } from "../../algorithms/routing/fleet-problem.ts";
import { buildBalance, buildStability } from "./build-plan-costs.ts";
import { numberSteps, type NumberedReloads } from "./build-fleet-reloads.ts";
import { plannedTasks } from "./read-vehicle.ts";
import { timeCostOf, trafficOf } from "./traffic-of.ts";
import type { VroomProblem, VroomTask, VroomVehicle } from "./vroom-problem.ts";

/** Tasks of a vehicle's locked prefix, by number. */
export function lockedTasks(vehicle: VroomVehicle): number[] {
  return plannedTasks(vehicle).slice(0, vehicle.lockedSteps);
}

/**
 * Vehicles that tasks must have, by number of the task: as asked for, or because the pickup of a delivery is locked there. A
 * shipment whose pickup is locked is no pair to the solver: its delivery comes later in any case.
 */
export function findFixedVehicles({ tasks, vehicles }: VroomProblem): Map<number, number> {
  const fixed = new Map<number, number>();
  tasks.forEach(({ lockedVehicle }, at) => {
    if (lockedVehicle !== undefined) fixed.set(at, lockedVehicle);
  });
  for (const vehicle of vehicles) {
    for (const task of lockedTasks(vehicle)) {
      fixed.set(task, vehicle.id);
      if ((tasks[task] as VroomTask).kind === "pickup") fixed.set(task + 1, vehicle.id);
    }
  }
  return fixed;
}

/** Tasks of a locked prefix with the reloads between them. */
function listLocked(problem: VroomProblem, at: number, reloads: NumberedReloads | undefined): number[] {
  const last = lockedTasks(problem.vehicles[at] as VroomVehicle).at(-1);
  const steps = numberSteps(problem, at, reloads);
  return last === undefined ? [] : steps.slice(0, steps.indexOf(last) + 1);
}

/** The rules beyond VROOM's, in units of which `timeUnit` make a second; undefined for a problem without any. */
export function buildFleetRules(
  problem: VroomProblem,
  timeUnit: number,
  costUnit: number,
  reloads: NumberedReloads | undefined,
): FleetRules | undefined {
  const { vehicles, maxVehicles, minVehicles } = problem;
  const tasks = [...problem.tasks, ...(reloads?.tasks ?? [])];
  const pinned = new Uint8Array(tasks.length + 2 * vehicles.length);
  const locked = vehicles.flatMap((_, at) => listLocked(problem, at, reloads));
  for (const task of locked) pinned[task] = 1;
  for (const task of locked) {
    if ((tasks[task] as VroomTask).kind === "pickup" && pinned[task + 1] === 0) pinned[task + 1] = 2;
  }
  const hasRides = tasks.some(({ maxRideTime }) => maxRideTime < Infinity);
  const orders = buildOrders(tasks);
  const dues = buildDues(tasks, timeUnit);
  const traffic = buildTraffic(problem);
  const isPlain =
    traffic === undefined &&
    !hasRides &&
    orders === undefined &&
    dues === undefined &&
    maxVehicles === Infinity &&
    (minVehicles ?? 0) <= 1 &&
    locked.length === 0;
  const stability = buildStability(problem, costUnit, tasks.length);
  const balance = buildBalance(problem, timeUnit, costUnit);
  const isPriced = reloads !== undefined || stability !== undefined || balance !== undefined;
  if (
    isPlain &&
    !isPriced &&
    vehicles.every(({ maxDuration, minTasks }) => maxDuration === Infinity && minTasks <= 1)
  ) {
    return undefined;
  }
  const minTasks = Int32Array.from(vehicles, (vehicle) => (vehicle.lockedSteps > 0 ? 0 : vehicle.minTasks));
  return {
    maxDuration: Float64Array.from(vehicles, ({ maxDuration }) => maxDuration * timeUnit),
    maxRide: Float64Array.from(tasks, ({ kind, maxRideTime }) =>
      kind === "pickup" ? maxRideTime * timeUnit : Infinity,
    ),
    rideTo: Int32Array.from(tasks, ({ kind }, at) => (kind === "pickup" ? at + 1 : -1)),
    hasRides,
    maxUsed: maxVehicles,
    minUsed: minVehicles ?? 0,
    pinned,
    orders,
    dues,
    stability,
    balance,
    minTasks: minTasks.some((least) => least > 1) ? minTasks : undefined,
    traffic,
    reloads,
  };
}

/** Vehicles of one profile share a day. */
function buildTraffic(problem: VroomProblem): FleetRules["traffic"] {
  const { traffic, vehicles } = problem;
  if (traffic.size === 0) return undefined;
  const days = new Map(vehicles.map((vehicle) => [vehicle.profile, trafficOf(problem, vehicle)]));
  return {
    days: vehicles.map(({ profile }) => days.get(profile)),
    timeCost: Float64Array.from(vehicles, (vehicle) => timeCostOf(problem, vehicle)),
  };
}

/** An hour of lateness costs as much as an hour of travel that costs the same. */
function buildDues(tasks: readonly VroomTask[], timeUnit: number): FleetRules["dues"] {
  if (tasks.every(({ due }) => due === undefined || due.perHour === 0)) return undefined;
  return {
    due: Float64Array.from(tasks, ({ due }) => (due?.by ?? Infinity) * timeUnit),
    lateCost: Float64Array.from(tasks, ({ due }) => due?.perHour ?? 0),
  };
}

function buildOrders(tasks: readonly VroomTask[]): FleetRules["orders"] {
  if (tasks.every(({ after }) => after.length === 0)) return undefined;
  const jobs = new Map(tasks.flatMap(({ kind, id }, at) => (kind === "job" ? [[id, at] as const] : [])));
  const after = tasks.map((task) => task.after.map((id) => jobs.get(id) as number));
  const before: number[][] = tasks.map(() => []);
  after.forEach((list, at) => list.forEach((earlier) => before[earlier]?.push(at)));
  return { after, before };
}
