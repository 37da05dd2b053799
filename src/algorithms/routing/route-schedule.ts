import { BreakPlacement } from "./break-placement.ts";
import type { FleetProblem } from "./fleet-problem.ts";

const EPSILON = 1e-6;

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
  /** What beginning after what is due costs in the sequence found feasible last. */
  lateness = 0;
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
    return (
      rules.maxDuration[vehicle] < Infinity || rules.hasRides || rules.orders !== undefined || rules.dues !== undefined
    );
  }

  /** Whether the vehicle can serve `count` tasks in this order within every limit on time. */
  isFeasible(vehicle: number, tasks: Int32Array, count: number): boolean {
    if (!this.keepsOrders(tasks, count) || !this.breaks.isFeasible(vehicle, tasks, count)) return false;
    const { breaks, rules, windows, windowPtr, nTasks } = this.problem;
    this.places = breaks[vehicle].length > 0 ? this.breaks.readPlaces(vehicle, count) : [];
    this.notBefore.fill(0, 0, count + 1);
    this.start = windows[2 * windowPtr[nTasks + vehicle]];
    this.lateness = 0;
    if (rules === undefined) return true;
    if (rules.maxDuration[vehicle] === Infinity && !rules.hasRides && rules.dues === undefined) return true;
    let rounds = count + 2;
    for (let i = 0; i < count; i++) {
      rounds += windowPtr[tasks[i] + 1] - windowPtr[tasks[i]];
    }
    for (let round = 0; round < rounds; round++) {
      const end = this.runForward(vehicle, tasks, count);
      if (end === Infinity) return false;
      if (this.raiseBegins(vehicle, tasks, count, end)) continue;
      this.lateness = this.countLateness(tasks, count);
      return true;
    }
    return false;
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

  /** When the route may start at the earliest, and each task begin, so that all limits are kept. */
  readBegins(count: number): { readonly start: number; readonly tasks: readonly number[] } {
    return { start: this.start, tasks: Array.from(this.notBefore.subarray(0, count)) };
  }

  /** Raises the begins that break a limit to the least that it asks for. False when all are kept. */
  private raiseBegins(vehicle: number, tasks: Int32Array, count: number, end: number): boolean {
    const { rules, service, setup, vehicleClass, location, nTasks } = this.problem;
    if (rules === undefined) return false;
    let isRaised = false;
    if (end - this.start > rules.maxDuration[vehicle] + EPSILON) {
      this.start = end - rules.maxDuration[vehicle];
      isRaised = true;
    }
    if (!rules.hasRides) return isRaised;
    for (let i = 0; i < count; i++) {
      const task = tasks[i];
      if (rules.maxRide[task] === Infinity) continue;
      const other: number = rules.rideTo[task];
      const to: number = this.rank[other];
      if (to >= count || to <= i || tasks[to] !== other) continue;
      const before = location[i === 0 ? nTasks + vehicle : tasks[i - 1]];
      const kind = vehicleClass[vehicle];
      const action = service[kind][task] + (before === location[task] ? 0 : setup[kind][task]);
      const least = this.arrival[to] - rules.maxRide[task] - action;
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
    let at = location[nTasks + vehicle];
    let time = this.start;
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
        travel = Math.max(0, travel - (pause - time));
        time = pause + rest.service;
      }
      arrival[i] = time + travel;
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
