import { createTrafficDay, type TrafficDay } from "../../algorithms/routing/traffic.ts";
import { DAY_SECONDS } from "./read-traffic.ts";
import type { VroomProblem, VroomVehicle } from "./vroom-problem.ts";

/** Hundredths of a second in a second: arrivals in traffic are whole seconds. */
const TIME_UNIT = 100;

/** How fast the vehicle gets on by the time of day, in the solver's units; undefined where that is all the same. O(periods). */
export function trafficOf({ traffic }: VroomProblem, { profile }: VroomVehicle): TrafficDay | undefined {
  const periods = traffic.get(profile);
  if (periods === undefined) return undefined;
  const begins: number[] = [];
  const factors: number[] = [];
  const add = (from: number, to: number, factor: number): void => {
    if (to <= from) return;
    begins.push(from * TIME_UNIT);
    factors.push(factor);
  };
  let at = 0;
  for (const { from, to, factor } of periods) {
    add(at, from, 1);
    add(from, to, factor);
    at = to;
  }
  add(at, DAY_SECONDS, 1);
  return createTrafficDay(begins, factors, DAY_SECONDS * TIME_UNIT, TIME_UNIT);
}

/** Cost of an hour on the way; nothing where the costs of legs are given. */
export function timeCostOf({ matrices }: VroomProblem, { profile, costs }: VroomVehicle): number {
  return matrices.get(profile)?.costs === undefined ? costs.perHour : 0;
}
