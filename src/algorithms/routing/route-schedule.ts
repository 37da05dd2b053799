import { BreakPlacement } from "./break-placement.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { arriveAfter, coverBetween, leaveBefore } from "./traffic.ts";

const EPSILON = 1e-6;
/** In traffic a later start may make a shift shorter little by little: so many times more it is tried. */
const ROUNDS_OF_TRAFFIC = 50;

/**
 * Times a whole route under the limits that no single insertion can see: the length of a shift, ride times, and which task
 * must follow which.
 *
 * Every limit says that one begin is not before another begin less a constant: the start of a shift not before its end less the
 * longest shift, a pickup not before its delivery less the longest ride. Together with windows and breaks these are monotone,
 * so raising begins until all hold ends at the earliest schedule that keeps all, or proves that there is none.
 * O(stops²) a round; as many rounds as there are windows on the route at most, mostly one or two. Breaks are placed as
 * the earliest route takes them.
 */
export class RouteSchedule {
  private readonly problem: FleetProblem;
  private readonly breaks: BreakPlacement;
  /** Rank of each task in the sequence timed last; true only where the sequence holds the task at that rank. */
  private readonly rank: Int32Array;
  private readonly notBefore: Float64Array;
  private readonly begin: Float64Array;
  private readonly arrival: Float64Array;
  private places: readonly number[] = [];
  private travel = 0;
  /** What the sequence found feasible last costs beyond legs, tasks and vehicle: lateness, and the time that traffic takes. */
  surcharge = 0;
  /** The time on the way that traffic adds to it. */
  delay = 0;
  private start = 0;

  constructor(problem: FleetProblem) {
    this.problem = problem;
    this.breaks = new BreakPlacement(problem);
    this.rank = new Int32Array(problem.nTasks);
    this.notBefore = new Float64Array(problem.nTasks + 1);
    this.begin = new Float64Array(problem.nTasks + 1);
    this.arrival = new Float64Array(problem.nTasks + 1);
  }

  /** Whether routes of the vehicle must be timed as a whole: insertions alone would overlook a rule. */
  isNeeded(vehicle: number): boolean {
    const { breaks, rules } = this.problem;
    if (breaks[vehicle].length > 0) return true;
    if (rules === undefined) return false;
    return rules.orders !== undefined || this.hasTiming(vehicle);
  }

  /** Whether the vehicle can serve `count` tasks in this order within every limit on time. */
  isFeasible(vehicle: number, tasks: Int32Array, count: number): boolean {
    if (!this.keepsOrders(tasks, count) || !this.breaks.isFeasible(vehicle, tasks, count)) return false;
    const { breaks, rules, windows, windowPtr, nTasks } = this.problem;
    this.places = breaks[vehicle].length > 0 ? this.breaks.readPlaces(vehicle, count) : [];
    this.notBefore.fill(0, 0, count + 1);
    this.start = windows[2 * windowPtr[nTasks + vehicle]];
    this.surcharge = 0;
    this.delay = 0;
    if (rules === undefined || !this.hasTiming(vehicle)) return true;
    let rounds = count + 2 + (rules.traffic === undefined ? 0 : ROUNDS_OF_TRAFFIC);
    for (let i = 0; i < count; i++) {
      rounds += windowPtr[tasks[i] + 1] - windowPtr[tasks[i]];
    }
    for (let round = 0; round < rounds; round++) {
      const end = this.runForward(vehicle, tasks, count);
      if (end === Infinity) return false;
      if (this.raiseBegins(vehicle, tasks, count, end)) continue;
      if (rules.traffic !== undefined) {
        this.delayStart(vehicle, tasks, count, end);
        if (this.travel > this.problem.maxTravelTime[vehicle]) return false;
      }
      this.delay = this.measureDelay(vehicle, tasks, count);
      this.surcharge = this.countLateness(tasks, count) + this.delay * (rules.traffic?.timeCost[vehicle] ?? 0);
      return true;
    }
    return false;
  }

  /** Whether begins decide about feasibility or cost, beside windows and breaks. */
  private hasTiming(vehicle: number): boolean {
    const { rules } = this.problem;
    if (rules === undefined) return false;
    return (
      rules.maxDuration[vehicle] < Infinity || rules.hasRides || rules.dues !== undefined || rules.traffic !== undefined
    );
  }

  /**
   * Leaves as late as it can without ending the route later than `end` or being later for what is due; stays with the earliest
   * times where that would break a limit.
   */
  private delayStart(vehicle: number, tasks: Int32Array, count: number, end: number): void {
    const earliest = this.start;
    const lateness = this.countLateness(tasks, count);
    this.start = Math.max(earliest, this.findLatestStart(vehicle, tasks, count, end));
    if (this.start === earliest) return;
    const isAsGood =
      this.runForward(vehicle, tasks, count) <= end &&
      this.countLateness(tasks, count) <= lateness &&
      this.travel <= this.problem.maxTravelTime[vehicle] &&
      this.keepsRides(vehicle, tasks, count);
    if (isAsGood) return;
    this.start = earliest;
    this.runForward(vehicle, tasks, count);
  }

