import { TIME_UNIT } from "./build-fleet-problem.ts";
import { addViolations } from "./add-violations.ts";
import type { TimedRoute, TimedStop } from "./timed-route.ts";
import { legsOf } from "./travel-legs.ts";
import type { Place, VroomProblem, VroomTask } from "./vroom-problem.ts";
import type { VroomRoute, VroomStep } from "./vroom-solution.ts";

/** Writes a timed route in VROOM's format, whole seconds and with every rule it breaks. */
export function formatRoute(problem: VroomProblem, route: TimedRoute): VroomRoute {
  const { vehicle, stops } = route;
  const legs = legsOf(problem, vehicle);
  const tasks = stops.flatMap(({ task }) => (task === undefined ? [] : [task]));
  const hasDistances = problem.matrices.get(vehicle.profile)?.distances !== undefined;
  const withLoad = (load: readonly number[]): { load?: readonly number[] } =>
    problem.dimensionCount > 0 ? { load } : {};
  const withDistance = (metres: number): { distance?: number } =>
    hasDistances ? { distance: Math.round(metres) } : {};

  const nothing = Array.from({ length: problem.dimensionCount }, () => 0);
  let shipped = nothing;
  let load = loadTrip(shipped, stops);
  const still = { setup: 0, service: 0, waiting_time: 0, violations: [] } as const;
  const startArrival = toSeconds(route.startTime);
  const startPlace = vehicle.start ?? tasks[0]?.place ?? vehicle.end;
  const steps: VroomStep[] = [
    {
      type: "start",
      ...placeFields(startPlace),
      ...still,
      ...withLoad(load),
      arrival: startArrival,
      duration: 0,
      ...withDistance(0),
    },
  ];
  let at = vehicle.start;
  let previousEnd = startArrival;
  let duration = 0;
  let distance = 0;
  let breakDistance = 0;
  /** The first stop of the leg under way, and when it was begun. */
  let leg = { first: 0, begun: startArrival };
  let cost = 0;
  stops.forEach((stop, index) => {
    const arrival = toSeconds(stop.arrival);
    const waiting = toSeconds(stop.begin) - arrival;
    const travelled = arrival - previousEnd;
    duration += travelled;
    if (stop.task !== undefined) {
      const { place } = stop.task;
      distance += legs.distance(at, place);
      cost += legs.cost?.(at, place) ?? 0;
      breakDistance = distance;
      at = place;
      const change = nothing.map((_, d) => (stop.task.pickup[d] ?? 0) - (stop.task.delivery[d] ?? 0));
      if (stop.task.kind !== "job") shipped = shipped.map((amount, d) => amount + (change[d] as number));
      load =
        stop.task.kind === "reload"
          ? loadTrip(shipped, stops.slice(index + 1))
          : load.map((amount, d) => amount + (change[d] as number));
    } else {
      const next = stops.slice(index).find(({ task }) => task !== undefined)?.task?.place ?? vehicle.end;
      const legTime = countLegTime(route, leg);
      if (legTime > 0) breakDistance += Math.round((travelled * legs.distance(at, next)) / legTime);
    }
    previousEnd = arrival + waiting + toSeconds(stop.setup) + toSeconds(stop.service);
    if (stop.task !== undefined) leg = { first: index + 1, begun: previousEnd };
    steps.push({
      ...nameFields(stop),
      setup: toSeconds(stop.setup),
      service: toSeconds(stop.service),
      waiting_time: waiting,
      ...withLoad(load),
      arrival,
      duration,
      violations: [],
      ...latenessFields(stop.task?.due, arrival + waiting),
      ...withDistance(stop.task === undefined ? breakDistance : distance),
    });
  });
  distance += legs.distance(at, vehicle.end);
  cost += legs.cost?.(at, vehicle.end) ?? 0;
  const endArrival = toSeconds(route.endTime);
  duration += endArrival - previousEnd;
  const endPlace = vehicle.end ?? tasks.at(-1)?.place ?? vehicle.start;
  steps.push({
    type: "end",
    ...placeFields(endPlace),
    ...still,
    ...withLoad(load),
    arrival: endArrival,
    duration,
    ...withDistance(distance),
  });

  const total = (pick: (stop: TimedStop) => number): number => stops.reduce((sum, stop) => sum + pick(stop), 0);
  const actionTime = total(({ setup, service }) => setup + service);
  const { fixed, perHour, perKm, perTaskHour } = vehicle.costs;
  const travelCost =
    legs.cost === undefined ? Math.round((duration * perHour) / 3600 + (distance * perKm) / 1000) : cost;
  const lateness = steps.reduce((sum, step) => sum + (step.lateness ?? 0), 0);
  const latenessCost = Math.round(steps.reduce((sum, step) => sum + (step.lateness_cost ?? 0), 0));
  const sums = (pick: "delivery" | "pickup"): number[] =>
    Array.from({ length: problem.dimensionCount }, (_, d) =>
      tasks.reduce((sum, task) => sum + (task[pick][d] ?? 0), 0),
    );
  return addViolations(problem, route, {
    vehicle: vehicle.id,
    cost: fixed + travelCost + Math.floor((perTaskHour * actionTime) / TIME_UNIT / 3600) + latenessCost,
    ...(vehicle.description === undefined ? {} : { description: vehicle.description }),
    ...(problem.dimensionCount === 0
      ? {}
      : { delivery: sums("delivery"), amount: sums("delivery"), pickup: sums("pickup") }),
    setup: toSeconds(total(({ setup }) => setup)),
    service: toSeconds(total(({ service }) => service)),
    duration,
    waiting_time: steps.reduce((sum, { waiting_time }) => sum + waiting_time, 0),
    priority: tasks.reduce((sum, { priority }) => sum + priority, 0),
    ...withDistance(distance),
    ...(vehicle.emissions === undefined ? {} : { co2_g: Math.round((vehicle.emissions * distance) / 1000) }),
    ...(hasDues(problem) ? { lateness, lateness_cost: latenessCost } : {}),
    steps,
    violations: [],
  });
}

