import type { TimedRoute } from "./timed-route.ts";
import type { VroomProblem, VroomVehicle } from "./vroom-problem.ts";
export function timePlan(_problem: VroomProblem, _vehicle: VroomVehicle): TimedRoute[] {
  return [];
}
