import { RouteSchedule } from "../../algorithms/routing/route-schedule.ts";
import { buildFleetProblem } from "./build-fleet-problem.ts";
import { nameNodes, numberSteps } from "./build-fleet-reloads.ts";
import { formatRoute } from "./format-route.ts";
import { innerSteps } from "./read-vehicle.ts";
import type { TimedRoute } from "./timed-route.ts";
import { timeRoute } from "./time-route.ts";
import type { VroomProblem, VroomVehicle } from "./vroom-problem.ts";

/** What other begins of the same order may spare. */
const LIMITS: readonly string[] = ["max_ride_time", "max_duration"];

/**
 * The routes of plan mode, which weighs windows alone, timed anew where they break a limit on the shift or on rides that the same order,
 * breaks included, can keep together with all windows. Steps that say when they begin keep their times.
 */
export function keepPlanLimits(problem: VroomProblem, plan: readonly TimedRoute[]): TimedRoute[] {
  const isOver = plan.map((route) =>
    formatRoute(problem, route).violations.some(({ cause }) => LIMITS.includes(cause)),
  );
  if (!isOver.includes(true)) return [...plan];
  const fleet = buildFleetProblem(problem);
  const schedule = new RouteSchedule(fleet, true);
  return plan.map((route, number) => {
    const { vehicle } = route;
    if (isOver[number] !== true || vehicle.steps.some(isBound)) return route;
    const at = problem.vehicles.indexOf(vehicle);
    const order = Int32Array.from(numberSteps(problem, at, fleet.rules?.reloads));
    const given = breaksBefore(vehicle);
    if (order.length !== given.length - 1 || !schedule.isFeasible(at, order, order.length)) return route;
    const places = schedule.readPlaces(order.length);
    if (given.some((count, place) => count !== places[place])) return route;
    const tasks = nameNodes(problem, at, order, fleet.rules?.reloads);
    return timeRoute(problem, vehicle, tasks, places, schedule.readBegins(order.length));
  });
}

function isBound({ serviceAt, serviceAfter, serviceBefore }: VroomVehicle["steps"][number]): boolean {
  return serviceAt !== undefined || serviceAfter !== undefined || serviceBefore !== undefined;
}

/** Breaks that the steps have before each task or reload and, last, before the end. */
function breaksBefore(vehicle: VroomVehicle): number[] {
  const counts = [0];
  for (const { kind } of innerSteps(vehicle)) {
    if (kind === "break") counts.push((counts.pop() as number) + 1);
    else counts.push(0);
  }
  return counts;
}
