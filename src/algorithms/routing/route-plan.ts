import { BreakTimes } from "./break-times.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { RouteSchedule } from "./route-schedule.ts";
import { countServable, refreshTripLoads } from "./trip-loads.ts";
import { countChanges } from "./plan-costs.ts";

const NONE = -1;

/** Whether routes must be timed to know their cost. */
function hasSurcharge({ rules }: FleetProblem): boolean {
  return rules !== undefined && (rules.dues !== undefined || rules.traffic !== undefined);
}

/**
 * The state of a search: which task follows which on every route, with the times and loads that make the feasibility of an
 * insertion a question of constant time.
 *
 * A route is a doubly linked list from its vehicle's start node to its end node. For each node of a route:
 * earliest start of service and departure seen from the start; latest departure that keeps the rest in time; the
 * highest load up to it and from it on. Changing a route costs O(its length); asking about an insertion O(1).
 */
export class RoutePlan {
  readonly problem: FleetProblem;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Vehicle of each task, −1 while absent. */
  readonly vehicleOf: Int32Array;
  /** Rank of each node within its route, 0 for the start. */
  readonly rank: Int32Array;
  /** Earliest departure of each node, given the nodes before. */
  readonly departure: Float64Array;
  /** Latest departure of each node that keeps every later node in time. */
  readonly latestDeparture: Float64Array;
  /** `[nodes × D]`: load on leaving the node. */
  readonly load: Float64Array;
  /** `[nodes × D]`: highest load on leaving any node from the start up to this one. */
  readonly peakBefore: Float64Array;
  /** `[nodes × D]`: highest load on leaving this node or any later one. */
  readonly peakAfter: Float64Array;
  /** Cost of the leg from each node to the next. */
  readonly legCost: Float64Array;
  readonly taskCount: Int32Array;
  readonly routeCost: Float64Array;
  readonly routeTravel: Float64Array;
  /** Kept where a vehicle's distance is limited. */
  readonly routeDistance: Float64Array;
  /** Part of the cost of a route that only its timing tells: lateness and traffic. */
  readonly routeSurcharge: Float64Array;
  /** Time on the way that traffic adds. */
  readonly routeDelay: Float64Array;
  /** Times whole routes where that decides about cost. */
  private readonly schedule: RouteSchedule | undefined;
  private readonly sequence: Int32Array;
  /** Time of setup and service. */
  readonly routeAction: Float64Array;
  /** Stops of each route that are reloads; `taskCount` counts them too. */
  readonly reloadCount: Int32Array;
  private readonly firstReload: number;
  /** First and last window of each node, and whether any node has several. */
  private readonly firstOpens: Float64Array;
  private readonly firstCloses: Float64Array;
  private readonly lastOpens: Float64Array;
  private readonly lastCloses: Float64Array;
  private readonly hasSeveral: boolean;
  private readonly hasDistanceLimit: boolean;
  readonly breakTimes: BreakTimes;
  /** No further vehicle is used while this is set. */
  isClosed = false;

  /** A thorough one knows of every start at which a route in traffic can cost least. */
  constructor(problem: FleetProblem, isThorough = false) {
    const { nTasks, nVehicles, nDims } = problem;
    const nNodes = nTasks + 2 * nVehicles;
    this.problem = problem;
    this.next = new Int32Array(nNodes).fill(NONE);
    this.prev = new Int32Array(nNodes).fill(NONE);
    this.vehicleOf = new Int32Array(nTasks).fill(NONE);
    this.rank = new Int32Array(nNodes);
    this.departure = new Float64Array(nNodes);
    this.latestDeparture = new Float64Array(nNodes);
    this.load = new Float64Array(nNodes * nDims);
    this.peakBefore = new Float64Array(nNodes * nDims);
    this.peakAfter = new Float64Array(nNodes * nDims);
    this.legCost = new Float64Array(nNodes);
    this.taskCount = new Int32Array(nVehicles);
    this.routeCost = new Float64Array(nVehicles);
    this.routeTravel = new Float64Array(nVehicles);
    this.routeDistance = new Float64Array(nVehicles);
    this.routeSurcharge = new Float64Array(nVehicles);
    this.routeDelay = new Float64Array(nVehicles);
    this.schedule = hasSurcharge(problem) ? new RouteSchedule(problem, isThorough) : undefined;
    this.sequence = new Int32Array(nTasks);
    this.reloadCount = new Int32Array(nVehicles);
    this.firstReload = countServable(problem);
    this.routeAction = new Float64Array(nVehicles);
    const { windowPtr, windows } = problem;
    this.firstOpens = Float64Array.from(this.next, (_, node) => windows[2 * windowPtr[node]]);
    this.firstCloses = Float64Array.from(this.next, (_, node) => windows[2 * windowPtr[node] + 1]);
    this.lastOpens = Float64Array.from(this.next, (_, node) => windows[2 * windowPtr[node + 1] - 2]);
    this.lastCloses = Float64Array.from(this.next, (_, node) => windows[2 * windowPtr[node + 1] - 1]);
    this.hasDistanceLimit = problem.maxDistance.some((limit) => limit < Infinity);
    this.hasSeveral = windowPtr[nNodes] > nNodes;
    this.breakTimes = new BreakTimes(this);
    for (let v = 0; v < nVehicles; v++) {
      this.next[nTasks + v] = nTasks + nVehicles + v;
      this.prev[nTasks + nVehicles + v] = nTasks + v;
      this.refreshRoute(v);
    }
  }