/** Seconds on the way of a leg, without the breaks on it: in traffic others than those of its matrix. A break is placed as if all were driven at one pace. */
function countLegTime({ stops, endTime }: TimedRoute, { first, begun }: { first: number; begun: number }): number {
  let seconds = 0;
  let left = begun;
  for (const stop of stops.slice(first)) {
    seconds += toSeconds(stop.arrival) - left;
    if (stop.task !== undefined) return seconds;
    left = toSeconds(stop.begin) + toSeconds(stop.service);
  }
  return seconds + toSeconds(endTime) - left;
}

/** How much later than due, and what that costs, to hundredths of a unit. */
function latenessFields(due: VroomTask["due"], begin: number): Pick<VroomStep, "lateness" | "lateness_cost"> {
  if (due === undefined) return {};
  const lateness = Math.max(0, begin - due.by);
  return { lateness, lateness_cost: Math.round((due.perHour * lateness) / 36) / 100 };
}

/** Whether answers tell how late tasks are. */
export function hasDues({ tasks }: VroomProblem): boolean {
  return tasks.some(({ due }) => due !== undefined);
}

/** What is on board at the begin of a trip: shipments that ride on, and what its jobs before the next reload get. */
function loadTrip(shipped: readonly number[], stops: readonly TimedStop[]): number[] {
  const load = [...shipped];
  for (const { task } of stops) {
    if (task?.kind === "reload") break;
    if (task?.kind === "job") load.forEach((_, d) => (load[d] = (load[d] as number) + (task.delivery[d] as number)));
  }
  return load;
}

function nameFields(
  stop: TimedStop,
): Pick<VroomStep, "type" | "id" | "job" | "description" | "location" | "location_index"> {
  const named = stop.task ?? stop.rest;
  const description = named.description === undefined ? {} : { description: named.description };
  if (stop.task === undefined) return { type: "break", ...description, id: stop.rest.id };
  const { kind, id, place } = stop.task;
  return { type: kind, ...description, ...placeFields(place), id, ...(kind === "reload" ? {} : { job: id }) };
}

function toSeconds(units: number): number {
  return Math.floor(units / TIME_UNIT);
}

export function placeFields(place: Place | undefined): {
  location?: readonly [number, number];
  location_index?: number;
} {
  return {
    ...(place?.location === undefined ? {} : { location: place.location }),
    ...(place?.locationIndex === undefined ? {} : { location_index: place.locationIndex }),
  };
}
