import type { RoutePool } from "./route-pool.ts";
import type { UniformFleet } from "./uniform-fleet.ts";

const NONE = -1;

/**
 * Routes of a uniform fleet as doubly linked lists, with a journal that takes changes back.
 *
 * Nodes: tasks 0..T−1, start of route r T+r, end of route r T+R+r. Linking and unlinking are O(1); times are brought up to
 * date by `refreshBetween`, only as far as they change.
 */
export class UniformPlan {
  readonly fleet: UniformFleet;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Column of a node in the matrices: the task itself or the depot. */
  readonly column: Int32Array;
  /** Cost of the leg from a node to the next. */
  readonly legCost: Float64Array;
  /** Route of each task, −1 while absent. */
  readonly routeOf: Int32Array;
  readonly load: Float64Array;
  readonly count: Int32Array;
  /** Earliest departure from a node, given what comes before. */
  readonly departure: Float64Array;
  /** Latest arrival at a node that keeps it and all after it in time. */
  readonly latest: Float64Array;
  cost = 0;
  nServed = 0;
  nUsed = 0;
  /** Routes that may be in use. */
  mostUsed: number;

  private readonly emptyRoutes: Int32Array;
  private readonly isStacked: Uint8Array;
  private nStacked = 0;
  /** Journal since `begin`: task and the node it was linked behind (as −1 − node) or taken from behind. */
  private readonly journalTask: number[] = [];
  private readonly journalNode: number[] = [];
  private readonly journalRoute: number[] = [];
  private nJournal = 0;
  /** Times overwritten since `begin`: node and what stood there. */
  private readonly oldDepartureNode: number[] = [];
  private readonly oldDeparture: number[] = [];
  private nOldDepartures = 0;
  private readonly oldLatestNode: number[] = [];
  private readonly oldLatest: number[] = [];
  private nOldLatest = 0;

  constructor(fleet: UniformFleet) {
    const { nTasks, nRoutes, depot } = fleet;
    const nNodes = nTasks + 2 * nRoutes;
    this.fleet = fleet;
    this.mostUsed = nRoutes;
    this.next = new Int32Array(nNodes).fill(NONE);
    this.prev = new Int32Array(nNodes).fill(NONE);
    this.column = Int32Array.from({ length: nNodes }, (_, node) => (node < nTasks ? node : depot));
    this.legCost = new Float64Array(nNodes);
    this.routeOf = new Int32Array(nTasks).fill(NONE);
    this.load = new Float64Array(nRoutes);
    this.count = new Int32Array(nRoutes);
    this.departure = new Float64Array(nNodes).fill(fleet.opens[depot]);
    this.latest = new Float64Array(nNodes).fill(fleet.closes[depot]);
    this.emptyRoutes = new Int32Array(nRoutes);
    this.isStacked = new Uint8Array(nRoutes);
    for (let route = nRoutes - 1; route >= 0; route--) {
      this.next[nTasks + route] = nTasks + nRoutes + route;
      this.prev[nTasks + nRoutes + route] = nTasks + route;
      this.stack(route);
    }
  }

  /** Forgets the journal: what was done so far stays. */
  begin(): void {
    this.nJournal = 0;
    this.nOldDepartures = 0;
    this.nOldLatest = 0;
  }

  unlink(task: number): void {
    this.note(task, this.prev[task], this.routeOf[task]);
    this.takeOut(task);
  }

  link(task: number, before: number, route: number): void {
    this.note(task, -1 - before, route);
    this.putBehind(task, before, route);
  }

  /** Takes back everything since `begin`. O(changes). */
  undo(): void {
    const { journalTask, journalNode, journalRoute } = this;
    for (let k = this.nJournal - 1; k >= 0; k--) {
      if (journalNode[k] < 0) this.takeOut(journalTask[k]);
      else this.putBehind(journalTask[k], journalNode[k], journalRoute[k]);
    }
    for (let k = this.nOldDepartures - 1; k >= 0; k--) this.departure[this.oldDepartureNode[k]] = this.oldDeparture[k];
    for (let k = this.nOldLatest - 1; k >= 0; k--) this.latest[this.oldLatestNode[k]] = this.oldLatest[k];
    this.begin();
  }

