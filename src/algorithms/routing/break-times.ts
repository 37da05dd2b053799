import type { FleetProblem } from "./fleet-problem.ts";
import type { RoutePlan } from "./route-plan.ts";

/**
 * Whether a task fits between two others of a route whose vehicle takes breaks, in constant time: for each node and number of breaks taken
 * so far the earliest departure, and the latest that leaves time for the rest of the route with the other breaks.
 *
 * On a leg that takes time L and is begun at T, a break of service s that may begin from o to c begins at max(T, o), if T is not after c;
 * the rest of the way is reached at max(T + L, o) + s. Both steps only ever raise, so that latest times follow from them backward.
 * For breaks of one window without a limit on the load, in problems without further rules; else `BreakPlacement` tells.
 */
export class BreakTimes {
  private readonly problem: FleetProblem;
  private readonly plan: RoutePlan;
  private readonly usable: Uint8Array;
  private readonly isFresh: Uint8Array;
  /** Breaks of a vehicle at most, and one. */
  private readonly width: number;
  /** `[nodes × width]`, by breaks taken on leaving the node. */
  private readonly earliest: Float64Array;
  private readonly latest: Float64Array;
  private readonly departure: Float64Array;
  private readonly arrival: Float64Array;
  /** Of break b of vehicle v at `v × width + b`. */
  private readonly opens: Float64Array;
  private readonly closes: Float64Array;
  private readonly service: Float64Array;

  constructor(plan: RoutePlan) {
    const { problem } = plan;
    const { breaks, nTasks, nVehicles, rules } = problem;
    this.problem = problem;
    this.plan = plan;
    this.usable = Uint8Array.from(breaks, (list) =>
      rules === undefined &&
      list.length > 0 &&
      list.every((one) => one.windows.length === 1 && one.maxLoad === undefined)
        ? 1
        : 0,
    );
    this.isFresh = new Uint8Array(nVehicles);
    this.width = 1 + Math.max(0, ...breaks.map((list) => list.length));
    const nStates = this.usable.includes(1) ? (nTasks + 2 * nVehicles) * this.width : 0;
    this.earliest = new Float64Array(nStates);
    this.latest = new Float64Array(nStates);
    this.departure = new Float64Array(this.width);
    this.arrival = new Float64Array(this.width);
    this.opens = new Float64Array(nVehicles * this.width);
    this.closes = new Float64Array(nVehicles * this.width);
    this.service = new Float64Array(nVehicles * this.width);
    breaks.forEach((list, vehicle) =>
      list.forEach(({ windows, service }, b) => {
        const at = vehicle * this.width + b;
        this.opens[at] = windows[0]?.[0] ?? 0;
        this.closes[at] = windows[0]?.[1] ?? Infinity;
        this.service[at] = service;
      }),
    );
  }

  /** Whether these times hold for a vehicle. */
  isUsable(vehicle: number): boolean {
    return this.usable[vehicle] === 1;
  }

  /** To be told when the list of a route has changed. */
  forget(vehicle: number): void {
    this.isFresh[vehicle] = 0;
  }

  /** O(tasks of the route × breaks²). */
  private refresh(vehicle: number): void {
    this.isFresh[vehicle] = 1;
    if (this.problem.breaks[vehicle].length === 1) this.refreshOne(vehicle);
    else this.refreshSeveral(vehicle);
  }

  /** The same as `refreshSeveral` for one break, as most vehicles have. */
  private refreshOne(vehicle: number): void {
    const { plan, problem, width, earliest, latest } = this;
    const { nTasks, nVehicles, nLocations, location, vehicleClass } = problem;
    const { next, prev } = plan;
    const kind = vehicleClass[vehicle];
    const durations = problem.durations[kind];
    const setup = problem.setup[kind];
    const service = problem.service[kind];
    const opens = this.opens[vehicle * width];
    const closes = this.closes[vehicle * width];
    const rest = this.service[vehicle * width];
    const start = nTasks + vehicle;
    const end = start + nVehicles;
    let untaken = problem.windows[2 * problem.windowPtr[start]];
    let taken = Infinity;
    earliest[start * width] = untaken;
    earliest[start * width + 1] = taken;
    let from = location[start];
    for (let node = start; node !== end;) {
      node = next[node];
      const to = location[node];
      const leg = durations[from * nLocations + to];
      const action = service[node] + (from === to ? 0 : setup[node]);
      const reached = untaken + leg;
      taken += leg;
      if (untaken <= closes) taken = Math.min(taken, Math.max(reached, opens) + rest);
      untaken = plan.fitWindow(node, reached) + action;
      taken = plan.fitWindow(node, taken) + action;
      earliest[node * width] = untaken;
      earliest[node * width + 1] = taken;
      from = to;
    }
    untaken = -Infinity;
    taken = problem.windows[2 * problem.windowPtr[end] + 1];
    latest[end * width] = untaken;
    latest[end * width + 1] = taken;
    let to = location[end];
    for (let node = end; node !== start;) {
      const before = prev[node];
      from = location[before];
      const leg = durations[from * nLocations + to];
      const action = service[node] + (from === to ? 0 : setup[node]);
      const reached = plan.fitWindowBackward(node, taken - action);
      untaken = plan.fitWindowBackward(node, untaken - action) - leg;
      taken = reached - leg;
      if (reached - rest >= opens) untaken = Math.max(untaken, Math.min(taken - rest, closes));
      latest[before * width] = untaken;
      latest[before * width + 1] = taken;
      node = before;
      to = from;
    }
  }

