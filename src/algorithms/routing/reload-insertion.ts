import type { InsertionPrices } from "./plan-costs.ts";
import type { RoutePlan } from "./route-plan.ts";
import type { RouteSchedule } from "./route-schedule.ts";
import { fitsTrips } from "./trip-loads.ts";

/**
 * Finds the cheapest feasible way to put a job and a reload into one route together: the reload anywhere in the trip that the
 * job comes into. Looks at the routes that pass near the job, at all pairs of places of a trip, the cost first, then loads and times.
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
  private readonly seenRoute: Int32Array;
  private searchId = 0;

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
    this.sequence = new Int32Array(nTasks + 2);
    this.best = new Int32Array(nTasks + 2);
    this.seenRoute = new Int32Array(nVehicles);
  }

  /** Whether there is a way that costs less than `limit`. */
  search(task: number, limit: number): boolean {
    const { plan, neighbours, nNeighbours, seenRoute } = this;
    const id = ++this.searchId;
    this.bestVehicle = -1;
    this.bestCost = limit;
    for (let k = 0; k < nNeighbours; k++) {
      const vehicle = plan.vehicleOf[neighbours[task * nNeighbours + k]];
      if (vehicle < 0 || seenRoute[vehicle] === id) continue;
      seenRoute[vehicle] = id;
      this.tryRoute(task, vehicle);
    }
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

  private tryRoute(task: number, vehicle: number): void {
    const { plan, nodes } = this;
    const { problem } = plan;
    const { nTasks, nVehicles, rules, isAllowed, vehicleClass, maxTasks } = problem;
    if (rules?.reloads === undefined || plan.reloadCount[vehicle] >= rules.reloads.most[vehicle]) return;
    if (isAllowed[vehicleClass[vehicle] * nTasks + task] === 0) return;
    if (plan.countServed(vehicle) >= maxTasks[vehicle]) return;
    const end = nTasks + nVehicles + vehicle;
    let count = 0;
    for (let node = nTasks + vehicle; node !== end; node = plan.next[node]) nodes[count++] = node;
    nodes[count] = end;
    for (const equal of rules.reloads.ofVehicle[vehicle]) {
      const reload = equal.find((one) => plan.vehicleOf[one] < 0);
      if (reload === undefined) continue;
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
    const { plan, nodes, sequence } = this;
    let size = 0;
    for (let i = 0; i < count; i++) {
      if (i > 0) sequence[size++] = nodes[i];
      if (i === own && isTaskFirst) sequence[size++] = task;
      if (i === other) sequence[size++] = reload;
      if (i === own && !isTaskFirst) sequence[size++] = task;
    }
    if (!fitsTrips(plan.problem, vehicle, sequence, size)) return;
    const time = this.measureTime(vehicle, size, task, reload);
    if (time === Infinity) return;
    let cost = legCost;
    if (this.prices.hasPrices) {
      cost += this.prices.price(task, 1, vehicle, time) + this.prices.priceTurn(task, nodes[own], vehicle);
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
    return travel - plan.routeTravel[vehicle] + service[kind][task] + setup[kind][task] + service[kind][reload];
  }

  private measureDetour(vehicle: number, before: number, node: number, after: number): number {
    const { location, nLocations, costs, vehicleClass } = this.plan.problem;
    const legs = costs[vehicleClass[vehicle]];
    const [from, at, to] = [location[before], location[node], location[after]];
    return legs[from * nLocations + at] + legs[at * nLocations + to] - legs[from * nLocations + to];
  }
}
