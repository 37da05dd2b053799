import type { Rng } from "../../core/rng.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { InsertionPrices } from "./plan-costs.ts";
import { ReloadInsertion } from "./reload-insertion.ts";
import type { RoutePlan } from "./route-plan.ts";
import { fitsTrips } from "./trip-loads.ts";
import { RouteSchedule } from "./route-schedule.ts";
import { FEW_TASKS, PositionList } from "./position-list.ts";
import { ShipmentInsertion } from "./shipment-insertion.ts";

/** Share of positions that a construction overlooks on purpose, so that it does not repeat itself (Christiaens and Vanden Berghe 2020). */
const BLINK_RATE = 0.01;

/**
 * How often a shipment is tried together with a reload too, where it finds a place without one and where it finds none. Measured on drawn
 * problems: trying it always takes five to twenty times as long and finds no better plans, since jobs set in reloads beside shipments as well.
 */
const SHIPMENT_RELOAD_RATE = { found: 0.02, lost: 0.25 };

/** Finds and makes the cheapest feasible insertion of a job or a shipment, looking first at positions beside near neighbours. */
export class Inserter {
  /** Best position found by the last search: behind this node. */
  bestBefore = -1;
  bestVehicle = -1;
  bestCost = Infinity;

  private readonly problem: FleetProblem;
  private readonly plan: RoutePlan;
  // What every position is weighed by.
  private readonly next: Int32Array;
  private readonly vehicleOf: Int32Array;
  private readonly taskCount: Int32Array;
  private readonly location: Int32Array;
  private readonly nLocations: number;
  private readonly vehicleClass: Int32Array;
  private readonly costs: readonly Float64Array[];
  private readonly legCost: Float64Array;
  private readonly fixedCost: Float64Array;
  private readonly hasActionCost: boolean;
  private readonly looksEverywhere: boolean;
  private readonly neighbours: Int32Array;
  private readonly nNeighbours: number;
  private readonly rng: Rng;
  private readonly shipments: ShipmentInsertion;
  private readonly schedule: RouteSchedule;
  private readonly isTimedWhole: Uint8Array;
  private readonly pinned: Uint8Array;
  private readonly prices: InsertionPrices;
  private readonly reloads: ReloadInsertion | undefined;
  private isWithReload = false;
  /** 1 for the delivery of a locked pickup, where there are reloads; by task. */
  private readonly endsRide: Uint8Array;
  private readonly sequence: Int32Array;
  private readonly seenEdge: Int32Array;
  private readonly positions: PositionList;
  private readonly seenClass: Int32Array;
  private searchId = 0;
  private untilBlink = 0;

  constructor(plan: RoutePlan, neighbours: Int32Array, nNeighbours: number, rng: Rng) {
    this.problem = plan.problem;
    this.plan = plan;
    this.next = plan.next;
    this.vehicleOf = plan.vehicleOf;
    this.taskCount = plan.taskCount;
    this.location = plan.problem.location;
    this.nLocations = plan.problem.nLocations;
    this.vehicleClass = plan.problem.vehicleClass;
    this.costs = plan.problem.costs;
    this.legCost = plan.legCost;
    this.looksEverywhere = plan.problem.nTasks <= FEW_TASKS;
    this.fixedCost = plan.problem.fixedCost;
    this.hasActionCost = plan.problem.actionCost.some((cost) => cost !== 0);
    this.neighbours = neighbours;
    this.nNeighbours = nNeighbours;
    this.rng = rng;
    this.schedule = new RouteSchedule(plan.problem);
    this.isTimedWhole = Uint8Array.from(plan.taskCount, (_, v) => (this.schedule.isNeeded(v) ? 1 : 0));
    this.pinned = plan.problem.rules?.pinned ?? new Uint8Array(plan.next.length);
    this.prices = new InsertionPrices(plan);
    const { reloads } = plan.problem.rules ?? {};
    this.endsRide = Uint8Array.from(plan.vehicleOf, (_, task) =>
      reloads?.staysOnBoard[task] === 1 && plan.problem.mate[task] < 0 ? 1 : 0,
    );
    this.reloads = reloads && new ReloadInsertion(plan, neighbours, nNeighbours, this.schedule, this.prices);
    this.shipments = new ShipmentInsertion(plan, neighbours, nNeighbours, rng, this.schedule, this.prices);
    this.sequence = new Int32Array(plan.problem.nTasks + 1);
    this.seenEdge = new Int32Array(plan.next.length);
    this.positions = new PositionList(plan.next.length);
    this.seenClass = new Int32Array(plan.problem.durations.length);
    this.drawBlink();
  }

