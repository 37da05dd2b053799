import { BreakPlacement } from "./break-placement.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { listMeetingStarts } from "./list-meeting-starts.ts";
import { RouteTimer } from "./route-timer.ts";
import { forEachRelief, type TrafficDay } from "./traffic.ts";

const EPSILON = 1e-6;
/** In traffic a later start may make a shift shorter little by little: so many times more it is tried. */
const ROUNDS_OF_TRAFFIC = 50;
/** Routes of so many tasks are tried from more starts while they are searched, in problems of so many tasks: it takes twice as long. */
const FEW = 8;
const SMALL = 50;
/** So much cheaper a later end of the route must be. */
const LEAD = 1;

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
  private readonly timer: RouteTimer;
  private readonly isThorough: boolean;
  private lateness = 0;
  /** The one timed last. */
  private vehicle = 0;
  /** What the sequence found feasible last costs beyond legs, tasks and vehicle: lateness, and the time that traffic takes. */
  surcharge = 0;
  /** The time on the way that traffic adds to it. */
  delay = 0;

  /** A thorough one tries every start at which travel can cost least; a search has no time for that. */
  constructor(problem: FleetProblem, isThorough = false) {
    this.problem = problem;
    this.isThorough = isThorough;
    this.breaks = new BreakPlacement(problem);
    this.rank = new Int32Array(problem.nTasks);
    this.timer = new RouteTimer(problem);
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
    const { breaks, rules, windows, windowPtr, nTasks } = this.problem;
    if (!this.keepsOrders(tasks, count)) return false;
    const isPlaced = breaks[vehicle].length > 0 || !this.hasTiming(vehicle);
    if (isPlaced && !this.breaks.isFeasible(vehicle, tasks, count)) return false;
    this.vehicle = vehicle;
    this.timer.places =
      breaks[vehicle].length > 0 && this.hasTiming(vehicle) ? this.breaks.readPlaces(vehicle, count) : [];
    this.timer.notBefore.fill(0, 0, count + 1);
    this.timer.start = windows[2 * windowPtr[nTasks + vehicle]];
    this.surcharge = 0;
    this.delay = 0;
    if (rules === undefined || !this.hasTiming(vehicle)) return true;
    let rounds = count + 2 + (rules.traffic === undefined ? 0 : ROUNDS_OF_TRAFFIC);
    for (let i = 0; i < count; i++) {
      rounds += windowPtr[tasks[i] + 1] - windowPtr[tasks[i]];
    }
    for (let round = 0; round < rounds; round++) {
      const end = this.timer.runForward(vehicle, tasks, count);
      if (end === Infinity) return false;
      if (this.raiseBegins(vehicle, tasks, count, end)) continue;
      const day = rules.traffic?.days[vehicle];
      if (day === undefined) this.lateness = this.countLateness(tasks, count);
      else if (!this.chooseStart(vehicle, tasks, count, end, day)) return false;
      this.delay = this.measureDelay(vehicle, tasks, count);
      this.surcharge = this.lateness + this.delay * (rules.traffic?.timeCost[vehicle] ?? 0);
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
   * Chooses among the earliest start, the latest that does not end the route later, and those that spare traffic: the cheapest by lateness
   * and travel, of equals the latest that ends as early. False where each breaks a limit.
   */
  private chooseStart(vehicle: number, tasks: Int32Array, count: number, end: number, day: TrafficDay): boolean {
    const { timer, problem } = this;
    const { nTasks, nLocations, location, vehicleClass, durations, rules } = problem;
    const earliest = timer.start;
    let best = earliest;
    let travel = timer.travel;
    let least = this.priceTiming(vehicle, tasks, count, end);
    this.lateness = this.countLateness(tasks, count);
    const attempt = (start: number): void => {
      timer.start = start;
      const reached = timer.runForward(vehicle, tasks, count);
      const price = this.priceTiming(vehicle, tasks, count, reached);
      if (price > least - LEAD && (price > least || reached > end || start < best)) return;
      least = price;
      best = start;
      travel = timer.travel;
      this.lateness = this.countLateness(tasks, count);
    };
    const latest = timer.findLatestStart(vehicle, tasks, count, end);
    if (latest > best) attempt(latest);
    if (count > 0 && (rules?.traffic?.timeCost[vehicle] ?? 0) > 0) {
      const firstLeg = location[nTasks + vehicle] * nLocations + location[tasks[0]];
      forEachRelief(day, earliest, durations[vehicleClass[vehicle]][firstLeg], attempt);
      if (this.isThorough) this.listMeetings(vehicle, tasks, count, earliest, day).forEach(attempt);
      else if (count <= FEW && nTasks <= SMALL)
        this.listLikelyMeetings(vehicle, tasks, count, earliest, day).forEach(attempt);
    }
    timer.start = best;
    timer.travel = travel;
    return least < Infinity;
  }

  /** Starts at which an arrival, or the end of a service, falls on a change of pace, or an arrival on a due time or a window. */
  private listMeetings(vehicle: number, tasks: Int32Array, count: number, from: number, day: TrafficDay): number[] {
    const { timer } = this;
    const { windowPtr, windows, rules } = this.problem;
    const momentsAt = (start: number): number[] | undefined => {
      timer.start = start;
      if (timer.runForward(vehicle, tasks, count) === Infinity) return undefined;
      return [...timer.arrival.subarray(0, count + 1), ...timer.departure.subarray(0, count)];
    };
    const ownTimes = Array.from(tasks.subarray(0, count), (task) => {
      const own = Array.from(windows.subarray(2 * windowPtr[task], 2 * windowPtr[task + 1]));
      return rules?.dues !== undefined && rules.dues.lateCost[task] > 0 ? [rules.dues.due[task], ...own] : own;
    });
    return listMeetingStarts(day, from, momentsAt, ownTimes);
  }

  /**
   * The same about, as if everything moved with the start, since a search has no time to halve: ends of legs where travel gets slower, ends of
   * services where it gets faster, and arrivals as they are due.
   */
  private listLikelyMeetings(
    vehicle: number,
    tasks: Int32Array,
    count: number,
    from: number,
    day: TrafficDay,
  ): number[] {
    const { timer, problem } = this;
    const { dues } = problem.rules ?? {};
    const { times, pace, unit } = day;
    const dayTime = times[pace.length];
    const midnight = Math.floor(from / dayTime) * dayTime;
    timer.start = from;
    timer.runForward(vehicle, tasks, count);
    const starts: number[] = [];
    const meet = (moment: number, time: number): void => {
      const start = time - Math.ceil((moment - from) / unit) * unit;
      if (start > from && start < from + dayTime) starts.push(start);
    };
    for (let k = 0; k < pace.length; k++) {
      const change = pace[k] - pace[(k + pace.length - 1) % pace.length];
      if (change === 0) continue;
      const moments = change < 0 ? timer.arrival : timer.departure;
      for (let i = 0; i < (change < 0 ? count + 1 : count); i++) {
        meet(moments[i], midnight + times[k]);
        meet(moments[i], midnight + dayTime + times[k]);
      }
    }
    if (dues === undefined) return starts;
    for (let i = 0; i < count; i++) if (dues.lateCost[tasks[i]] > 0) meet(timer.arrival[i], dues.due[tasks[i]]);
    return starts;
  }

  /** Cost of lateness and of travel in the timing made last, Infinity where it breaks a limit. */
  private priceTiming(vehicle: number, tasks: Int32Array, count: number, end: number): number {
    const { timer } = this;
    const { rules, maxTravelTime } = this.problem;
    if (rules === undefined || end === Infinity || timer.travel > maxTravelTime[vehicle]) return Infinity;
    if (end - timer.start > rules.maxDuration[vehicle] + EPSILON || !this.keepsRides(vehicle, tasks, count))
      return Infinity;
    return this.countLateness(tasks, count) + timer.travel * (rules.traffic?.timeCost[vehicle] ?? 0);
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
    return this.timer.travel - fastest;
  }

  /** The begins are the earliest there are, each of them, so no other timing of the sequence is less late. */
  private countLateness(tasks: Int32Array, count: number): number {
    const dues = this.problem.rules?.dues;
    if (dues === undefined) return 0;
    let cost = 0;
    for (let i = 0; i < count; i++) {
      const late = this.timer.begin[i] - dues.due[tasks[i]];
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
    if (this.timer.places.length > 0) return this.timer.places;
    if (this.problem.breaks[this.vehicle].length > 0) return this.breaks.readPlaces(this.vehicle, count);
    return Array.from({ length: count + 1 }, () => 0);
  }

  /**
   * When the route may start at the earliest, and each task begin, so that all limits are kept; in traffic when it does start and
   * they do begin.
   */
  readBegins(count: number): { readonly start: number; readonly tasks: readonly number[] } {
    return { start: this.timer.start, tasks: Array.from(this.timer.notBefore.subarray(0, count)) };
  }

  private keepsRides(vehicle: number, tasks: Int32Array, count: number): boolean {
    if (this.problem.rules?.hasRides !== true) return true;
    for (let i = 0; i < count; i++) {
      if (this.timer.begin[i] < this.leastBegin(vehicle, tasks, count, i) - EPSILON) return false;
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
    return this.timer.arrival[to] - rules.maxRide[task] - action;
  }

  /** Raises the begins that break a limit to the least that it asks for. False when all are kept. */
  private raiseBegins(vehicle: number, tasks: Int32Array, count: number, end: number): boolean {
    const { rules } = this.problem;
    if (rules === undefined) return false;
    let isRaised = false;
    if (end - this.timer.start > rules.maxDuration[vehicle] + EPSILON) {
      this.timer.start = end - rules.maxDuration[vehicle];
      isRaised = true;
    }
    if (!rules.hasRides) return isRaised;
    for (let i = 0; i < count; i++) {
      const least = this.leastBegin(vehicle, tasks, count, i);
      if (this.timer.begin[i] >= least - EPSILON) continue;
      this.timer.notBefore[i] = least;
      isRaised = true;
    }
    return isRaised;
  }
}
