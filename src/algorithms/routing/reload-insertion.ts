import type { InsertionPrices } from "./plan-costs.ts";
import type { RoutePlan } from "./route-plan.ts";
import type { RouteSchedule } from "./route-schedule.ts";
import { fitsTrips } from "./trip-loads.ts";

/** Feasible or not, so many ways are looked at for a shipment on a route: on long routes there are too many. */
const MOST_TRIES = 300;

/**
 * Finds the cheapest feasible way to put a job, or a shipment, and a reload into one route together. Looks at the routes that pass near it.
 * A job: all pairs of places of a trip. A shipment, which may ride on over reloads: the reload anywhere on the route, then all pairs of
 * places. The cost first, then loads and times.
 */
export class ReloadInsertion {
  bestVehicle = -1;
  bestCost = Infinity;

  private readonly plan: RoutePlan;
  private readonly schedule: RouteSchedule;
  private readonly prices: InsertionPrices;
  private readonly neighbours: Int32Array;
  private readonly nNeighbours: number;
  private readonly pinned: Uint8Array;
  private readonly nodes: Int32Array;
  private readonly sequence: Int32Array;
  private readonly best: Int32Array;
  private bestCount = 0;
  /** A route with a reload set in. */
  private readonly laid: Int32Array;
  private readonly seenRoute: Int32Array;
  private searchId = 0;
  private triesLeft = 0;

  constructor(
    plan: RoutePlan,
    neighbours: Int32Array,
    nNeighbours: number,
    schedule: RouteSchedule,
    prices: InsertionPrices,
  ) {
    const { nTasks, nVehicles, rules } = plan.problem;
    this.plan = plan;
    this.schedule = schedule;
    this.prices = prices;
    this.neighbours = neighbours;
    this.nNeighbours = nNeighbours;
    this.pinned = rules?.pinned ?? new Uint8Array(plan.next.length);
    this.nodes = new Int32Array(nTasks + 2);
    this.laid = new Int32Array(nTasks + 3);
    this.sequence = new Int32Array(nTasks + 2);
    this.best = new Int32Array(nTasks + 2);
    this.seenRoute = new Int32Array(nVehicles);
  }

  /** Whether there is a way that costs less than `limit`. */
  search(task: number, limit: number): boolean {
    const { plan, seenRoute } = this;
    const id = ++this.searchId;
    this.bestVehicle = -1;
    this.bestCost = limit;
    const { mate } = plan.problem;
    this.tryRoutesNear(task, task);
    if (mate[task] >= 0) this.tryRoutesNear(mate[task], task);
    for (let v = 0; v < seenRoute.length && this.bestCost === Infinity; v++) {
      if (plan.taskCount[v] > 0 && seenRoute[v] !== id) this.tryRoute(task, v);
    }
    return this.bestVehicle >= 0;
  }

  /** Lays the route as it was found. */
  apply(): void {
    const { plan, best, bestVehicle } = this;
    let before = plan.problem.nTasks + bestVehicle;
    for (let i = 0; i < this.bestCount; i++) {
      if (plan.next[before] !== best[i]) plan.link(best[i], before, bestVehicle);
      before = best[i];
    }
  }

  private tryRoutesNear(near: number, task: number): void {
    const { plan, neighbours, nNeighbours, seenRoute, searchId } = this;
    for (let k = 0; k < nNeighbours; k++) {
      const vehicle = plan.vehicleOf[neighbours[near * nNeighbours + k]];
      if (vehicle < 0 || seenRoute[vehicle] === searchId) continue;
      seenRoute[vehicle] = searchId;
      this.tryRoute(task, vehicle);
    }
  }

