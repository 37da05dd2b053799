import type { UniformFleet } from "../uniform-fleet.ts";

/** What is gained by less is rounding. */
export const SMALLEST_GAIN = 1e-6;

/** Prices of what a plan breaks: a unit of load above the capacity, a unit of lateness. */
export interface Penalties {
  load: number;
  lateness: number;
}

/**
 * Routes of a uniform fleet that may break loads and windows at a price, so that a search can pass through plans that are not allowed.
 *
 * Nodes: tasks 0..T−1, start of route r T+r, end of route r T+R+r. Who comes late goes back in time to the close of the window
 * and pays for it. With that, the lateness of a route is known in O(1) from what comes before and after any leg.
 * Source: Nagata, Bräysy and Dullaert, Computers & Operations Research 37(4), 2010.
 */
export class PenalisedPlan {
  readonly fleet: UniformFleet;
  readonly penalties: Penalties;
  readonly nRoutes: number;
  /** Cost of legs, the fixed cost of a route on the leg from the depot: `[stride²]`. Half as long as it could be, for the processor's caches. */
  readonly cost: Float32Array;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Row of a node in the matrices. */
  readonly column: Int32Array;
  /** Route of a node, −1 for a task on none. */
  readonly routeOf: Int32Array;
  /** Place of a node in its route, the start 0. */
  readonly place: Int32Array;
  /** Departure from a node, and lateness up to it. */
  readonly departure: Float64Array;
  readonly lateBefore: Float64Array;
  /** Latest arrival at a node that adds no lateness to that of what comes after. */
  readonly latest: Float64Array;
  readonly lateAfter: Float64Array;
  /** Load of the tasks up to a node, itself included. */
  readonly loadBefore: Float64Array;
  readonly load: Float64Array;
  readonly lateness: Float64Array;
  readonly count: Int32Array;
  /** Price of what each route breaks. */
  readonly penalty: Float64Array;
  /** End of the last walk along nodes. */
  clock = 0;
  late = 0;
  private from = 0;

  constructor(fleet: UniformFleet, nRoutes: number, penalties: Penalties) {
    const { nTasks, depot, opens, closes, stride, fixedCost } = fleet;
    const nNodes = nTasks + 2 * nRoutes;
    this.fleet = fleet;
    this.cost = Float32Array.from(fleet.cost);
    for (let task = 0; task < nTasks; task++) this.cost[depot * stride + task] += fixedCost;
    // An unused route costs nothing.
    this.cost[depot * stride + depot] = 0;
    this.nRoutes = nRoutes;
    this.penalties = penalties;
    this.next = new Int32Array(nNodes);
    this.prev = new Int32Array(nNodes);
    this.column = Int32Array.from({ length: nNodes }, (_, node) => (node < nTasks ? node : depot));
    this.routeOf = new Int32Array(nNodes).fill(-1);
    this.place = new Int32Array(nNodes);
    this.departure = new Float64Array(nNodes).fill(opens[depot]);
    this.lateBefore = new Float64Array(nNodes);
    this.latest = new Float64Array(nNodes).fill(closes[depot]);
    this.lateAfter = new Float64Array(nNodes);
    this.loadBefore = new Float64Array(nNodes);
    this.load = new Float64Array(nRoutes);
    this.lateness = new Float64Array(nRoutes);
    this.count = new Int32Array(nRoutes);
    this.penalty = new Float64Array(nRoutes);
    for (let route = 0; route < nRoutes; route++) {
      this.routeOf[nTasks + route] = route;
      this.routeOf[nTasks + nRoutes + route] = route;
    }
  }

  /** Lays given routes; tasks on none of them are absent. O(tasks + routes). */
  lay(routes: readonly ArrayLike<number>[]): void {
    const { nTasks } = this.fleet;
    this.routeOf.fill(-1, 0, nTasks);
    for (let route = 0; route < this.nRoutes; route++) {
      const tasks = routes[route] ?? [];
      let before = nTasks + route;
      for (let at = 0; at < tasks.length; at++) {
        this.next[before] = tasks[at];
        this.prev[tasks[at]] = before;
        before = tasks[at];
      }
      const end = nTasks + this.nRoutes + route;
      this.next[before] = end;
      this.prev[end] = before;
      this.refresh(route);
    }
  }