  /** By going back from the end. Breaks are passed as they were placed. */
  private findLatestStart(vehicle: number, tasks: Int32Array, count: number, end: number): number {
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
        time = fitBackward(problem.windowPtr, problem.windows, node, time - action);
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

  /** Time on the way beyond what it takes at the fastest time of day. */
  private measureDelay(vehicle: number, tasks: Int32Array, count: number): number {
    const { nTasks, nVehicles, nLocations, location, durations, vehicleClass, rules } = this.problem;
    if (rules?.traffic === undefined) return 0;
    let fastest = 0;
    let at = location[nTasks + vehicle];
    for (let i = 0; i <= count; i++) {
      const to = location[i < count ? tasks[i] : nTasks + nVehicles + vehicle];
      fastest += durations[vehicleClass[vehicle]][at * nLocations + to];
      at = to;
    }
    return this.travel - fastest;
  }

  /** The begins are the earliest there are, each of them, so no other timing of the sequence is less late. */
  private countLateness(tasks: Int32Array, count: number): number {
    const dues = this.problem.rules?.dues;
    if (dues === undefined) return 0;
    let cost = 0;
    for (let i = 0; i < count; i++) {
      const late = this.begin[i] - dues.due[tasks[i]];
      if (late > 0) cost += late * dues.lateCost[tasks[i]];
    }
    return cost;
  }

  /** Whether every task has those that it must follow before it; notes the rank of each task. */
  private keepsOrders(tasks: Int32Array, count: number): boolean {
    const { rules } = this.problem;
    if (rules === undefined) return true;
    for (let i = 0; i < count; i++) this.rank[tasks[i]] = i;
    if (rules.orders === undefined) return true;
    for (let i = 0; i < count; i++) {
      const forerunners: readonly number[] = rules.orders.after[tasks[i]];
      for (const earlier of forerunners) {
        const at: number = this.rank[earlier];
        if (at >= i || tasks[at] !== earlier) return false;
      }
    }
    return true;
  }

  /** Breaks taken before each task and, last, before the end, as `isFeasible` found them just before. */
  readPlaces(count: number): readonly number[] {
    return this.places.length > 0 ? this.places : Array.from({ length: count + 1 }, () => 0);
  }

  /**
   * When the route may start at the earliest, and each task begin, so that all limits are kept; in traffic when it does start and
   * they do begin.
   */
  readBegins(count: number): { readonly start: number; readonly tasks: readonly number[] } {
    return { start: this.start, tasks: Array.from(this.notBefore.subarray(0, count)) };
  }

  private keepsRides(vehicle: number, tasks: Int32Array, count: number): boolean {
    if (this.problem.rules?.hasRides !== true) return true;
    for (let i = 0; i < count; i++) {
      if (this.begin[i] < this.leastBegin(vehicle, tasks, count, i) - EPSILON) return false;
    }
    return true;
  }

  /** When the i-th task must begin at the earliest, so that its ride is not too long; −Infinity without a limit. */
  private leastBegin(vehicle: number, tasks: Int32Array, count: number, i: number): number {
    const { rules, service, setup, vehicleClass, location, nTasks } = this.problem;
    const task = tasks[i];
    if (rules === undefined || rules.maxRide[task] === Infinity) return -Infinity;
    const other: number = rules.rideTo[task];
    const to: number = this.rank[other];
    if (to >= count || to <= i || tasks[to] !== other) return -Infinity;
    const before = location[i === 0 ? nTasks + vehicle : tasks[i - 1]];
    const kind = vehicleClass[vehicle];
    const action = service[kind][task] + (before === location[task] ? 0 : setup[kind][task]);
    return this.arrival[to] - rules.maxRide[task] - action;
  }

  /** Raises the begins that break a limit to the least that it asks for. False when all are kept. */
  private raiseBegins(vehicle: number, tasks: Int32Array, count: number, end: number): boolean {
    const { rules } = this.problem;
    if (rules === undefined) return false;
    let isRaised = false;
    if (end - this.start > rules.maxDuration[vehicle] + EPSILON) {
      this.start = end - rules.maxDuration[vehicle];
      isRaised = true;
    }
    if (!rules.hasRides) return isRaised;
    for (let i = 0; i < count; i++) {
      const least = this.leastBegin(vehicle, tasks, count, i);
      if (this.begin[i] >= least - EPSILON) continue;
      this.notBefore[i] = least;
      isRaised = true;
    }
    return isRaised;
  }

  /** Times the sequence as early as `start` and `notBefore` allow; the end of the route, Infinity when a window is missed. */
  private runForward(vehicle: number, tasks: Int32Array, count: number): number {
    const { problem, notBefore, begin, arrival, places } = this;
    const { nTasks, nVehicles, nLocations, location } = problem;
    const vehicleClass = problem.vehicleClass[vehicle];
    const durations = problem.durations[vehicleClass];
    const breaks = problem.breaks[vehicle];
    const day = problem.rules?.traffic?.days[vehicle];
    let at = location[nTasks + vehicle];
    let time = this.start;
    let taken = 0;
    this.travel = 0;
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
        this.travel += Math.min(pause, arriveAfter(day, time, travel)) - time;
        travel = Math.max(0, travel - coverBetween(day, time, pause));
        time = pause + rest.service;
      }
      arrival[i] = arriveAfter(day, time, travel);
      this.travel += arrival[i] - time;
      begin[i] = this.fitWindow(node, Math.max(arrival[i], notBefore[i]));
      if (begin[i] === Infinity) return Infinity;
      time = begin[i] + problem.service[vehicleClass][node] + (at === to ? 0 : problem.setup[vehicleClass][node]);
      at = to;
    }
    return time;
  }

  private fitWindow(node: number, time: number): number {
    const { windowPtr, windows } = this.problem;
    for (let k = windowPtr[node]; k < windowPtr[node + 1]; k++) {
      if (time <= windows[2 * k + 1]) return Math.max(time, windows[2 * k]);
    }
    return Infinity;
  }
}

/** Latest begin in a window not after `limit`; −Infinity when none opens in time. */
function fitBackward(windowPtr: Int32Array, windows: Float64Array, node: number, limit: number): number {
  for (let k = windowPtr[node + 1] - 1; k >= windowPtr[node]; k--) {
    if (windows[2 * k] <= limit) return Math.min(limit, windows[2 * k + 1]);
  }
  return -Infinity;
}