  /** Searches the best position of a job, or the best two of a shipment named by its pickup. True when found. */
  search(task: number): boolean {
    if (this.prices.hasPrices) this.prices.begin();
    this.isWithReload = false;
    const isFound = this.problem.mate[task] < 0 ? this.searchJob(task) : this.takeShipment(this.shipments.search(task));
    if (this.reloads === undefined) return isFound;
    if (this.problem.mate[task] >= 0 && this.rng.next() >= SHIPMENT_RELOAD_RATE[isFound ? "found" : "lost"])
      return isFound;
    return this.searchTrips(task, isFound);
  }

  /** Whether there is a way, with the help of a further reload where that is cheaper than what was found, or the only way. */
  private searchTrips(task: number, isFound: boolean): boolean {
    this.isWithReload = this.reloads?.search(task, isFound ? this.bestCost : Infinity) === true;
    if (!this.isWithReload || this.reloads === undefined) return isFound;
    this.bestVehicle = this.reloads.bestVehicle;
    this.bestCost = this.reloads.bestCost;
    return true;
  }

  /** Searches the best position on one vehicle, used or not. */
  searchOn(task: number, vehicle: number): boolean {
    const { plan, problem } = this;
    if (this.prices.hasPrices) this.prices.begin();
    this.isWithReload = false;
    if (problem.mate[task] >= 0) return this.takeShipment(this.shipments.searchOn(task, vehicle));
    this.bestVehicle = -1;
    this.bestCost = Infinity;
    if (plan.taskCount[vehicle] === 0) this.tryEmptyRoute(task, vehicle);
    else this.tryRoute(task, vehicle);
    return this.bestVehicle >= 0;
  }

  private takeShipment(isFound: boolean): boolean {
    this.bestVehicle = this.shipments.bestVehicle;
    this.bestCost = this.shipments.bestCost;
    return isFound;
  }

  /** Makes the insertion that the last search found. */
  apply(task: number): void {
    if (this.isWithReload) this.reloads?.apply();
    else if (this.problem.mate[task] >= 0) this.shipments.apply(task);
    else this.plan.link(task, this.bestBefore, this.bestVehicle);
    this.plan.refreshRoute(this.bestVehicle);
  }

  private searchJob(task: number): boolean {
    this.searchId++;
    this.bestVehicle = -1;
    this.bestCost = Infinity;
    if (this.looksEverywhere) {
      this.positions.clear();
      for (let v = 0; v < this.taskCount.length; v++) if (this.taskCount[v] !== 0) this.listRoute(task, v);
      this.tryListed(task);
      this.tryEmptyRoutes(task);
      return this.bestVehicle >= 0;
    }
    this.tryNearTasks(task);
    this.tryEmptyRoutes(task);
    for (let v = 0; v < this.taskCount.length && this.bestVehicle < 0; v++) {
      if (this.taskCount[v] !== 0) this.tryRoute(task, v);
    }
    return this.bestVehicle >= 0;
  }

  private tryRoute(task: number, vehicle: number): void {
    this.positions.clear();
    this.listRoute(task, vehicle);
    this.tryListed(task);
  }

  /** Positions before and behind the nearest tasks. */
  private tryNearTasks(task: number): void {
    const { neighbours, nNeighbours, next, vehicleOf } = this;
    const { prev } = this.plan;
    const first = task * nNeighbours;
    for (let k = first; k < first + nNeighbours; k++) {
      const near = neighbours[k];
      const vehicle = vehicleOf[near];
      if (vehicle < 0) continue;
      this.tryBetween(task, near, next[near], vehicle);
      this.tryBetween(task, prev[near], near, vehicle);
    }
  }