  /** Brings all that is kept of a route up to date. O(tasks of the route). */
  refresh(route: number): void {
    const { next, prev, column, routeOf, place, departure, lateBefore, latest, lateAfter, loadBefore, fleet } = this;
    const { nTasks, stride, time, opens, closes, service, demand, isTimed } = fleet;
    const start = nTasks + route;
    const end = start + this.nRoutes;
    let load = 0;
    let at = 0;
    for (let node = next[start]; node !== end; node = next[node]) {
      routeOf[node] = route;
      place[node] = ++at;
      load += demand[node];
      loadBefore[node] = load;
    }
    place[end] = at + 1;
    loadBefore[end] = load;
    this.count[route] = at;
    this.load[route] = load;
    if (isTimed) {
      let before = start;
      let clock = departure[start];
      let late = 0;
      for (let node = next[start]; node !== end; node = next[node]) {
        clock += time[column[before] * stride + node];
        if (clock < opens[node]) clock = opens[node];
        else if (clock > closes[node]) {
          late += clock - closes[node];
          clock = closes[node];
        }
        clock += service[node];
        departure[node] = clock;
        lateBefore[node] = late;
        before = node;
      }
      clock += time[column[before] * stride + fleet.depot];
      if (at > 0 && clock > latest[end]) late += clock - latest[end];
      lateBefore[end] = late;
      this.lateness[route] = late;
      let after = end;
      let limit = latest[end];
      late = 0;
      for (let node = prev[end]; node !== start; node = prev[node]) {
        limit -= time[node * stride + column[after]] + service[node];
        if (limit > closes[node]) limit = closes[node];
        else if (limit < opens[node]) {
          late += opens[node] - limit;
          limit = opens[node];
        }
        latest[node] = limit;
        lateAfter[node] = late;
        after = node;
      }
    }
    this.penalty[route] = this.price(load, this.lateness[route]);
  }

  price(load: number, late: number): number {
    const excess = load - this.fleet.capacity;
    return (excess > 0 ? excess * this.penalties.load : 0) + late * this.penalties.lateness;
  }

  /** Stands behind `node`, with all that comes before it. */
  leave(node: number): void {
    this.clock = this.departure[node];
    this.late = this.lateBefore[node];
    this.from = this.column[node];
  }

  /** Goes on to a task. */
  visit(task: number): void {
    const { fleet } = this;
    let clock = this.clock + fleet.time[this.from * fleet.stride + task];
    if (clock < fleet.opens[task]) clock = fleet.opens[task];
    else if (clock > fleet.closes[task]) {
      this.late += clock - fleet.closes[task];
      clock = fleet.closes[task];
    }
    this.clock = clock + fleet.service[task];
    this.from = task;
  }

  /** Goes on to the tasks from `first` to `last` in the order of their route; `first` may stand directly behind `last`: none. */
  visitAll(first: number, last: number): void {
    const { next } = this;
    const stop = next[last];
    for (let node = first; node !== stop; node = next[node]) this.visit(node);
  }

  /** Lateness of the whole route that goes on to `node` and all behind it. */
  join(node: number): number {
    const { fleet } = this;
    const arrival = this.clock + fleet.time[this.from * fleet.stride + this.column[node]];
    const late = arrival - this.latest[node];
    return this.late + this.lateAfter[node] + (late > 0 ? late : 0);
  }

  /** Cost of all routes without penalties, from the legs as they are given. O(tasks + routes). */
  totalCost(): number {
    const { nTasks, stride, cost, fixedCost } = this.fleet;
    let sum = 0;
    for (let route = 0; route < this.nRoutes; route++) {
      if (this.count[route] === 0) continue;
      sum += fixedCost;
      const end = nTasks + this.nRoutes + route;
      for (let node = nTasks + route; node !== end; node = this.next[node]) {
        sum += cost[this.column[node] * stride + this.column[this.next[node]]];
      }
    }
    return sum;
  }

  readRoutes(): Int32Array[] {
    const { nTasks } = this.fleet;
    return Array.from({ length: this.nRoutes }, (_, route) => {
      const tasks = new Int32Array(this.count[route]);
      let at = 0;
      for (let node = this.next[nTasks + route]; node < nTasks; node = this.next[node]) tasks[at++] = node;
      return tasks;
    });
  }
}
