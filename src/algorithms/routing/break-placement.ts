import type { FleetBreak, FleetProblem } from "./fleet-problem.ts";
import { arriveAfter, coverBetween, type TrafficDay } from "./traffic.ts";
import { countServable } from "./trip-loads.ts";

/**
 * Fits a vehicle's breaks into a sequence of tasks. Breaks keep their order; each may fall between any two stops, and
 * travel goes on before and after it.
 *
 * Dynamic programming over (stop, breaks taken so far) keeps the earliest departure. O(stops × breaks²) a sequence.
 */
export class BreakPlacement {
  private readonly problem: FleetProblem;
  private readonly departure: Float64Array;
  private readonly arrival: Float64Array;
  private readonly load: Float64Array;
  /** Shipments on board, which a reload leaves there. */
  private readonly stays: Float64Array;
  private readonly firstReload: number;
  /** `[gap × (breaks + 1)]`: how many breaks had been taken before the gap, on the earliest way to have taken so many after it. */
  private readonly takenBefore: Int32Array;
  private readonly width: number;

  constructor(problem: FleetProblem) {
    this.problem = problem;
    this.width = Math.max(0, ...problem.breaks.map((breaks) => breaks.length)) + 1;
    this.departure = new Float64Array(this.width);
    this.arrival = new Float64Array(this.width);
    this.load = new Float64Array(problem.nDims);
    this.stays = new Float64Array(problem.nDims);
    this.firstReload = countServable(problem);
    this.takenBefore = new Int32Array((problem.nTasks + 1) * this.width);
  }

  /** Whether the vehicle can serve `count` tasks in this order in time, with every break. */
  isFeasible(vehicle: number, tasks: Int32Array, count: number): boolean {
    const { problem, departure, arrival, load } = this;
    const { nTasks, nVehicles, nLocations, nDims, location, delivery, pickup } = problem;
    const vehicleClass = problem.vehicleClass[vehicle];
    const durations = problem.durations[vehicleClass];
    const breaks = problem.breaks[vehicle];
    const day = problem.rules?.traffic?.days[vehicle];
    const staysOnBoard = problem.rules?.reloads?.staysOnBoard;
    load.fill(0);
    this.stays.fill(0);
    this.loadTrip(tasks, 0, count);

    let at = location[nTasks + vehicle];
    departure.fill(Infinity);
    departure[0] = problem.windows[2 * problem.windowPtr[nTasks + vehicle]];
    for (let gap = 0; gap <= count; gap++) {
      const node = gap < count ? tasks[gap] : nTasks + nVehicles + vehicle;
      const to = location[node];
      this.crossGap(gap, durations[at * nLocations + to], breaks, day);
      const action = problem.service[vehicleClass][node] + (at === to ? 0 : problem.setup[vehicleClass][node]);
      let isOpen = false;
      for (let b = 0; b <= breaks.length; b++) {
        departure[b] = fitWindows(problem, node, arrival[b]) + action;
        if (departure[b] < Infinity) isOpen = true;
      }
      if (!isOpen) return false;
      if (gap < count && node >= this.firstReload) this.loadTrip(tasks, gap + 1, count);
      else if (gap < count)
        for (let d = 0; d < nDims; d++) {
          load[d] += pickup[node * nDims + d] - delivery[node * nDims + d];
          if (staysOnBoard?.[node] === 1) this.stays[d] += pickup[node * nDims + d];
        }
      at = to;
    }
    return departure[breaks.length] < Infinity;
  }

  /** What is on board once the trip that begins with the task of rank `first` is loaded. */
  private loadTrip(tasks: Int32Array, first: number, count: number): void {
    const { load, stays, problem } = this;
    const { nDims, delivery } = problem;
    for (let d = 0; d < nDims; d++) load[d] = stays[d];
    for (let i = first; i < count && tasks[i] < this.firstReload; i++) {
      for (let d = 0; d < nDims; d++) load[d] += delivery[tasks[i] * nDims + d];
    }
  }

  /** Breaks taken before each task and, last, before the end, as it was found by `isFeasible` just before. */
  readPlaces(vehicle: number, count: number): number[] {
    const places = Array.from({ length: count + 1 }, () => 0);
    let taken = this.problem.breaks[vehicle].length;
    for (let gap = count; gap >= 0; gap--) {
      const before = this.takenBefore[gap * this.width + taken];
      places[gap] = taken - before;
      taken = before;
    }
    return places;
  }

  /** Travels a leg, taking none, one or several of the next breaks on the way. */
  private crossGap(gap: number, leg: number, breaks: readonly FleetBreak[], day: TrafficDay | undefined): void {
    const { departure, arrival, takenBefore, width } = this;
    arrival.fill(Infinity);
    for (let taken = 0; taken <= breaks.length; taken++) {
      let time = departure[taken];
      let travel = leg;
      for (let b = taken; time < Infinity; b++) {
        const reached = arriveAfter(day, time, travel);
        if (reached < arrival[b]) {
          arrival[b] = reached;
          takenBefore[gap * width + b] = taken;
        }
        if (b === breaks.length || !this.isLightEnough(breaks[b])) break;
        const window = breaks[b].windows.find(([, end]) => time <= end);
        if (window === undefined) break;
        const begin = Math.max(time, window[0]);
        travel = Math.max(0, travel - coverBetween(day, time, begin));
        time = begin + breaks[b].service;
      }
    }
  }

  private isLightEnough({ maxLoad }: FleetBreak): boolean {
    if (maxLoad === undefined) return true;
    for (let d = 0; d < maxLoad.length; d++) if (this.load[d] > maxLoad[d]) return false;
    return true;
  }
}

function fitWindows(problem: FleetProblem, node: number, arrival: number): number {
  const { windowPtr, windows } = problem;
  for (let k = windowPtr[node]; k < windowPtr[node + 1]; k++) {
    if (arrival <= windows[2 * k + 1]) return Math.max(arrival, windows[2 * k]);
  }
  return Infinity;
}
