import type { RoutingProblem } from "./routing-problem.ts";

/**
 * Whether a vehicle can serve the jobs in this order: skills, number of tasks, load at every point, travel bounds and
 * time windows. Starting each stop as early as possible decides it, since being early never makes a later stop late.
 * O(jobs × dimensions), no allocation.
 */
export function isRouteFeasible(problem: RoutingProblem, vehicleIndex: number, order: readonly number[]): boolean {
  const vehicle = problem.vehicles[vehicleIndex];
  if (order.length === 0) return true;
  if (order.length > vehicle.maxTasks) return false;
  for (const job of order) if (!canServe(problem, vehicleIndex, job)) return false;
  for (let d = 0; d < problem.dimensionCount; d++) {
    if (!fitsLoad(problem, order, d, vehicle.capacity[d])) return false;
  }

  const { durations, distances } = vehicle;
  let time = vehicle.window.start;
  let node = vehicle.startNode;
  let travel = 0;
  let distance = 0;
  for (const jobIndex of order) {
    const job = problem.jobs[jobIndex];
    if (node !== undefined) {
      const arc = node * problem.nodeCount + job.node;
      time += durations[arc];
      travel += durations[arc];
      distance += distances[arc];
    }
    let window = 0;
    while (window < job.windows.length && job.windows[window].end < time) window++;
    if (window === job.windows.length) return false;
    time = Math.max(time, job.windows[window].start);
    time += job.service + (node === job.node ? 0 : job.setup);
    node = job.node;
  }
  if (vehicle.endNode !== undefined && node !== undefined) {
    const arc = node * problem.nodeCount + vehicle.endNode;
    time += durations[arc];
    travel += durations[arc];
    distance += distances[arc];
  }
  return time <= vehicle.window.end && travel <= vehicle.maxTravel && distance <= vehicle.maxDistance;
}

/** Whether the vehicle has all skills of the job. */
export function canServe(problem: RoutingProblem, vehicleIndex: number, jobIndex: number): boolean {
  const has = problem.vehicles[vehicleIndex].skills;
  for (const skill of problem.jobs[jobIndex].skills) if (!has.includes(skill)) return false;
  return true;
}

/** All deliveries are on board at the start; each stop unloads its delivery and loads its pickup. */
function fitsLoad(problem: RoutingProblem, order: readonly number[], dimension: number, capacity: number): boolean {
  let load = 0;
  for (const job of order) load += problem.jobs[job].delivery[dimension];
  if (load > capacity) return false;
  for (const job of order) {
    load += problem.jobs[job].pickup[dimension] - problem.jobs[job].delivery[dimension];
    if (load > capacity) return false;
  }
  return true;
}