  /** Weighs a position between two nodes of a used route, once a search: cost first, since most positions lose there. */
  private tryBetween(task: number, before: number, after: number, vehicle: number): void {
    const { location, nLocations } = this;
    if (this.seenEdge[before] === this.searchId) return;
    this.seenEdge[before] = this.searchId;
    const legs = this.costs[this.vehicleClass[vehicle]];
    const at = location[task];
    let cost =
      legs[location[before] * nLocations + at] + legs[at * nLocations + location[after]] - this.legCost[before];
    if (this.hasActionCost) cost += this.countActionCost(task, before, after, this.vehicleClass[vehicle]);
    if (cost < this.bestCost) this.tryFeasible(task, before, after, vehicle, cost);
  }

  /** Lists all positions of a used route with what they cost. */
  private listRoute(task: number, vehicle: number): void {
    if (!this.mayHaveRoom(task, vehicle)) return;
    const { next, location, nLocations, legCost, positions } = this;
    const { nTasks, nVehicles } = this.problem;
    const vehicleClass = this.vehicleClass[vehicle];
    const legs = this.costs[vehicleClass];
    const at = location[task];
    const row = at * nLocations;
    const end = nTasks + nVehicles + vehicle;
    let node = nTasks + vehicle;
    let from = location[node];
    while (node !== end) {
      const after = next[node];
      const to = location[after];
      let cost = legs[from * nLocations + at] + legs[row + to] - legCost[node];
      if (this.hasActionCost) cost += this.countActionCost(task, node, after, vehicleClass);
      positions.add(node, cost);
      node = after;
      from = to;
    }
  }

  /** False where no position of the route can be right: the vehicle may not serve the task, or is full from start to end. */
  private mayHaveRoom(task: number, vehicle: number): boolean {
    const { problem, plan } = this;
    const { nTasks, nDims } = problem;
    if (problem.isAllowed[this.vehicleClass[vehicle] * nTasks + task] === 0) return false;
    if (this.reloads !== undefined) return true;
    const start = nTasks + vehicle;
    const last = plan.prev[start + problem.nVehicles];
    for (let d = 0; d < nDims; d++) {
      const capacity = problem.capacity[vehicle * nDims + d];
      if (plan.load[start * nDims + d] + problem.delivery[task * nDims + d] > capacity) return false;
      if (plan.load[last * nDims + d] + problem.pickup[task * nDims + d] > capacity) return false;
    }
    return true;
  }

  private tryListed(task: number): void {
    const { positions, vehicleOf, next } = this;
    const { nTasks } = this.problem;
    for (;;) {
      const before = positions.takeBelow(this.bestCost);
      if (before < 0) return;
      const vehicle = before < nTasks ? vehicleOf[before] : before - nTasks;
      this.tryFeasible(task, before, next[before], vehicle, positions.cost);
    }
  }

  private tryEmptyRoutes(task: number): void {
    const { plan, problem, seenClass, searchId } = this;
    if (!plan.mayUseAnother()) return;
    for (let v = 0; v < problem.nVehicles; v++) {
      if (plan.taskCount[v] !== 0) continue;
      const vehicleClass = problem.vehicleClass[v];
      if (seenClass[vehicleClass] === searchId) continue;
      seenClass[vehicleClass] = searchId;
      this.tryEmptyRoute(task, v);
      if (seenClass.length === 1) return;
    }
  }

  private tryEmptyRoute(task: number, vehicle: number): void {
    const { location, nLocations } = this;
    const start = this.problem.nTasks + vehicle;
    const after = this.next[start];
    const legs = this.costs[this.vehicleClass[vehicle]];
    const at = location[task];
    let cost = legs[location[start] * nLocations + at] + legs[at * nLocations + location[after]];
    cost += this.fixedCost[vehicle];
    if (this.hasActionCost) cost += this.countActionCost(task, start, after, this.vehicleClass[vehicle]);
    if (cost < this.bestCost) this.tryFeasible(task, start, after, vehicle, cost);
  }

  /** Cost of the time for setup and service that an insertion adds. */
  private countActionCost(task: number, before: number, after: number, vehicleClass: number): number {
    const { location, problem } = this;
    const setup = problem.setup[vehicleClass];
    const from = location[before];
    const at = location[task];
    const to = location[after];
    const action = problem.service[vehicleClass][task] + (from === at ? 0 : setup[task]);
    return (
      problem.actionCost[vehicleClass] * (action + (at === to ? 0 : setup[after]) - (from === to ? 0 : setup[after]))
    );
  }

