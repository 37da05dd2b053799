import { routeCost } from "./route-cost.ts";
import type { RouteJob, RoutingProblem } from "./routing-problem.ts";

export interface ScheduledStop {
  readonly job: number;
  readonly arrival: number;
  readonly waiting: number;
  readonly setup: number;
  readonly service: number;
  /** Travel time and distance since the start of the route. */
  readonly travel: number;
  readonly distance: number;
  /** Per dimension, on leaving. */
  readonly load: readonly number[];
}

export interface RouteSchedule {
  readonly vehicle: number;
  readonly startTime: number;
  readonly startLoad: readonly number[];
  readonly stops: readonly ScheduledStop[];
  readonly endTime: number;
  readonly travel: number;
  readonly distance: number;
  readonly cost: number;
}

/**
 * Times and loads of a feasible route: it ends as early as it can, and within that starts as late as it can, so that
 * no one waits who could have left later. O(jobs × windows).
 */
export function scheduleRoute(problem: RoutingProblem, vehicleIndex: number, order: readonly number[]): RouteSchedule {
  const vehicle = problem.vehicles[vehicleIndex];
  const jobs = order.map((job) => problem.jobs[job]);
  const arc = (from: number | undefined, to: number | undefined): number | undefined =>
    from === undefined || to === undefined ? undefined : from * problem.nodeCount + to;
  const arcs = [...jobs, undefined].map((job, at) => {
    const from = at === 0 ? vehicle.startNode : jobs[at - 1].node;
    return arc(from, job === undefined ? vehicle.endNode : job.node);
  });
  const duration = arcs.map((index) => (index === undefined ? 0 : vehicle.durations[index]));
  const length = arcs.map((index) => (index === undefined ? 0 : vehicle.distances[index]));
  const setups = jobs.map((job, at) =>
    (at === 0 ? vehicle.startNode : jobs[at - 1].node) === job.node ? 0 : job.setup,
  );

  const startTime = findLatestStart(jobs, duration, setups, vehicle.window.start);
  const load = vehicle.capacity.map((_, d) => jobs.reduce((sum, job) => sum + job.delivery[d], 0));
  const startLoad = [...load];
  let time = startTime;
  let travel = 0;
  let distance = 0;
  const stops = jobs.map((job, at): ScheduledStop => {
    travel += duration[at];
    distance += length[at];
    const arrival = time + duration[at];
    const begin = earliestBegin(job, arrival);
    time = begin + setups[at] + job.service;
    load.forEach((amount, d) => (load[d] = amount - job.delivery[d] + job.pickup[d]));
    return {
      job: order[at],
      arrival,
      waiting: begin - arrival,
      setup: setups[at],
      service: job.service,
      travel,
      distance,
      load: [...load],
    };
  });
  return {
    vehicle: vehicleIndex,
    startTime,
    startLoad,
    stops,
    endTime: time + duration[jobs.length],
    travel: travel + duration[jobs.length],
    distance: distance + length[jobs.length],
    cost: routeCost(problem, vehicleIndex, order),
  };
}

/** Latest departure that does not move the last stop: found backwards from the stops' earliest times. */
function findLatestStart(
  jobs: readonly RouteJob[],
  duration: readonly number[],
  setups: readonly number[],
  earliestStart: number,
): number {
  let time = earliestStart;
  const begins = jobs.map((job, at) => {
    const begin = earliestBegin(job, time + duration[at]);
    time = begin + setups[at] + job.service;
    return begin;
  });
  let latest = begins[jobs.length - 1];
  for (let at = jobs.length - 2; at >= 0; at--) {
    const bound = latest - duration[at + 1] - setups[at] - jobs[at].service;
    const usable = jobs[at].windows.filter((window) => window.start <= bound);
    latest = Math.min(bound, usable[usable.length - 1].end);
  }
  return Math.max(earliestStart, latest - duration[0]);
}

function earliestBegin(job: RouteJob, arrival: number): number {
  const window = job.windows.find(({ end }) => arrival <= end);
  return window === undefined ? arrival : Math.max(arrival, window.start);
}
