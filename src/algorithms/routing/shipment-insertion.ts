import type { Rng } from "../../core/rng.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import type { InsertionPrices } from "./plan-costs.ts";
import { FEW_TASKS, PositionList } from "./position-list.ts";
import type { RoutePlan } from "./route-plan.ts";
import type { RouteSchedule } from "./route-schedule.ts";

const BLINK_RATE = 0.01;
/** Sums of the same legs in another order may differ by so much. */
const ROUNDING = 1e-3;

/**
 * Finds the cheapest feasible pair of positions of a shipment: pickup and delivery on one route in this order. Looks at
 * the routes that pass near either end, at all pairs of positions of a route, ended early by load, time and cost.
 */
export class ShipmentInsertion {
  bestVehicle = -1;
  bestCost = Infinity;

  private readonly problem: FleetProblem;
  private readonly plan: RoutePlan;
  private readonly neighbours: Int32Array;
  private readonly nNeighbours: number;
  private readonly rng: Rng;
  private readonly schedule: RouteSchedule;
  private readonly isTimedWhole: Uint8Array;
  private readonly pinned: Uint8Array;
  private readonly prices: InsertionPrices;
  private readonly sequence: Int32Array;
  /** By node of the route looked at. */
  private readonly leastDelivery: Float64Array;
  /** Positions of the pickup, with what both cost at least. */
  private readonly positions: PositionList;
  private readonly looksEverywhere: boolean;
  private readonly seenRoute: Int32Array;
  private readonly seenClass: Int32Array;
  private searchId = 0;
  private bestPickup = -1;
  /** The node that the delivery follows; the pickup itself when it follows at once. */
  private bestDelivery = -1;

  constructor(
    plan: RoutePlan,
    neighbours: Int32Array,
    nNeighbours: number,
    rng: Rng,
    schedule: RouteSchedule,
    prices: InsertionPrices,
  ) {
    this.problem = plan.problem;
    this.plan = plan;
    this.neighbours = neighbours;
    this.nNeighbours = nNeighbours;
    this.rng = rng;
    this.schedule = schedule;
    this.prices = prices;
    this.isTimedWhole = Uint8Array.from(plan.taskCount, (_, v) => (schedule.isNeeded(v) ? 1 : 0));
    this.pinned = plan.problem.rules?.pinned ?? new Uint8Array(plan.next.length);
    this.sequence = new Int32Array(plan.problem.nTasks + 2);
    this.leastDelivery = new Float64Array(plan.next.length);
    this.positions = new PositionList(plan.next.length);
    this.looksEverywhere = plan.problem.nTasks <= FEW_TASKS;
    this.seenRoute = new Int32Array(plan.problem.nVehicles);
    this.seenClass = new Int32Array(plan.problem.durations.length);
  }

  search(pickup: number): boolean {
    const { plan, problem } = this;
    this.searchId++;
    this.bestVehicle = -1;
    this.bestCost = Infinity;
    this.positions.clear();
    if (this.looksEverywhere) {
      for (let v = 0; v < problem.nVehicles; v++) if (plan.taskCount[v] !== 0) this.listRoute(pickup, v);
    } else {
      this.listRoutesNear(pickup, pickup);
      this.listRoutesNear(problem.mate[pickup], pickup);
    }
    this.tryListed(pickup);
    const nTried = plan.mayUseAnother() ? problem.nVehicles : 0;
    for (let v = 0; v < nTried; v++) {
      if (plan.taskCount[v] !== 0) continue;
      const vehicleClass = problem.vehicleClass[v];
      if (this.seenClass[vehicleClass] === this.searchId) continue;
      this.seenClass[vehicleClass] = this.searchId;
      this.tryRoute(pickup, v);
      if (this.seenClass.length === 1) break;
    }
    if (this.looksEverywhere) return this.bestVehicle >= 0;
    for (let v = 0; v < problem.nVehicles && this.bestVehicle < 0; v++) {
      if (plan.taskCount[v] !== 0 && this.seenRoute[v] !== this.searchId) this.tryRoute(pickup, v);
    }
    return this.bestVehicle >= 0;
  }

  /** Searches one vehicle only. */
  searchOn(pickup: number, vehicle: number): boolean {
    this.bestVehicle = -1;
    this.bestCost = Infinity;
    this.tryRoute(pickup, vehicle);
    return this.bestVehicle >= 0;
  }

  apply(pickup: number): void {
    this.plan.link(pickup, this.bestPickup, this.bestVehicle);
    this.plan.link(this.problem.mate[pickup], this.bestDelivery, this.bestVehicle);
  }