  /** Takes a position that is cheaper than the best so far, if nothing forbids it: first load, then time. */
  private tryFeasible(task: number, before: number, after: number, vehicle: number, legCost: number): void {
    const { problem, plan } = this;
    const { nLocations, location, nDims } = problem;
    const vehicleClass = problem.vehicleClass[vehicle];
    let cost = legCost;
    if (this.pinned[after] === 1) return;
    if (--this.untilBlink < 0) {
      this.drawBlink();
      return;
    }
    if (problem.isAllowed[vehicleClass * problem.nTasks + task] === 0) return;
    const from = location[before];
    const at = location[task];
    const to = location[after];
    const direct = from * nLocations + to;
    const inLeg = from * nLocations + at;
    const outLeg = at * nLocations + to;
    const setup = problem.setup[vehicleClass];
    const service = problem.service[vehicleClass];
    const action = service[task] + (from === at ? 0 : setup[task]);
    const setupAfter = at === to ? 0 : setup[after];
    const durations = problem.durations[vehicleClass];
    const detourTime = durations[inLeg] + durations[outLeg] - durations[direct];
    if (this.prices.hasPrices) {
      const isEmpty = plan.taskCount[vehicle] === 0;
      const actionTime = action + setupAfter - (from === to ? 0 : setup[after]);
      const time = detourTime + actionTime + (isEmpty ? durations[direct] : 0);
      cost += this.prices.price(task, 1, vehicle, time) + this.prices.priceTurn(task, before, vehicle);
      if (cost >= this.bestCost) return;
    }

    for (let d = 0; d < nDims; d++) {
      const capacity = problem.capacity[vehicle * nDims + d];
      if (plan.peakBefore[before * nDims + d] + problem.delivery[task * nDims + d] > capacity) return;
      if (plan.peakAfter[before * nDims + d] + problem.pickup[task * nDims + d] > capacity) return;
    }
    if (this.endsRide[task] === 1 && !this.fitsTripsWith(task, before, vehicle)) return;
    if (plan.countServed(vehicle) >= problem.maxTasks[vehicle]) return;
    if (plan.routeTravel[vehicle] + detourTime > problem.maxTravelTime[vehicle]) return;
    const distances = problem.distances[vehicleClass];
    const detour = distances[inLeg] + distances[outLeg] - distances[direct];
    if (plan.routeDistance[vehicle] + detour > problem.maxDistance[vehicle]) return;

    const leave = plan.fitWindow(task, plan.departure[before] + durations[inLeg]) + action;
    const leaveAfter = plan.fitWindow(after, leave + durations[outLeg]) + service[after] + setupAfter;
    if (!(leaveAfter <= plan.latestDeparture[after])) return;
    // Times without breaks and limits on the route are bounds where there are some.
    if (plan.breakTimes.isUsable(vehicle)) {
      if (!plan.breakTimes.fits(task, before, after, vehicle)) return;
    } else if (this.isTimedWhole[vehicle] === 1) {
      if (!this.fitsAsWhole(task, before, vehicle)) return;
      cost += this.schedule.surcharge - plan.routeSurcharge[vehicle];
      if (cost >= this.bestCost) return;
    }
    this.bestCost = cost;
    this.bestBefore = before;
    this.bestVehicle = vehicle;
  }

  private fitsAsWhole(task: number, before: number, vehicle: number): boolean {
    return this.schedule.isFeasible(vehicle, this.sequence, this.layWith(task, before, vehicle));
  }

  /** Peaks are those of one trip, but until it is delivered a locked shipment rides on all of them. */
  private fitsTripsWith(task: number, before: number, vehicle: number): boolean {
    return fitsTrips(this.problem, vehicle, this.sequence, this.layWith(task, before, vehicle));
  }

  /** Writes the route with the task behind `before` into `sequence`; how many tasks that are. */
  private layWith(task: number, before: number, vehicle: number): number {
    const { plan, problem, sequence } = this;
    const end = problem.nTasks + problem.nVehicles + vehicle;
    let count = 0;
    for (let node = problem.nTasks + vehicle; node !== end; node = plan.next[node]) {
      if (node < problem.nTasks) sequence[count++] = node;
      if (node === before) sequence[count++] = task;
    }
    return count;
  }

  private drawBlink(): void {
    this.untilBlink = Math.floor(Math.log(1 - this.rng.next()) / Math.log(1 - BLINK_RATE));
  }
}
