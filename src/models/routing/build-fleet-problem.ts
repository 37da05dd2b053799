import type { FleetBreak, FleetProblem } from "../../algorithms/routing/fleet-problem.ts";
import { buildFleetReloads } from "./build-fleet-reloads.ts";
import { buildFleetRules, findFixedVehicles } from "./build-fleet-rules.ts";
import { trafficOf } from "./traffic-of.ts";
import type { TimeWindow, VroomMatrices, VroomProblem, VroomTask, VroomVehicle } from "./vroom-problem.ts";

/** VROOM's inner units: hundredths of a second, and costs so fine that all of its rates are whole numbers. */
export const TIME_UNIT = 100;
export const COST_UNIT = 360_000;
const COST_PER_METRE_KM = 360;
const FOREVER = 1e15;

/** Time of a leg in hundredths of a second, for each second of the matrix. */
export function slownessOf({ speedFactor }: VroomVehicle): number {
  return Math.round(TIME_UNIT / speedFactor);
}

/** Seconds of setup and service of a task by a vehicle, which may depend on the vehicle's type. */
export function setupOf(task: VroomTask, { type }: VroomVehicle): number {
  return task.setupPerType.get(type) ?? task.setup;
}

export function serviceOf(task: VroomTask, { type }: VroomVehicle): number {
  return task.servicePerType.get(type) ?? task.service;
}

/** The solver's view of a problem: flat arrays in VROOM's inner units. Task numbers stay the same. */
export function buildFleetProblem(problem: VroomProblem): FleetProblem {
  const { vehicles, dimensionCount: nDims } = problem;
  const reloads = buildFleetReloads(problem);
  const tasks = [...problem.tasks, ...(reloads?.tasks ?? [])];
  const nTasks = tasks.length;
  const nVehicles = vehicles.length;
  const nLocations = problem.nodeCount + 1;
  const nowhere = problem.nodeCount;
  const nodes = [
    ...tasks.map(({ place }) => place.node),
    ...vehicles.map(({ start }) => start?.node ?? nowhere),
    ...vehicles.map(({ end }) => end?.node ?? nowhere),
  ];
  const windows = [
    ...tasks.map(({ timeWindows }) => timeWindows),
    ...vehicles.map(({ timeWindow }) => (timeWindow === undefined ? [] : [timeWindow])),
    ...vehicles.map(({ timeWindow }) => (timeWindow === undefined ? [] : [timeWindow])),
  ].map((list) => (list.length === 0 ? [[0, FOREVER] as const] : list.map(toUnits)));
  const windowPtr = new Int32Array(nodes.length + 1);
  windows.forEach((list, node) => (windowPtr[node + 1] = (windowPtr[node] as number) + list.length));

  const fixed = findFixedVehicles(problem);
  const rules = buildFleetRules(problem, TIME_UNIT, COST_UNIT, reloads);
  const { vehicleClass, heads } = groupVehicles(
    vehicles,
    new Set([...fixed.values(), ...Array.from(rules?.stability?.home ?? [], (at) => vehicles[at]?.id ?? -1)]),
  );
  // Whoever leaves out a task that must be served loses more than by leaving out all others.
  const mostWorth = 101 * nTasks;
  const tables = shareTables(problem, heads);
  const times = heads.map((vehicle) => {
    const setup = new Float64Array(nodes.length);
    const service = new Float64Array(nodes.length);
    tasks.forEach((task, at) => {
      setup[at] = Math.round(setupOf(task, vehicle) * TIME_UNIT);
      service[at] = Math.round(serviceOf(task, vehicle) * TIME_UNIT);
    });
    return { setup, service };
  });
  const breaks = vehicles.map((vehicle) => vehicle.breaks.map(toFleetBreak));
  const restTime = breaks.map((list) => list.reduce((sum, { service }) => sum + service, 0));
  return {
    nTasks,
    nVehicles,
    nDims,
    nLocations,
    location: Int32Array.from(nodes),
    setup: times.map(({ setup }) => setup),
    service: times.map(({ service }) => service),
    windowPtr,
    windows: Float64Array.from(windows.flat(2)),
    // A shipment's amount joins the load at its pickup and leaves at its delivery: a negative pickup there.
    delivery: Float64Array.from(
      tasks.flatMap(({ kind, delivery }) => (kind === "job" ? delivery : Array.from({ length: nDims }, () => 0))),
    ),
    pickup: Float64Array.from(
      tasks.flatMap(({ kind, delivery, pickup }) =>
        kind === "delivery"
          ? delivery.map((amount) => -amount)
          : Array.from({ length: nDims }, (_, d) => pickup[d] ?? 0),
      ),
    ),
    mate: Int32Array.from(tasks, ({ kind }, at) => {
      if (kind === "job" || kind === "reload") return -1;
      const pickup = kind === "pickup" ? at : at - 1;
      return rules?.pinned[pickup] === 1 ? -1 : 2 * pickup + 1 - at;
    }),
    isPickup: Uint8Array.from(tasks, ({ kind }, at) => (kind === "pickup" && rules?.pinned[at] !== 1 ? 1 : 0)),
    worth: Float64Array.from(tasks, ({ priority, kind }, at) =>
      kind === "reload" ? 0 : ((rules?.pinned[at] ?? 0) === 0 ? priority : mostWorth) * (nTasks + 1) + 1,
    ),
    capacity: Float64Array.from(vehicles.flatMap(({ capacity }) => capacity)),
    vehicleClass,
    isAllowed: Uint8Array.from(
      heads.flatMap((vehicle) =>
        tasks.map((task, at) => (canServe(vehicle, task) && (fixed.get(at) ?? vehicle.id) === vehicle.id ? 1 : 0)),
      ),
    ),
    ...tables,
    actionCost: Float64Array.from(heads, ({ costs }) => costs.perTaskHour),
    fixedCost: Float64Array.from(
      vehicles,
      ({ costs }, at) => costs.fixed * COST_UNIT + costs.perTaskHour * (restTime[at] as number),
    ),
    maxTasks: Int32Array.from(vehicles, ({ maxTasks }) => Math.min(maxTasks, 2 ** 31 - 1)),
    maxTravelTime: Float64Array.from(vehicles, ({ maxTravelTime }) => maxTravelTime * TIME_UNIT),
    maxDistance: Float64Array.from(vehicles, ({ maxDistance }) => maxDistance),
    breaks,
    ...(rules === undefined ? {} : { rules }),
  };
}

