import type { Rng } from "../../core/rng.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import type { RoutePlan } from "./route-plan.ts";

/** Share of positions that a construction overlooks on purpose, so that it does not repeat itself (Christiaens and Vanden Berghe 2020). */
const BLINK_RATE = 0.01;

/** Finds and makes the cheapest feasible insertion of a task or shipment, looking at positions beside near neighbours. */
export class Inserter {
  /** Best position found by the last search: behind this node … */
  bestBefore = -1;
  /** … and for a shipment its delivery behind this one (the pickup itself when it follows at once). */
  bestBeforeDelivery = -1;
  bestVehicle = -1;
  bestCost = Infinity;

  private readonly problem: FleetProblem;
  private readonly plan: RoutePlan;
  private readonly neighbours: Int32Array;
  private readonly nNeighbours: number;
  private readonly rng: Rng;
  private readonly seenEdge: Int32Array;
  private readonly seenClass: Int32Array;
  private searchId = 0;
  private untilBlink = 0;

  constructor(plan: RoutePlan, neighbours: Int32Array, nNeighbours: number, rng: Rng) {
    this.problem = plan.problem;
    this.plan = plan;
    this.neighbours = neighbours;
    this.nNeighbours = nNeighbours;
    this.rng = rng;
    this.seenEdge = new Int32Array(plan.next.length);
    this.seenClass = new Int32Array(plan.problem.durations.length);
    this.drawBlink();
  }

  /** Searches the best position of a single task. True when one was found; the answer stands in the `best…` fields. */
  search(task: number): boolean {
    const { plan, problem, neighbours, nNeighbours, seenEdge } = this;
    const id = this.begin();
    const first = task * nNeighbours;
    for (let k = 0; k < nNeighbours; k++) {
      const near = neighbours[first + k];
      const vehicle = plan.vehicleOf[near];
      if (vehicle < 0) continue;
      if (seenEdge[near] !== id) {
        seenEdge[near] = id;
        this.tryPosition(task, near, vehicle);
      }
      const before = plan.prev[near];
      if (seenEdge[before] !== id) {
        seenEdge[before] = id;
        this.tryPosition(task, before, vehicle);
      }
    }
    this.tryEmptyRoutes(task);
    if (this.bestVehicle < 0) {
      for (let v = 0; v < problem.nVehicles; v++) {
        if (plan.taskCount[v] === 0) continue;
        for (let node = problem.nTasks + v; node < problem.nTasks || node === problem.nTasks + v; node = plan.next[node]) {
          if (seenEdge[node] !== id) this.tryPosition(task, node, v);
        }
      }
    }
    return this.bestVehicle >= 0;
  }

  /** Makes the insertion that the last search found. */
  apply(task: number): void {
    this.plan.link(task, this.bestBefore, this.bestVehicle);
    this.plan.refreshRoute(this.bestVehicle);
  }

  private begin(): number {
    this.bestVehicle = -1;
    this.bestCost = Infinity;
    return ++this.searchId;
  }

  private tryEmptyRoutes(task: number): void {
    const { plan, problem, seenClass, searchId } = this;
    for (let v = 0; v < problem.nVehicles; v++) {
      if (plan.taskCount[v] !== 0) continue;
      const vehicleClass = problem.vehicleClass[v];
      if (seenClass[vehicleClass] === searchId) continue;
      seenClass[vehicleClass] = searchId;
      this.tryPosition(task, problem.nTasks + v, v);
      if (seenClass.length === 1) return;
    }
  }

  /** Weighs putting `task` behind `before`: cost first, since most positions lose there, then load, then time. */
  private tryPosition(task: number, before: number, vehicle: number): void {
    const { problem, plan } = this;
    const { nLocations, location, nDims } = problem;
    if (--this.untilBlink < 0) {
      this.drawBlink();
      return;
    }
    const vehicleClass = problem.vehicleClass[vehicle];
    const after = plan.next[before];
    const from = location[before];
    const at = location[task];
    const to = location[after];
    const costs = problem.costs[vehicleClass];
    const isEmpty = plan.taskCount[vehicle] === 0;
    const cost =
      costs[from * nLocations + at] +
      costs[at * nLocations + to] -
      (isEmpty ? -problem.fixedCost[vehicle] : costs[from * nLocations + to]);
    if (cost >= this.bestCost) return;
    if (problem.isAllowed[vehicleClass * problem.nTasks + task] === 0) return;

    for (let d = 0; d < nDims; d++) {
      const capacity = problem.capacity[vehicle * nDims + d];
      if (plan.peakBefore[before * nDims + d] + problem.delivery[task * nDims + d] > capacity) return;
      if (plan.peakAfter[before * nDims + d] + problem.pickup[task * nDims + d] > capacity) return;
    }

    const durations = problem.durations[vehicleClass];
    const inbound = durations[from * nLocations + at];
    const outbound = durations[at * nLocations + to];
    const begin = plan.fitWindow(task, plan.departure[before] + inbound);
    const leave = begin + problem.service[task] + (from === at ? 0 : problem.setup[task]);
    const beginAfter = plan.fitWindow(after, leave + outbound);
    const leaveAfter = beginAfter + problem.service[after] + (at === to ? 0 : problem.setup[after]);
    if (!(leaveAfter <= plan.latestDeparture[after])) return;

    if (plan.taskCount[vehicle] >= problem.maxTasks[vehicle]) return;
    const direct = from * nLocations + to;
    if (plan.routeTravel[vehicle] + inbound + outbound - durations[direct] > problem.maxTravelTime[vehicle]) return;
    const distances = problem.distances[vehicleClass];
    const detour = distances[from * nLocations + at] + distances[at * nLocations + to] - distances[direct];
    if (plan.routeDistance[vehicle] + detour > problem.maxDistance[vehicle]) return;

    this.bestCost = cost;
    this.bestBefore = before;
    this.bestVehicle = vehicle;
  }

  private drawBlink(): void {
    this.untilBlink = Math.floor(Math.log(1 - this.rng.next()) / Math.log(1 - BLINK_RATE));
  }
}
