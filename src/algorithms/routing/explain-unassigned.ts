import { canServe, isRouteFeasible } from "./is-route-feasible.ts";
import type { RoutingProblem } from "./routing-problem.ts";

/**
 * Why a job is in no route: the first of these that holds for every vehicle that the earlier ones leave.
 * `skills`: no vehicle has them. `capacity`: it is too large for an empty vehicle. `time`: alone on an empty vehicle it
 * would still break a time window or a travel bound. `no-room`: it could be served alone, but not beside the others.
 */
export type UnassignedReason = "skills" | "capacity" | "time" | "no-room";

export function explainUnassigned(problem: RoutingProblem, jobIndex: number): UnassignedReason {
  const job = problem.jobs[jobIndex];
  const skilled = problem.vehicles
    .map((_, vehicle) => vehicle)
    .filter((vehicle) => canServe(problem, vehicle, jobIndex));
  if (skilled.length === 0) return "skills";
  const largeEnough = skilled.filter((vehicle) =>
    problem.vehicles[vehicle].capacity.every((capacity, d) => Math.max(job.delivery[d], job.pickup[d]) <= capacity),
  );
  if (largeEnough.length === 0) return "capacity";
  const couldServe = largeEnough.some(
    (vehicle) => problem.vehicles[vehicle].maxTasks < 1 || isRouteFeasible(problem, vehicle, [jobIndex]),
  );
  return couldServe ? "no-room" : "time";
}
