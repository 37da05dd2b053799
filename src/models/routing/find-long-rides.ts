import { TIME_UNIT } from "./build-fleet-problem.ts";
import type { TimedRoute } from "./timed-route.ts";
import type { VroomProblem, VroomTask } from "./vroom-problem.ts";

const TOLERANCE = 1e-6;

/** Deliveries of a route that come later than their ride may last, with the hundredths of a second that are too many. */
export function findLongRides({ tasks }: VroomProblem, { stops }: TimedRoute): { task: VroomTask; excess: number }[] {
  if (!stops.some(({ task }) => task !== undefined && task.maxRideTime < Infinity)) return [];
  const left = new Map<VroomTask, number>();
  return stops.flatMap(({ task, arrival, begin, setup, service }) => {
    if (task === undefined || task.maxRideTime === Infinity) return [];
    left.set(task, begin + setup + service);
    const pickupLeft = task.kind === "delivery" ? left.get(tasks[tasks.indexOf(task) - 1] as VroomTask) : undefined;
    if (pickupLeft === undefined) return [];
    const excess = arrival - pickupLeft - task.maxRideTime * TIME_UNIT;
    return excess > TOLERANCE ? [{ task, excess }] : [];
  });
}
