import type { Rng } from "../../core/rng.ts";
import type { UniformNeighbours } from "./uniform-neighbours.ts";
import type { UniformPlan } from "./uniform-plan.ts";

/** Share of positions overlooked on purpose (Christiaens and Vanden Berghe 2020). */
const BLINK_RATE = 0.01;

/** Finds the cheapest feasible position of a task: beside its neighbours or in an empty route, else anywhere. */
export class UniformInsertion {
  bestBefore = -1;
  bestRoute = -1;
  bestCost = Infinity;

  private readonly plan: UniformPlan;
  private readonly neighbours: UniformNeighbours;
  private readonly rng: Rng;
  private untilBlink = 0;

  constructor(plan: UniformPlan, neighbours: UniformNeighbours, rng: Rng) {
    this.plan = plan;
    this.neighbours = neighbours;
    this.rng = rng;
    this.drawBlink();
  }

  search(task: number): boolean {
    const { plan, neighbours } = this;
    const { routeOf, next, prev, column, legCost, departure, latest, load, fleet } = plan;
    const { cost, costBack, time, timeBack, isTimed, opens, closes, stride } = fleet;
    const row = task * stride;
    const room = fleet.capacity - fleet.demand[task];
    const open = opens[task];
    const close = closes[task];
    const service = fleet.service[task];
    const { count } = neighbours;
    const first = task * count;
    let bestCost = Infinity;
    let bestBefore = -1;
    let bestRoute = -1;
    let untilBlink = this.untilBlink;
    for (let side = 0; side < 2; side++) {
      const list = side === 0 ? neighbours.before : neighbours.after;
      for (let k = first; k < first + count; k++) {
        const near = list[k];
        if (near < 0) break;
        const route = routeOf[near];
        if (route < 0 || load[route] > room) continue;
        const before = side === 0 ? near : prev[near];
        const after = side === 0 ? next[near] : near;
        const from = column[before];
        const to = column[after];
        const change = costBack[row + from] + cost[row + to] - legCost[before];
        if (change >= bestCost) continue;
        if (isTimed) {
          let begin = departure[before] + timeBack[row + from];
          if (begin > close) continue;
          if (begin < open) begin = open;
          if (begin + service + time[row + to] > latest[after]) continue;
        }
        if (--untilBlink < 0) {
          this.drawBlink();
          untilBlink = this.untilBlink;
          continue;
        }
        bestCost = change;
        bestBefore = before;
        bestRoute = route;
      }
    }
    this.untilBlink = untilBlink;
    this.bestCost = bestCost;
    this.bestBefore = bestBefore;
    this.bestRoute = bestRoute;
    this.tryEmptyRoute(task);
    if (this.bestRoute < 0) this.tryAll(task);
    return this.bestRoute >= 0;
  }

  /** All empty routes are alike. */
  private tryEmptyRoute(task: number): void {
    const { plan } = this;
    const { cost, costBack, stride, depot, fixedCost, demand, capacity } = plan.fleet;
    const change = costBack[task * stride + depot] + cost[task * stride + depot] + fixedCost;
    if (change >= this.bestCost || demand[task] > capacity) return;
    const route = plan.findEmptyRoute();
    if (route < 0 || !this.fitsTime(task, plan.fleet.nTasks + route)) return;
    this.bestCost = change;
    this.bestBefore = plan.fleet.nTasks + route;
    this.bestRoute = route;
  }

  private tryAll(task: number): void {
    const { plan } = this;
    const { nTasks, nRoutes, cost, costBack, stride, demand, capacity } = plan.fleet;
    for (let route = 0; route < nRoutes; route++) {
      if (plan.count[route] === 0 || plan.load[route] + demand[task] > capacity) continue;
      const end = nTasks + nRoutes + route;
      for (let before = nTasks + route; before !== end; before = plan.next[before]) {
        const change =
          costBack[task * stride + plan.column[before]] +
          cost[task * stride + plan.column[plan.next[before]]] -
          plan.legCost[before];
        if (change >= this.bestCost || !this.fitsTime(task, before)) continue;
        this.bestCost = change;
        this.bestBefore = before;
        this.bestRoute = route;
      }
    }
  }

  private fitsTime(task: number, before: number): boolean {
    const { departure, latest, column, next, fleet } = this.plan;
    const row = task * fleet.stride;
    const arrival = departure[before] + fleet.timeBack[row + column[before]];
    if (arrival > fleet.closes[task]) return false;
    const leave = Math.max(arrival, fleet.opens[task]) + fleet.service[task];
    return leave + fleet.time[row + column[next[before]]] <= latest[next[before]];
  }

  private drawBlink(): void {
    this.untilBlink = Math.floor(Math.log(1 - this.rng.next()) / Math.log(1 - BLINK_RATE));
  }
}