  /** Takes a task out of its route's list. `refreshRoute` must follow before the route is asked about again. */
  unlink(task: number): void {
    const before = this.prev[task];
    const after = this.next[task];
    this.next[before] = after;
    this.prev[after] = before;
    this.taskCount[this.vehicleOf[task]]--;
    if (task >= this.firstReload) this.reloadCount[this.vehicleOf[task]]--;
    this.vehicleOf[task] = NONE;
  }

  /** Puts a task behind `before`. `refreshRoute` must follow before the route is asked about again. */
  link(task: number, before: number, vehicle: number): void {
    const after = this.next[before];
    this.next[before] = task;
    this.prev[task] = before;
    this.next[task] = after;
    this.prev[after] = task;
    this.vehicleOf[task] = vehicle;
    this.taskCount[vehicle]++;
    if (task >= this.firstReload) this.reloadCount[vehicle]++;
  }

  /** Tasks that a vehicle serves, reloads not counted. */
  countServed(vehicle: number): number {
    return this.taskCount[vehicle] - this.reloadCount[vehicle];
  }

  /** Counts the reloads of a route anew, after its list was laid as a whole. O(tasks of the route) where there can be any. */
  countReloads(vehicle: number): void {
    const { nTasks } = this.problem;
    if (this.firstReload === nTasks) return;
    let count = 0;
    for (let node = this.next[nTasks + vehicle]; node < nTasks; node = this.next[node]) {
      if (node >= this.firstReload) count++;
    }
    this.reloadCount[vehicle] = count;
  }

  /** Whether the vehicle can carry what it has on board on every trip. O(trips of the route). */
  isWithinCapacity(vehicle: number): boolean {
    const { nTasks, nDims, capacity } = this.problem;
    for (let node = nTasks + vehicle; ; node = this.next[node]) {
      if (node < nTasks && node < this.firstReload) continue;
      if (node >= nTasks && node !== nTasks + vehicle) return true;
      for (let d = 0; d < nDims; d++) {
        if (this.peakAfter[node * nDims + d] > capacity[vehicle * nDims + d]) return false;
      }
    }
  }

  /** Whether one vehicle more may be used. O(vehicles) where their number is limited. */
  mayUseAnother(): boolean {
    const { rules } = this.problem;
    if (this.isClosed) return false;
    if (rules === undefined || rules.maxUsed === Infinity) return true;
    let used = 0;
    for (let v = 0; v < this.taskCount.length; v++) if (this.taskCount[v] > 0) used++;
    return used < rules.maxUsed;
  }

  /** Earliest start of service at `node` not before `arrival`; Infinity when every window has closed. */
  fitWindow(node: number, arrival: number): number {
    // Most nodes have one window.
    if (arrival <= this.firstCloses[node]) return arrival < this.firstOpens[node] ? this.firstOpens[node] : arrival;
    return this.hasSeveral ? this.fitLaterWindow(node, arrival) : Infinity;
  }

  private fitLaterWindow(node: number, arrival: number): number {
    const { windowPtr, windows } = this.problem;
    const end = windowPtr[node + 1];
    for (let k = windowPtr[node] + 1; k < end; k++) {
      if (arrival <= windows[2 * k + 1]) return arrival < windows[2 * k] ? windows[2 * k] : arrival;
    }
    return Infinity;
  }

  /** Latest start of service at `node` not after `limit`; −Infinity when no window opens in time. */
  fitWindowBackward(node: number, limit: number): number {
    if (this.lastOpens[node] <= limit) return this.lastCloses[node] < limit ? this.lastCloses[node] : limit;
    return this.hasSeveral ? this.fitEarlierWindow(node, limit) : -Infinity;
  }

  private fitEarlierWindow(node: number, limit: number): number {
    const { windowPtr, windows } = this.problem;
    for (let k = windowPtr[node + 1] - 2; k >= windowPtr[node]; k--) {
      if (windows[2 * k] <= limit) return windows[2 * k + 1] < limit ? windows[2 * k + 1] : limit;
    }
    return -Infinity;
  }