  private refreshSeveral(vehicle: number): void {
    const { plan, problem, width, earliest, latest } = this;
    const { nTasks, nVehicles, nLocations, location } = problem;
    const durations = problem.durations[problem.vehicleClass[vehicle]];
    const count = problem.breaks[vehicle].length;
    const start = nTasks + vehicle;
    const end = start + nVehicles;
    earliest.fill(Infinity, start * width, (start + 1) * width);
    earliest[start * width] = problem.windows[2 * problem.windowPtr[start]];
    for (let node = start; node !== end;) {
      const after = plan.next[node];
      this.goOn(vehicle, earliest, node * width, durations[location[node] * nLocations + location[after]]);
      const action = this.countAction(vehicle, node, after);
      for (let b = 0; b <= count; b++) earliest[after * width + b] = plan.fitWindow(after, this.arrival[b]) + action;
      node = after;
    }
    for (let b = 0; b <= count; b++)
      latest[end * width + b] = b === count ? problem.windows[2 * problem.windowPtr[end] + 1] : -Infinity;
    for (let node = end; node !== start;) {
      const before = plan.prev[node];
      const action = this.countAction(vehicle, before, node);
      for (let b = 0; b <= count; b++)
        this.arrival[b] = plan.fitWindowBackward(node, latest[node * width + b] - action);
      this.goBack(vehicle, before * width, durations[location[before] * nLocations + location[node]]);
      node = before;
    }
  }

  /** Whether `task` fits in time between two nodes that follow each other. O(breaks²), after a change of the route O(its tasks × breaks²). */
  fits(task: number, before: number, after: number, vehicle: number): boolean {
    if (this.isFresh[vehicle] === 0) this.refresh(vehicle);
    const { plan, problem, width, arrival, departure, latest } = this;
    const { nLocations, location } = problem;
    const durations = problem.durations[problem.vehicleClass[vehicle]];
    const count = problem.breaks[vehicle].length;
    const at = location[task];
    this.goOn(vehicle, this.earliest, before * width, durations[location[before] * nLocations + at]);
    const action = this.countAction(vehicle, before, task);
    for (let b = 0; b <= count; b++) departure[b] = plan.fitWindow(task, arrival[b]) + action;
    this.goOn(vehicle, departure, 0, durations[at * nLocations + location[after]]);
    const nextAction = this.countAction(vehicle, task, after);
    for (let b = 0; b <= count; b++) {
      if (plan.fitWindow(after, arrival[b]) + nextAction <= latest[after * width + b]) return true;
    }
    return false;
  }

  private countAction(vehicle: number, before: number, node: number): number {
    const { setup, service, vehicleClass, location } = this.problem;
    const kind = vehicleClass[vehicle];
    return service[kind][node] + (location[before] === location[node] ? 0 : setup[kind][node]);
  }

  /** Earliest arrivals over a leg by breaks taken, from the departures that begin at `from`. */
  private goOn(vehicle: number, departures: Float64Array, from: number, leg: number): void {
    const { arrival, opens, closes, service } = this;
    const first = vehicle * this.width;
    const count = this.problem.breaks[vehicle].length;
    for (let b = 0; b <= count; b++) arrival[b] = Infinity;
    for (let taken = 0; taken <= count; taken++) {
      let time = departures[from + taken];
      let reached = time + leg;
      for (let b = taken; ; b++) {
        if (reached < arrival[b]) arrival[b] = reached;
        const at = first + b;
        if (b === count || !(time <= closes[at])) break;
        time = Math.max(time, opens[at]) + service[at];
        reached = Math.max(reached, opens[at]) + service[at];
      }
    }
  }

  /** Latest departures before a leg, from the latest arrivals after it. */
  private goBack(vehicle: number, to: number, leg: number): void {
    const { arrival, latest, opens, closes, service } = this;
    const first = vehicle * this.width;
    const count = this.problem.breaks[vehicle].length;
    for (let taken = 0; taken <= count; taken++) latest[to + taken] = -Infinity;
    for (let after = 0; after <= count; after++) {
      let reached = arrival[after];
      let time = Infinity;
      for (let taken = after; ; taken--) {
        latest[to + taken] = Math.max(latest[to + taken], Math.min(reached - leg, time));
        if (taken === 0) break;
        const at = first + taken - 1;
        reached -= service[at];
        time -= service[at];
        if (reached < opens[at] || time < opens[at]) break;
        time = Math.min(time, closes[at]);
      }
    }
  }
}