  private listRoutesNear(task: number, pickup: number): void {
    for (let k = 0; k < this.nNeighbours; k++) {
      const vehicle = this.plan.vehicleOf[this.neighbours[task * this.nNeighbours + k]];
      if (vehicle < 0 || this.seenRoute[vehicle] === this.searchId) continue;
      this.seenRoute[vehicle] = this.searchId;
      this.listRoute(pickup, vehicle);
    }
  }

  private tryRoute(pickup: number, vehicle: number): void {
    this.positions.clear();
    this.listRoute(pickup, vehicle);
    this.tryListed(pickup);
  }

  /**
   * Lists the positions of the pickup on a route with the least that the way of both may cost there; notes for each node the least that the
   * delivery costs on any leg from there on. O(tasks of the route).
   */
  private listRoute(pickup: number, vehicle: number): void {
    const { problem, plan, leastDelivery, positions } = this;
    const { location, nLocations, nTasks, mate } = problem;
    const vehicleClass = problem.vehicleClass[vehicle];
    if (problem.isAllowed[vehicleClass * nTasks + pickup] === 0) return;
    if (problem.isAllowed[vehicleClass * nTasks + mate[pickup]] === 0) return;
    if (plan.countServed(vehicle) + 2 > problem.maxTasks[vehicle]) return;
    const costs = problem.costs[vehicleClass];
    const isBounded = problem.actionCost[vehicleClass] === 0;
    const start = nTasks + vehicle;
    const end = start + problem.nVehicles;
    const pickupAt = location[pickup];
    const deliveryAt = location[mate[pickup]];
    const between = costs[pickupAt * nLocations + deliveryAt];
    const opening = plan.taskCount[vehicle] === 0 ? problem.fixedCost[vehicle] + plan.legCost[start] : 0;
    let least = Infinity;
    let to = location[end];
    for (let node = plan.prev[end]; ; node = plan.prev[node]) {
      const from = location[node];
      const direct = plan.legCost[node];
      const inTurn = between + costs[deliveryAt * nLocations + to];
      const apart = costs[pickupAt * nLocations + to] + least;
      const first = opening + costs[from * nLocations + pickupAt] - direct;
      positions.add(node, isBounded ? first + (inTurn < apart ? inTurn : apart) - ROUNDING : -Infinity);
      const detour = costs[from * nLocations + deliveryAt] + costs[deliveryAt * nLocations + to] - direct;
      if (detour < least) least = detour;
      leastDelivery[node] = least;
      if (node === start) return;
      to = from;
    }
  }

  private tryListed(pickup: number): void {
    const { nTasks, nVehicles } = this.problem;
    for (;;) {
      const before = this.positions.takeBelow(this.bestCost);
      if (before < 0) return;
      if (this.rng.next() < BLINK_RATE) continue;
      const vehicle = before < nTasks ? this.plan.vehicleOf[before] : before - nTasks;
      this.tryPickupBehind(before, pickup, vehicle, nTasks + nVehicles + vehicle);
    }
  }

