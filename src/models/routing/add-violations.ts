import { canServe, TIME_UNIT } from "./build-fleet-problem.ts";
import { findLongRides } from "./find-long-rides.ts";
import type { TimedRoute } from "./timed-route.ts";
import type { TimeWindow, VroomProblem } from "./vroom-problem.ts";
import type { ViolationCause, VroomRoute, VroomStep, VroomViolation } from "./vroom-solution.ts";

/** The route with the rules it breaks: at each step, and all of them once with their sums. None for a feasible route. */
export function addViolations(problem: VroomProblem, timed: TimedRoute, route: VroomRoute): VroomRoute {
  const { vehicle, stops } = timed;
  const longRides = new Map(findLongRides(problem, timed).map(({ task, excess }) => [task, excess]));
  const shiftExcess = timed.endTime - timed.startTime - vehicle.maxDuration * TIME_UNIT;
  const lonely = findPrecedenceFaults(
    stops.flatMap(({ task }) => (task === undefined || task.kind === "reload" ? [] : [problem.tasks.indexOf(task)])),
    problem,
  );
  let taskCount = 0;
  let reloadCount = 0;
  const steps = route.steps.map((step, at): VroomStep => {
    const causes: VroomViolation[] = [];
    const note = (isBroken: boolean, cause: ViolationCause): void => {
      if (isBroken) causes.push({ cause });
    };
    const stop = stops[at - 1];
    const begin = step.arrival + step.waiting_time;
    const windows = stop === undefined ? [] : (stop.task ?? stop.rest).timeWindows;
    const late = step.type === "end" ? begin - (vehicle.timeWindow?.end ?? begin) : gapToWindows(windows, begin);
    const early = step.type === "start" ? (vehicle.timeWindow?.start ?? 0) - begin : -late;
    if (early > 0 && step.type !== "end") causes.push({ duration: early, cause: "lead_time" });
    if (late > 0 && step.type !== "start") causes.push({ duration: late, cause: "delay" });
    note(
      (step.load ?? []).some((amount, d) => amount > (vehicle.capacity[d] as number)),
      "load",
    );
    if (stop?.task?.kind === "reload") note(++reloadCount >= vehicle.maxTrips, "max_trips");
    else if (stop?.task !== undefined) {
      taskCount++;
      note(!canServe(vehicle, stop.task), "skills");
      note((stop.task.lockedVehicle ?? vehicle.id) !== vehicle.id, "locked_vehicle");
      const ride = longRides.get(stop.task);
      if (ride !== undefined) causes.push({ duration: Math.ceil(ride / TIME_UNIT), cause: "max_ride_time" });
      note(taskCount > vehicle.maxTasks, "max_tasks");
      note(lonely.has(problem.tasks.indexOf(stop.task)), "precedence");
    }
    if (step.type === "end" && shiftExcess > 1e-6)
      causes.push({ duration: Math.ceil(shiftExcess / TIME_UNIT), cause: "max_duration" });
    note(step.duration > vehicle.maxTravelTime, "max_travel_time");
    note((step.distance ?? 0) > vehicle.maxDistance, "max_distance");
    const { maxLoad } = stop?.rest ?? {};
    note(maxLoad !== undefined && (step.load ?? []).some((amount, d) => amount > (maxLoad[d] as number)), "max_load");
    return { ...step, violations: causes };
  });
  const isMissing = vehicle.breaks.some((rest) => !stops.some((stop) => stop.rest === rest));
  const all = steps.flatMap(({ violations }) => violations);
  if (isMissing) all.push({ cause: "missing_break" });
  if (vehicle.lockedSteps === 0 && taskCount < vehicle.minTasks) all.push({ cause: "min_tasks" });
  return { ...route, steps, violations: sumViolations(all) };
}

/** Causes that are measured in seconds. */
const TIMED_CAUSES: readonly ViolationCause[] = ["delay", "lead_time", "max_duration", "max_ride_time"];

/** Each cause once, with the sum of its durations. */
export function sumViolations(violations: readonly VroomViolation[]): VroomViolation[] {
  const causes = [...new Set(violations.map(({ cause }) => cause))];
  return causes.map((cause) => {
    const durations = violations.flatMap((one) => (one.cause === cause ? [one.duration ?? 0] : []));
    const duration = durations.reduce((sum, one) => sum + one, 0);
    return TIMED_CAUSES.includes(cause) ? { duration, cause } : { cause };
  });
}

/** Seconds after the nearest window (positive) or before it (negative); 0 inside one. */
function gapToWindows(windows: readonly TimeWindow[], time: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const { start, end } of windows) {
    const gap = time < start ? time - start : Math.max(0, time - end);
    if (Math.abs(gap) < Math.abs(nearest)) nearest = gap;
  }
  return windows.length === 0 ? 0 : nearest;
}

/** Deliveries before or without their pickup on the route, their pickups, pickups without a delivery, and jobs before what they must follow. */
function findPrecedenceFaults(order: readonly number[], problem: VroomProblem): Set<number> {
  const rank = new Map(order.map((task, at) => [task, at]));
  return new Set(
    order.filter((task) => {
      const { kind, after } = problem.tasks[task] as VroomProblem["tasks"][number];
      if (kind === "job") {
        const earlier = order.slice(0, rank.get(task)).map((at) => problem.tasks[at]);
        return !after.every((id) => earlier.some((one) => one?.kind === "job" && one.id === id));
      }
      const pickup = rank.get(kind === "pickup" ? task : task - 1);
      const delivery = rank.get(kind === "pickup" ? task + 1 : task);
      return pickup === undefined || delivery === undefined || delivery < pickup;
    }),
  );
}
