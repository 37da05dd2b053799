import { arriveAfter, coverBetween, type TrafficDay } from "../../algorithms/routing/traffic.ts";
import { serviceOf, setupOf, TIME_UNIT } from "./build-fleet-problem.ts";
import { findLongRides } from "./find-long-rides.ts";
import type { TimedRoute, TimedStop } from "./timed-route.ts";
import { trafficOf } from "./traffic-of.ts";
import { legsOf } from "./travel-legs.ts";
import type { TimeWindow, VroomBreak, VroomProblem, VroomTask, VroomVehicle } from "./vroom-problem.ts";

/** The way to a stop: travel and the breaks on it. */
interface Gap {
  readonly leg: number;
  readonly breaks: readonly VroomBreak[];
  /** The stop at its end; undefined for the end of the route. */
  readonly task: VroomTask | undefined;
  readonly setup: number;
  readonly service: number;
}

/**
 * Times a feasible route as VROOM does: it ends as early as it can, leaves as late as that allows, and does everything
 * else as soon as possible, what is due never later than it must be. `breaksBefore[i]` breaks are taken on the way to stop i. Where limits on the shift or on rides ask for it,
 * `begins` are the earliest times that keep them. O(stops × windows).
 */
export function timeRoute(
  problem: VroomProblem,
  vehicle: VroomVehicle,
  tasks: readonly VroomTask[],
  breaksBefore: readonly number[],
  begins?: EarliestBegins,
): TimedRoute {
  const gaps = listGaps(problem, vehicle, tasks, breaksBefore);
  const day = trafficOf(problem, vehicle);
  // In traffic the solver has chosen when to start.
  if (day !== undefined && begins !== undefined) return runForward(vehicle, gaps, begins.start, begins.tasks, day);
  const start = begins?.start ?? (vehicle.timeWindow?.start ?? 0) * TIME_UNIT;
  const earliest = runForward(vehicle, gaps, start, begins?.tasks);
  const latest = runForward(vehicle, gaps, findLatestStart(gaps, earliest), begins?.tasks);
  const isAsGood = latest.endTime === earliest.endTime && countLateness(latest) <= countLateness(earliest);
  return isAsGood && findLongRides(problem, latest).length === 0 ? latest : earliest;
}

/** When a route may start, and each of its tasks begin. */
export interface EarliestBegins {
  readonly start: number;
  readonly tasks: readonly number[];
}

function listGaps(
  problem: VroomProblem,
  vehicle: VroomVehicle,
  tasks: readonly VroomTask[],
  breaksBefore: readonly number[],
): Gap[] {
  const legs = legsOf(problem, vehicle);
  let at = vehicle.start;
  let taken = 0;
  return [...tasks, undefined].map((task, index): Gap => {
    const place = task === undefined ? vehicle.end : task.place;
    const leg = legs.duration(at, place);
    const isSame = at !== undefined && at.node === place?.node;
    const breaks = vehicle.breaks.slice(taken, taken + (breaksBefore[index] as number));
    taken += breaks.length;
    at = place;
    if (task === undefined) return { leg, breaks, task, setup: 0, service: 0 };
    const setup = isSame ? 0 : Math.round(setupOf(task, vehicle) * TIME_UNIT);
    return { leg, breaks, task, setup, service: Math.round(serviceOf(task, vehicle) * TIME_UNIT) };
  });
}

function runForward(
  vehicle: VroomVehicle,
  gaps: readonly Gap[],
  startTime: number,
  notBefore: readonly number[] = [],
  day?: TrafficDay,
): TimedRoute {
  const stops: TimedStop[] = [];
  let time = startTime;
  for (const [index, { leg, breaks, task, setup, service }] of gaps.entries()) {
    let travel = leg * (day?.scale ?? 1);
    for (const rest of breaks) {
      const begin = fitForward(rest.timeWindows, time);
      const restTime = Math.round(rest.service * TIME_UNIT);
      const arrival = Math.min(begin, arriveAfter(day, time, travel));
      stops.push({ rest, arrival, begin, setup: 0, service: restTime });
      travel = Math.max(0, travel - coverBetween(day, time, begin));
      time = begin + restTime;
    }
    const arrival = arriveAfter(day, time, travel);
    const begin = task === undefined ? arrival : fitForward(task.timeWindows, Math.max(arrival, notBefore[index] ?? 0));
    if (task !== undefined) stops.push({ task, arrival, begin, setup, service });
    time = begin + setup + service;
  }
  return { vehicle, startTime, stops, endTime: time };
}

/** The latest start that neither ends the route later than `earliest` does nor is later for what is due. */
function findLatestStart(gaps: readonly Gap[], earliest: TimedRoute): number {
  const begins = new Map(earliest.stops.map(({ task, begin }) => [task, begin]));
  let time = earliest.endTime;
  for (const { leg, breaks, task, setup, service } of gaps.toReversed()) {
    if (task !== undefined) time = fitBackward(task.timeWindows, time - setup - service);
    if (task?.due !== undefined && task.due.perHour > 0)
      time = Math.min(time, Math.max(task.due.by * TIME_UNIT, begins.get(task) as number));
    let travel = leg;
    for (const rest of breaks.toReversed()) {
      const limit = time - Math.round(rest.service * TIME_UNIT);
      const begin = fitBackward(rest.timeWindows, limit);
      travel = Math.max(0, travel - (limit - begin));
      time = begin;
    }
    time -= travel;
  }
  return time;
}

/** Cost of lateness in the solver's units. */
function countLateness({ stops }: TimedRoute): number {
  return stops.reduce((sum, { task, begin }) => {
    const { by, perHour } = task?.due ?? { by: Infinity, perHour: 0 };
    return sum + Math.max(0, begin - by * TIME_UNIT) * perHour;
  }, 0);
}

function fitForward(windows: readonly TimeWindow[], time: number): number {
  const window = windows.find(({ end }) => time <= end * TIME_UNIT);
  return window === undefined ? time : Math.max(time, window.start * TIME_UNIT);
}

function fitBackward(windows: readonly TimeWindow[], time: number): number {
  const window = windows.findLast(({ start }) => start * TIME_UNIT <= time);
  return window === undefined ? time : Math.min(time, window.end * TIME_UNIT);
}