  private tryRoute(task: number, vehicle: number): void {
    const { plan, nodes } = this;
    const { problem } = plan;
    const { nTasks, nVehicles, rules, isAllowed, vehicleClass, maxTasks, mate } = problem;
    if (rules?.reloads === undefined || plan.reloadCount[vehicle] >= rules.reloads.most[vehicle]) return;
    const isShipment = mate[task] >= 0;
    if (isAllowed[vehicleClass[vehicle] * nTasks + task] === 0) return;
    if (isShipment && isAllowed[vehicleClass[vehicle] * nTasks + mate[task]] === 0) return;
    if (plan.countServed(vehicle) + (isShipment ? 2 : 1) > maxTasks[vehicle]) return;
    this.triesLeft = MOST_TRIES;
    const end = nTasks + nVehicles + vehicle;
    let count = 0;
    for (let node = nTasks + vehicle; node !== end; node = plan.next[node]) nodes[count++] = node;
    nodes[count] = end;
    for (const equal of rules.reloads.ofVehicle[vehicle]) {
      const reload = equal.find((one) => plan.vehicleOf[one] < 0);
      if (reload === undefined) continue;
      if (isShipment) {
        this.tryShipment(task, reload, vehicle, count);
        continue;
      }
      for (let from = 0; from < count;) {
        let to = from + 1;
        while (to < count && nodes[to] < rules.reloads.first) to++;
        this.tryTrip(task, reload, vehicle, from, to, count);
        from = to;
      }
    }
  }

  /** All pairs of places in the trip from the node of rank `from` to that of rank `to`; an edge is named by the rank before it. */
  private tryTrip(task: number, reload: number, vehicle: number, from: number, to: number, count: number): void {
    const { nodes, plan } = this;
    const { service, vehicleClass, actionCost, setup } = plan.problem;
    const kind = vehicleClass[vehicle];
    const action = actionCost[kind] * (service[kind][task] + setup[kind][task] + service[kind][reload]);
    for (let own = from; own < to; own++) {
      if (this.pinned[nodes[own + 1]] === 1) continue;
      const taskCost = action + this.measureDetour(vehicle, nodes[own], task, nodes[own + 1]);
      for (let other = from; other < to; other++) {
        if (this.pinned[nodes[other + 1]] === 1) continue;
        if (own === other) {
          const [before, after] = [nodes[own], nodes[own + 1]];
          const inner = this.measureDetour(vehicle, task, reload, after);
          if (own + 1 < to) this.tryPair(task, reload, vehicle, count, own, own, true, taskCost + inner);
          const outer = this.measureDetour(vehicle, before, reload, task);
          if (own > from) this.tryPair(task, reload, vehicle, count, own, own, false, taskCost + outer);
        } else if (other > from && other + 1 < to) {
          const cost = taskCost + this.measureDetour(vehicle, nodes[other], reload, nodes[other + 1]);
          this.tryPair(task, reload, vehicle, count, own, other, false, cost);
        }
      }
    }
  }

  private tryPair(
    task: number,
    reload: number,
    vehicle: number,
    count: number,
    own: number,
    other: number,
    isTaskFirst: boolean,
    legCost: number,
  ): void {
    if (legCost >= this.bestCost) return;
    const { nodes, sequence } = this;
    let size = 0;
    for (let i = 0; i < count; i++) {
      if (i > 0) sequence[size++] = nodes[i];
      if (i === own && isTaskFirst) sequence[size++] = task;
      if (i === other) sequence[size++] = reload;
      if (i === own && !isTaskFirst) sequence[size++] = task;
    }
    const turnPrice = this.prices.hasPrices ? this.prices.priceTurn(task, nodes[own], vehicle) : 0;
    this.weighSequence(task, reload, vehicle, size, legCost + turnPrice);
  }

