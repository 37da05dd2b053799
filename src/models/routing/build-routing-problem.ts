import {
  UNLIMITED,
  type RouteVehicle,
  type RoutingProblem,
  type TimeWindow,
} from "../../algorithms/routing/routing-problem.ts";
import type { VroomMatrices, VroomProblem, VroomVehicle } from "./vroom-problem.ts";

/** The solver counts whole milliseconds, so that speed factors leave no rounding errors in time windows. */
export const MS = 1000;

type TravelTables = Pick<RouteVehicle, "durations" | "distances" | "costs">;

/** The solver's view of a problem: matrices scaled to each vehicle's speed and costs, shared where those are the same. */
export function buildRoutingProblem(problem: VroomProblem): RoutingProblem {
  const tables = new Map<string, TravelTables>();
  const tablesOf = (vehicle: VroomVehicle): TravelTables => {
    const { perHour, perKm } = vehicle.costs;
    const key = [vehicle.profile, vehicle.speedFactor, perHour, perKm].join("/");
    const known = tables.get(key) ?? scaleMatrices(problem.matrices.get(vehicle.profile) as VroomMatrices, vehicle);
    tables.set(key, known);
    return known;
  };
  return {
    nodeCount: problem.nodeCount,
    dimensionCount: problem.dimensionCount,
    jobs: problem.jobs.map((job) => ({
      node: job.place.node,
      setup: toMs(job.setup),
      service: toMs(job.service),
      delivery: job.delivery,
      pickup: job.pickup,
      skills: job.skills,
      priority: job.priority,
      windows: job.timeWindows.length === 0 ? [UNLIMITED] : job.timeWindows.map(windowToMs),
    })),
    vehicles: problem.vehicles.map((vehicle) => ({
      startNode: vehicle.start?.node,
      endNode: vehicle.end?.node,
      capacity: vehicle.capacity,
      skills: vehicle.skills,
      window: vehicle.timeWindow === undefined ? UNLIMITED : windowToMs(vehicle.timeWindow),
      fixedCost: vehicle.costs.fixed,
      maxTasks: vehicle.maxTasks,
      maxTravel: vehicle.maxTravelTime * MS,
      maxDistance: vehicle.maxDistance,
      ...tablesOf(vehicle),
    })),
  };
}

function scaleMatrices(matrices: VroomMatrices, { speedFactor, costs }: VroomVehicle): TravelTables {
  const durations = matrices.durations.map((seconds) => Math.round((seconds * MS) / speedFactor));
  const distances = matrices.distances ?? new Float64Array(durations.length);
  const priced = durations.map(
    (duration, arc) => (duration / MS / 3600) * costs.perHour + ((distances[arc] as number) / 1000) * costs.perKm,
  );
  return { durations, distances, costs: matrices.costs ?? priced };
}

function toMs(seconds: number): number {
  return Math.round(seconds * MS);
}

function windowToMs({ start, end }: TimeWindow): TimeWindow {
  return { start: toMs(start), end: toMs(end) };
}