  /** The pickup behind `before`, the delivery behind it or any later node. */
  private tryPickupBehind(before: number, pickup: number, vehicle: number, end: number): void {
    const { problem, plan } = this;
    const { nLocations, location } = problem;
    const delivery = problem.mate[pickup];
    const vehicleClass = problem.vehicleClass[vehicle];
    const costs = problem.costs[vehicleClass];
    const durations = problem.durations[vehicleClass];
    const setup = problem.setup[vehicleClass];
    const service = problem.service[vehicleClass];
    const actionCost = problem.actionCost[vehicleClass];
    const isTimedWhole = this.isTimedWhole[vehicle] === 1;
    const after = plan.next[before];
    if (this.pinned[after] === 1 || !this.hasRoom(before, pickup, vehicle)) return;

    const from = location[before];
    const pickupAt = location[pickup];
    const deliveryAt = location[delivery];
    const fixed =
      plan.taskCount[vehicle] === 0 ? problem.fixedCost[vehicle] + costs[from * nLocations + location[end]] : 0;
    const action = service[pickup] + (from === pickupAt ? 0 : setup[pickup]);
    const lessFirst = costs[from * nLocations + location[after]];
    const pickupCost = fixed + costs[from * nLocations + pickupAt] - lessFirst + actionCost * action;
    // Times without breaks and limits on the route are bounds where there are some: what fails here fails there too.
    const leavePickup =
      plan.fitWindow(pickup, plan.departure[before] + durations[from * nLocations + pickupAt]) + action;
    if (leavePickup === Infinity) return;

    // Walks on: `node` is the last stop before the delivery, left at `leave`; `cost` is that of all changes before it.
    let node = pickup;
    let at = pickupAt;
    let leave = leavePickup;
    let cost = pickupCost;
    for (let next = after; ; next = plan.next[next]) {
      const to = location[next];
      const deliveryAction = service[delivery] + (at === deliveryAt ? 0 : setup[delivery]);
      const oldAt = node === pickup ? from : at;
      const legCost = costs[at * nLocations + deliveryAt] + costs[deliveryAt * nLocations + to];
      const lessLeg = node === pickup ? 0 : costs[at * nLocations + to];
      const setupAfter = deliveryAt === to ? 0 : setup[next];
      const setupBefore = oldAt === to ? 0 : setup[next];
      let total = cost + legCost - lessLeg + actionCost * (deliveryAction + setupAfter - setupBefore);
      if (total < this.bestCost && this.prices.hasPrices) {
        const travel = this.measureDetour(durations, before, node, pickup);
        const isEmpty = plan.taskCount[vehicle] === 0;
        const wholeTravel = isEmpty ? travel + durations[from * nLocations + location[end]] : travel;
        total += this.prices.price(pickup, 2, vehicle, wholeTravel + action + deliveryAction);
      }
      if (total < this.bestCost && this.isWithinBounds(before, node, pickup, vehicle)) {
        const leaveDelivery =
          plan.fitWindow(delivery, leave + durations[at * nLocations + deliveryAt]) + deliveryAction;
        const arrival = leaveDelivery + durations[deliveryAt * nLocations + to];
        const fits = plan.fitWindow(next, arrival) + service[next] + setupAfter <= plan.latestDeparture[next];
        const isFeasible = fits && (!isTimedWhole || this.fitsAsWhole(before, node, pickup, vehicle));
        const surcharge = isTimedWhole && isFeasible ? this.schedule.surcharge - plan.routeSurcharge[vehicle] : 0;
        if (isFeasible && total + surcharge < this.bestCost) {
          this.bestCost = total + surcharge;
          this.bestVehicle = vehicle;
          this.bestPickup = before;
          this.bestDelivery = node;
        }
      }
      if (next === end || !this.hasRoom(next, pickup, vehicle)) return;
      if (node === pickup) {
        const change = (at === to ? 0 : setup[next]) - setupBefore;
        cost += costs[at * nLocations + to] + actionCost * change;
        if (cost >= this.bestCost) return;
      }
      if (actionCost === 0 && cost + this.leastDelivery[next] - ROUNDING >= this.bestCost) return;
      leave =
        plan.fitWindow(next, leave + durations[at * nLocations + to]) + service[next] + (at === to ? 0 : setup[next]);
      if (!(leave <= plan.latestDeparture[next])) return;
      node = next;
      at = to;
    }
  }

  private hasRoom(node: number, pickup: number, vehicle: number): boolean {
    const { nDims, capacity, pickup: amounts } = this.problem;
    for (let d = 0; d < nDims; d++) {
      if (this.plan.load[node * nDims + d] + amounts[pickup * nDims + d] > capacity[vehicle * nDims + d]) return false;
    }
    return true;
  }

  private isWithinBounds(before: number, node: number, pickup: number, vehicle: number): boolean {
    const { problem, plan } = this;
    if (problem.maxTravelTime[vehicle] === Infinity && problem.maxDistance[vehicle] === Infinity) return true;
    const vehicleClass = problem.vehicleClass[vehicle];
    const travel = this.measureDetour(problem.durations[vehicleClass], before, node, pickup);
    if (plan.routeTravel[vehicle] + travel > problem.maxTravelTime[vehicle]) return false;
    const distance = this.measureDetour(problem.distances[vehicleClass], before, node, pickup);
    return plan.routeDistance[vehicle] + distance <= problem.maxDistance[vehicle];
  }

  private measureDetour(matrix: Float64Array, before: number, node: number, pickup: number): number {
    const { location, nLocations, mate } = this.problem;
    const leg = (a: number, b: number): number => matrix[location[a] * nLocations + location[b]];
    const delivery = mate[pickup];
    const after = this.plan.next[before];
    if (node === pickup) return leg(before, pickup) + leg(pickup, delivery) + leg(delivery, after) - leg(before, after);
    const next = this.plan.next[node];
    const first = leg(before, pickup) + leg(pickup, after) - leg(before, after);
    return first + leg(node, delivery) + leg(delivery, next) - leg(node, next);
  }

  private fitsAsWhole(before: number, behind: number, pickup: number, vehicle: number): boolean {
    const { plan, problem, sequence } = this;
    const end = problem.nTasks + problem.nVehicles + vehicle;
    let count = 0;
    for (let node = problem.nTasks + vehicle; node !== end; node = plan.next[node]) {
      if (node < problem.nTasks) sequence[count++] = node;
      if (node === before) sequence[count++] = pickup;
      if (node === behind || (node === before && behind === pickup)) sequence[count++] = problem.mate[pickup];
    }
    return this.schedule.isFeasible(vehicle, sequence, count);
  }
}
