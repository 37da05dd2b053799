import type { FleetProblem } from "./fleet-problem.ts";
import { arriveAfter, coverBetween, leaveBefore } from "./traffic.ts";

/**
 * Times a sequence of tasks from a start on, as early as windows, breaks at given places and `notBefore` allow, and finds the latest start
 * that leaves the end where it is. Travel takes what the time of day asks for.
 */
export class RouteTimer {
  start = 0;
  /** Travel of the timing made last, in time. */
  travel = 0;
  /** Begins of service are not earlier, by place in the sequence. */
  readonly notBefore: Float64Array;
  readonly begin: Float64Array;
  readonly arrival: Float64Array;
  readonly departure: Float64Array;
  /** Breaks taken before each task and, last, before the end; empty for none. */
  places: readonly number[] = [];
  private readonly problem: FleetProblem;

  constructor(problem: FleetProblem) {
    this.problem = problem;
    this.notBefore = new Float64Array(problem.nTasks + 1);
    this.begin = new Float64Array(problem.nTasks + 1);
    this.arrival = new Float64Array(problem.nTasks + 1);
    this.departure = new Float64Array(problem.nTasks + 1);
  }

  /** The end of the route; Infinity when a window is missed. O(stops). */
  runForward(vehicle: number, tasks: Int32Array, count: number): number {
    const { problem, notBefore, begin, arrival, departure, places } = this;
    const { nTasks, nVehicles, nLocations, location } = problem;
    const vehicleClass = problem.vehicleClass[vehicle];
    const durations = problem.durations[vehicleClass];
    const service = problem.service[vehicleClass];
    const setup = problem.setup[vehicleClass];
    const breaks = problem.breaks[vehicle];
    const day = problem.rules?.traffic?.days[vehicle];
    let at = location[nTasks + vehicle];
    let time = this.start;
    let driven = 0;
    let taken = 0;
    for (let i = 0; i <= count; i++) {
      const node = i < count ? tasks[i] : nTasks + nVehicles + vehicle;
      const to = location[node];
      let travel = durations[at * nLocations + to];
      for (let left = breaks.length === 0 ? 0 : places[i]; left > 0; left--) {
        const rest = breaks[taken++];
        const from = time;
        const window = rest.windows.find(([, end]) => from <= end);
        if (window === undefined) return Infinity;
        const pause = Math.max(time, window[0]);
        driven += Math.min(pause, arriveAfter(day, time, travel)) - time;
        travel = Math.max(0, travel - coverBetween(day, time, pause));
        time = pause + rest.service;
      }
      const reached = arriveAfter(day, time, travel);
      driven += reached - time;
      arrival[i] = reached;
      const opens = this.fitWindow(node, reached < notBefore[i] ? notBefore[i] : reached);
      if (opens === Infinity) return Infinity;
      begin[i] = opens;
      time = opens + service[node] + (at === to ? 0 : setup[node]);
      departure[i] = time;
      at = to;
    }
    this.travel = driven;
    return time;
  }

  /** Goes back from `end`; what is due stays as late as it is at most. Breaks are passed as they were placed. O(stops). */
  findLatestStart(vehicle: number, tasks: Int32Array, count: number, end: number): number {
    const { problem, places, begin } = this;
    const { nTasks, nVehicles, nLocations, location, rules } = problem;
    const vehicleClass = problem.vehicleClass[vehicle];
    const day = rules?.traffic?.days[vehicle];
    const breaks = problem.breaks[vehicle];
    let left = breaks.length;
    let time = end;
    for (let i = count; i >= 0; i--) {
      const node = i < count ? tasks[i] : nTasks + nVehicles + vehicle;
      const from = location[i === 0 ? nTasks + vehicle : tasks[i - 1]];
      const to = location[node];
      if (i < count) {
        const action = problem.service[vehicleClass][node] + (from === to ? 0 : problem.setup[vehicleClass][node]);
        time = this.fitWindowBackward(node, time - action);
        if (rules?.dues !== undefined && rules.dues.lateCost[node] > 0)
          time = Math.min(time, Math.max(rules.dues.due[node], begin[i]));
      }
      let travel = problem.durations[vehicleClass][from * nLocations + to];
      for (let taken = breaks.length === 0 ? 0 : places[i]; taken > 0; taken--) {
        const rest = breaks[--left];
        const limit = time - rest.service;
        const window = rest.windows.findLast(([opens]) => opens <= limit);
        if (window === undefined) return -Infinity;
        const pause = Math.min(limit, window[1]);
        travel = Math.max(0, travel - coverBetween(day, pause + rest.service, time));
        time = pause;
      }
      time = leaveBefore(day, time, travel);
    }
    return time;
  }

  private fitWindow(node: number, time: number): number {
    const { windowPtr, windows } = this.problem;
    for (let k = windowPtr[node]; k < windowPtr[node + 1]; k++) {
      if (time <= windows[2 * k + 1]) return time < windows[2 * k] ? windows[2 * k] : time;
    }
    return Infinity;
  }

  private fitWindowBackward(node: number, limit: number): number {
    const { windowPtr, windows } = this.problem;
    for (let k = windowPtr[node + 1] - 1; k >= windowPtr[node]; k--) {
      if (windows[2 * k] <= limit) return Math.min(limit, windows[2 * k + 1]);
    }
    return -Infinity;
  }
}