  /** Takes note of the routes that have changed since `begin` and still serve a task, each once or more often. */
  noteChanged(pool: RoutePool): void {
    const { nTasks, fixedCost } = this.fleet;
    let last = NONE;
    for (let k = 0; k < this.nJournal; k++) {
      const route = this.journalRoute[k];
      if (route === last) continue;
      last = route;
      let cost = fixedCost;
      for (let node = nTasks + route; node < nTasks || node === nTasks + route; node = this.next[node])
        cost += this.legCost[node];
      pool.add(0, this.next, nTasks + route, cost);
    }
  }

  /** A route without tasks, or −1. */
  findEmptyRoute(): number {
    if (this.nUsed >= this.mostUsed) return NONE;
    while (this.nStacked > 0) {
      const route = this.emptyRoutes[this.nStacked - 1];
      if (this.count[route] === 0) return route;
      this.isStacked[route] = 0;
      this.nStacked--;
    }
    return NONE;
  }

  /** Brings the times of a whole route up to date. */
  refreshRoute(route: number): void {
    const { nTasks, nRoutes } = this.fleet;
    const last = this.prev[nTasks + nRoutes + route];
    if (last < nTasks) this.refreshBetween(this.next[nTasks + route], last);
  }

  /**
   * Brings times up to date where the list has changed from `first` to `last`: departures from `first` on at least to
   * `last`, latest arrivals from `last` back at least to `first`, both further as long as they change. Where tasks were
   * only taken out, `first` is the node behind them, and `last` the node before.
   */
  refreshBetween(first: number, last: number): void {
    const { fleet, next, prev, departure, latest, column, oldDepartureNode, oldDeparture, oldLatestNode, oldLatest } =
      this;
    const { nTasks, stride, time, opens, closes, service } = fleet;
    const isGap = next[last] === first;
    let isReached = isGap;
    let before = prev[first];
    let clock = departure[before];
    for (let node = first; node < nTasks; node = next[node]) {
      clock += time[column[before] * stride + node];
      if (clock < opens[node]) clock = opens[node];
      clock += service[node];
      if (node === last) isReached = true;
      if (clock !== departure[node]) {
        oldDepartureNode[this.nOldDepartures] = node;
        oldDeparture[this.nOldDepartures++] = departure[node];
        departure[node] = clock;
      } else if (isReached && node !== last) break;
      before = node;
    }
    isReached = isGap;
    let after = next[last];
    let limit = latest[after];
    for (let node = last; node < nTasks; node = prev[node]) {
      limit -= time[node * stride + column[after]] + service[node];
      if (limit > closes[node]) limit = closes[node];
      if (node === first) isReached = true;
      if (limit !== latest[node]) {
        oldLatestNode[this.nOldLatest] = node;
        oldLatest[this.nOldLatest++] = latest[node];
        latest[node] = limit;
      } else if (isReached && node !== first) break;
      after = node;
    }
  }

  private note(task: number, node: number, route: number): void {
    this.journalTask[this.nJournal] = task;
    this.journalNode[this.nJournal] = node;
    this.journalRoute[this.nJournal++] = route;
  }

  private takeOut(task: number): void {
    const { next, prev, legCost, column, fleet } = this;
    const before = prev[task];
    const after = next[task];
    const route = this.routeOf[task];
    next[before] = after;
    prev[after] = before;
    this.routeOf[task] = NONE;
    this.load[route] -= fleet.demand[task];
    this.nServed--;
    const gone = legCost[before] + legCost[task];
    if (--this.count[route] === 0) {
      legCost[before] = 0;
      this.nUsed--;
      this.cost -= gone + fleet.fixedCost;
      this.load[route] = 0;
      this.stack(route);
    } else {
      const leg = fleet.cost[column[before] * fleet.stride + column[after]];
      legCost[before] = leg;
      this.cost += leg - gone;
    }
  }

  private putBehind(task: number, before: number, route: number): void {
    const { next, prev, legCost, column, fleet } = this;
    const after = next[before];
    next[before] = task;
    prev[task] = before;
    next[task] = after;
    prev[after] = task;
    this.routeOf[task] = route;
    this.load[route] += fleet.demand[task];
    this.nServed++;
    if (this.count[route]++ === 0) {
      this.nUsed++;
      this.cost += fleet.fixedCost;
    }
    const first = fleet.cost[column[before] * fleet.stride + task];
    const second = fleet.cost[task * fleet.stride + column[after]];
    this.cost += first + second - legCost[before];
    legCost[before] = first;
    legCost[task] = second;
  }

  private stack(route: number): void {
    if (this.isStacked[route] === 1) return;
    this.isStacked[route] = 1;
    this.emptyRoutes[this.nStacked++] = route;
  }
}