  /** Recomputes times, loads and cost of a route after its list has changed. O(tasks of the route). */
  refreshRoute(vehicle: number): void {
    const { problem, next, prev, rank, departure, latestDeparture, legCost, load, peakBefore, peakAfter } = this;
    const { nTasks, nVehicles, nLocations, location, delivery, pickup } = problem;
    const vehicleClass = problem.vehicleClass[vehicle];
    const setup = problem.setup[vehicleClass];
    const service = problem.service[vehicleClass];
    const actionCost = problem.actionCost[vehicleClass];
    const durations = problem.durations[vehicleClass];
    const costs = problem.costs[vehicleClass];
    const distances = problem.distances[vehicleClass];
    const start = nTasks + vehicle;
    const end = nTasks + nVehicles + vehicle;

    // With one kind of load and no reloads loads are counted on the same way, until its end as if nothing were on board at the start.
    const countsLoad = problem.nDims === 1 && problem.rules?.reloads === undefined;
    let cost = 0;
    let travel = 0;
    let distance = 0;
    let actions = 0;
    let position = 0;
    let delivered = 0;
    let onBoard = 0;
    let peak = 0;
    let at = location[start];
    let before = start;
    rank[start] = 0;
    departure[start] = this.firstOpens[start];
    let time = departure[start];
    for (let node = next[start]; ; node = next[node]) {
      const to = location[node];
      const leg = at * nLocations + to;
      legCost[before] = costs[leg];
      cost += costs[leg];
      const legTime = durations[leg];
      travel += legTime;
      if (this.hasDistanceLimit) distance += distances[leg];
      const action = service[node] + (at === to ? 0 : setup[node]);
      actions += action;
      time = this.fitWindow(node, time + legTime) + action;
      departure[node] = time;
      rank[node] = ++position;
      if (node === end) break;
      if (countsLoad) {
        delivered += delivery[node];
        onBoard += pickup[node] - delivery[node];
        if (onBoard > peak) peak = onBoard;
        load[node] = onBoard;
        peakBefore[node] = peak;
      }
      at = to;
      before = node;
    }
    cost += actionCost * actions;
    this.routeCost[vehicle] = this.taskCount[vehicle] === 0 ? 0 : cost + problem.fixedCost[vehicle];
    if (this.schedule !== undefined) this.addSurcharge(vehicle, this.schedule);
    if (problem.rules?.stability !== undefined)
      this.routeCost[vehicle] += countChanges(this, vehicle, problem.rules.stability);
    this.routeAction[vehicle] = actions;
    this.routeTravel[vehicle] = travel;
    this.routeDistance[vehicle] = distance;

    let latest = this.firstCloses[end];
    latestDeparture[end] = latest;
    let to = location[end];
    peak = 0;
    if (countsLoad) {
      load[start] = 0;
      peakBefore[start] = 0;
    }
    for (let node = end; node !== start;) {
      const earlier = prev[node];
      const from = location[earlier];
      const action = service[node] + (from === to ? 0 : setup[node]);
      latest = this.fitWindowBackward(node, latest - action) - durations[from * nLocations + to];
      latestDeparture[earlier] = latest;
      if (countsLoad) {
        load[earlier] += delivered;
        peakBefore[earlier] += delivered;
        if (load[earlier] > peak) peak = load[earlier];
        peakAfter[earlier] = peak;
      }
      node = earlier;
      to = from;
    }
    this.breakTimes.forget(vehicle);
    if (problem.rules?.reloads !== undefined) refreshTripLoads(this, vehicle, problem.rules.reloads);
    else if (!countsLoad) this.refreshLoads(start, end);
  }

  private addSurcharge(vehicle: number, schedule: RouteSchedule): void {
    const { problem, next, sequence, routeSurcharge } = this;
    let count = 0;
    for (let node = next[problem.nTasks + vehicle]; node < problem.nTasks; node = next[node]) sequence[count++] = node;
    const isFeasible = count > 0 && schedule.isFeasible(vehicle, sequence, count);
    routeSurcharge[vehicle] = isFeasible ? schedule.surcharge : 0;
    this.routeDelay[vehicle] = isFeasible ? schedule.delay : 0;
    this.routeCost[vehicle] += routeSurcharge[vehicle];
  }

  private refreshLoads(start: number, end: number): void {
    const { problem, next, prev, load, peakBefore, peakAfter } = this;
    const { nDims, delivery, pickup } = problem;
    for (let d = 0; d < nDims; d++) {
      let onBoard = 0;
      for (let node = next[start]; node !== end; node = next[node]) onBoard += delivery[node * nDims + d];
      load[start * nDims + d] = onBoard;
      let peak = onBoard;
      peakBefore[start * nDims + d] = peak;
      for (let node = next[start]; node !== end; node = next[node]) {
        const at = node * nDims + d;
        onBoard += pickup[at] - delivery[at];
        load[at] = onBoard;
        if (onBoard > peak) peak = onBoard;
        peakBefore[at] = peak;
      }
      peak = 0;
      for (let node = prev[end]; ; node = prev[node]) {
        const at = node * nDims + d;
        if (load[at] > peak) peak = load[at];
        peakAfter[at] = peak;
        if (node === start) break;
      }
    }
  }
}
