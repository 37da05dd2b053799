import { arriveAfter, coverBetween } from "../../algorithms/routing/traffic.ts";
import { fail } from "../../core/errors.ts";
import { chooseTimes } from "./choose-times.ts";
import { chooseTimesInTraffic } from "./choose-times-in-traffic.ts";
import { listPlanItems } from "./list-plan-items.ts";
import { timeCostOf, trafficOf } from "./traffic-of.ts";
import type { TimedRoute, TimedStop } from "./timed-route.ts";
import type { VroomProblem, VroomVehicle } from "./vroom-problem.ts";

/**
 * Plan mode: times a vehicle's `steps` in the order given. Windows, loads, skills and limits may be broken; the sum of all
 * earliness and lateness is the least there is; in traffic see `chooseTimesInTraffic`. Nothing for a vehicle without steps.
 * Errors: `ROUTE_INPUT_INVALID` where `service_at`, `service_after` and `service_before` cannot all hold.
 */
export function timePlan(problem: VroomProblem, vehicle: VroomVehicle): TimedRoute[] {
  const items = listPlanItems(problem, vehicle);
  if (items.length <= 2) return [];
  const day = trafficOf(problem, vehicle);
  const times = day === undefined ? chooseTimes(items) : chooseTimesInTraffic(items, day, timeCostOf(problem, vehicle));
  if (times === undefined) {
    throw fail("ROUTE_INPUT_INVALID", `The steps of vehicle ${vehicle.id} contradict each other's service times.`);
  }
  const stops: TimedStop[] = [];
  let left = times[0] as number;
  let travel = 0;
  items.forEach((item, at) => {
    if (at === 0) return;
    const begin = times[at] as number;
    const scale = day?.scale ?? 1;
    if (item.rest === undefined) travel += item.leg * scale;
    // Before a break travel goes on until it begins, as far as there is any left.
    const next = items.slice(at).find(({ rest }) => rest === undefined);
    const ahead = item.rest === undefined ? travel : travel + (next?.leg ?? 0) * scale;
    const reached = arriveAfter(day, left, ahead);
    const arrival = item.rest === undefined ? reached : Math.min(reached, begin);
    travel = item.rest === undefined ? 0 : travel - Math.min(ahead, coverBetween(day, left, arrival));
    const { setup, service } = item;
    if (item.task !== undefined) stops.push({ task: item.task, arrival, begin, setup, service });
    else if (item.rest !== undefined) stops.push({ rest: item.rest, arrival, begin, setup, service });
    left = begin + setup + service;
  });
  return [{ vehicle, startTime: times[0] as number, stops, endTime: left }];
}