  /** The reload on every edge of the route, then the pickup and, behind it, the delivery on all edges of that. */
  private tryShipment(pickup: number, reload: number, vehicle: number, count: number): void {
    const { nodes, laid, plan, pinned } = this;
    const { service, vehicleClass, actionCost, setup, mate } = plan.problem;
    const kind = vehicleClass[vehicle];
    const delivery = mate[pickup];
    const halves = service[kind][pickup] + setup[kind][pickup] + service[kind][delivery] + setup[kind][delivery];
    const action = actionCost[kind] * (halves + service[kind][reload]);
    for (let place = 0; place < count; place++) {
      if (pinned[nodes[place + 1]] === 1) continue;
      const reloadCost = action + this.measureDetour(vehicle, nodes[place], reload, nodes[place + 1]);
      for (let i = 0; i <= count; i++) laid[i <= place ? i : i + 1] = nodes[i];
      laid[place + 1] = reload;
      for (let first = 0; first <= count; first++) {
        const after = laid[first + 1];
        if (pinned[after] === 1) continue;
        const pickupCost = reloadCost + this.measureDetour(vehicle, laid[first], pickup, after);
        for (let second = first; second <= count; second++) {
          const cost =
            pickupCost +
            this.measureDetour(vehicle, second === first ? pickup : laid[second], delivery, laid[second + 1]);
          if (cost >= this.bestCost) continue;
          if (--this.triesLeft < 0) return;
          this.laySequence(pickup, delivery, first, second, count);
          this.weighSequence(pickup, reload, vehicle, count + 2, cost);
        }
      }
    }
  }

  /** Writes the stops of `laid` with the pickup behind its node of rank `first` and the delivery behind that of `second`. */
  private laySequence(pickup: number, delivery: number, first: number, second: number, count: number): void {
    const { laid, sequence } = this;
    let size = 0;
    for (let i = 0; i <= count; i++) {
      if (i > 0) sequence[size++] = laid[i];
      if (i === first) sequence[size++] = pickup;
      if (i === second) sequence[size++] = delivery;
    }
  }

  /** Keeps the route of `size` tasks in `sequence` if it is feasible and, at what its legs and tasks cost more, the cheapest so far. */
  private weighSequence(task: number, reload: number, vehicle: number, size: number, legCost: number): void {
    const { plan, sequence } = this;
    if (legCost >= this.bestCost || !fitsTrips(plan.problem, vehicle, sequence, size)) return;
    const time = this.measureTime(vehicle, size, task, reload);
    if (time === Infinity) return;
    let cost = legCost;
    if (this.prices.hasPrices) {
      cost += this.prices.price(task, plan.problem.mate[task] < 0 ? 1 : 2, vehicle, time);
      if (cost >= this.bestCost) return;
    }
    if (!this.schedule.isFeasible(vehicle, sequence, size)) return;
    cost += this.schedule.surcharge - plan.routeSurcharge[vehicle];
    if (cost >= this.bestCost) return;
    this.bestCost = cost;
    this.bestVehicle = vehicle;
    this.bestCount = size;
    this.best.set(sequence.subarray(0, size));
  }

  /** Time of travel and service that the sequence takes more than the route; Infinity beyond a limit on travel. */
  private measureTime(vehicle: number, count: number, task: number, reload: number): number {
    const { plan, sequence } = this;
    const { problem } = plan;
    const { nTasks, nVehicles, nLocations, location, vehicleClass, service, setup } = problem;
    const kind = vehicleClass[vehicle];
    let travel = 0;
    let distance = 0;
    let at = location[nTasks + vehicle];
    for (let i = 0; i <= count; i++) {
      const to = location[i < count ? sequence[i] : nTasks + nVehicles + vehicle];
      travel += problem.durations[kind][at * nLocations + to];
      distance += problem.distances[kind][at * nLocations + to];
      at = to;
    }
    if (travel > problem.maxTravelTime[vehicle] || distance > problem.maxDistance[vehicle]) return Infinity;
    const other = problem.mate[task];
    const otherAction = other < 0 ? 0 : service[kind][other] + setup[kind][other];
    const action = service[kind][task] + setup[kind][task] + otherAction;
    return travel - plan.routeTravel[vehicle] + action + service[kind][reload];
  }

  private measureDetour(vehicle: number, before: number, node: number, after: number): number {
    const { location, nLocations, costs, vehicleClass } = this.plan.problem;
    const legs = costs[vehicleClass[vehicle]];
    const [from, at, to] = [location[before], location[node], location[after]];
    return legs[from * nLocations + at] + legs[at * nLocations + to] - legs[from * nLocations + to];
  }
}