export function canServe(vehicle: VroomVehicle, { skills }: VroomTask): boolean {
  return skills.every((skill) => vehicle.skills.includes(skill));
}

/**
 * Vehicles that differ in nothing but name and description are one class; `heads` holds the first of each. Those that tasks
 * are locked to are a class each.
 */
function groupVehicles(
  vehicles: readonly VroomVehicle[],
  named: ReadonlySet<number>,
): { vehicleClass: Int32Array; heads: VroomVehicle[] } {
  const classes = new Map<string, number>();
  const heads: VroomVehicle[] = [];
  const vehicleClass = Int32Array.from(vehicles, (vehicle) => {
    const { id, description: _text, steps: _steps, emissions: _emissions, lockedSteps: _locked, ...rest } = vehicle;
    const traits = named.has(id) ? { id, ...rest } : rest;
    const key = JSON.stringify(traits, (_, value: unknown) => (value === Infinity ? "any" : value));
    const known = classes.get(key) ?? heads.push(vehicle) - 1;
    classes.set(key, known);
    return known;
  });
  return { vehicleClass, heads };
}

type Tables = Pick<FleetProblem, "durations" | "distances" | "costs">;

/** Matrices of each class with the row and column of "nowhere", shared where speed and rates are the same; times are those of the fastest time of day. */
function shareTables(problem: VroomProblem, heads: readonly VroomVehicle[]): Tables {
  const built = new Map<string, { durations: Float64Array; distances: Float64Array; costs: Float64Array }>();
  const tables = heads.map((vehicle) => {
    const { profile, costs } = vehicle;
    const slowness = slownessOf(vehicle);
    const key = [profile, slowness, vehicle.speedFactor, costs.perHour, costs.perKm].join("/");
    const matrices = problem.matrices.get(profile) as VroomMatrices;
    const scale = trafficOf(problem, vehicle)?.scale ?? 1;
    const known = built.get(key) ?? buildTables(matrices, problem.nodeCount, vehicle, slowness, scale);
    built.set(key, known);
    return known;
  });
  return {
    durations: tables.map(({ durations }) => durations),
    distances: tables.map(({ distances }) => distances),
    costs: tables.map(({ costs }) => costs),
  };
}

function buildTables(
  matrices: VroomMatrices,
  nodeCount: number,
  { speedFactor, costs }: VroomVehicle,
  slowness: number,
  scale: number,
) {
  const size = nodeCount + 1;
  const durations = new Float64Array(size * size);
  const distances = new Float64Array(size * size);
  const prices = new Float64Array(size * size);
  const perSecond = Math.round((TIME_UNIT * costs.perHour) / speedFactor);
  const perMetre = COST_PER_METRE_KM * costs.perKm;
  for (let from = 0; from < nodeCount; from++) {
    const row = from * nodeCount;
    const first = from * size;
    for (let to = 0; to < nodeCount; to++) {
      const seconds = matrices.durations[row + to] as number;
      const metres = matrices.distances === undefined ? 0 : (matrices.distances[row + to] as number);
      // Several times faster than Math.round, and the same for what is not negative.
      durations[first + to] = Math.floor(slowness * seconds + 0.5) * scale;
      distances[first + to] = metres;
      prices[first + to] = perSecond * seconds * scale + perMetre * metres;
    }
    if (matrices.costs === undefined) continue;
    for (let to = 0; to < nodeCount; to++) prices[first + to] = (matrices.costs[row + to] as number) * COST_UNIT;
  }
  return { durations, distances, costs: prices };
}

function toFleetBreak({ service, timeWindows, maxLoad }: VroomVehicle["breaks"][number]): FleetBreak {
  return {
    service: Math.round(service * TIME_UNIT),
    windows: timeWindows.length === 0 ? [[0, FOREVER]] : timeWindows.map(toUnits),
    maxLoad,
  };
}

function toUnits({ start, end }: TimeWindow): readonly [number, number] {
  return [Math.round(start * TIME_UNIT), Math.round(end * TIME_UNIT)];
}
