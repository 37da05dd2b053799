import type { Rng } from "../../../core/rng.ts";
import type { PenalisedPlan } from "./penalised-plan.ts";

const EPSILON = 1e-6;

/**
 * Granular local search: for every task U and every task V that does well to stand directly before U, all small moves that lay the
 * leg from V to U, until none makes the plan cheaper with penalties. A move is priced by its legs first; windows and loads are looked at
 * only where legs and the penalties of the routes together could pay.
 * Sources: Toth and Vigo, INFORMS Journal on Computing 15(4), 2003; Vidal, Computers & Operations Research 140, 2022.
 */
export class EdgeMoves {
  private readonly plan: PenalisedPlan;
  private readonly rng: Rng;
  private readonly neighbours: Int32Array;
  private readonly width: number;
  private readonly order: Int32Array;
  private readonly changedAt: Int32Array;
  private readonly testedAt: Int32Array;
  private nChanges = 0;

  /** `neighbours`: good predecessors of each task, `[T × width]`, best first, −1 where fewer. */
  constructor(plan: PenalisedPlan, neighbours: Int32Array, width: number, rng: Rng) {
    const { nTasks } = plan.fleet;
    this.plan = plan;
    this.rng = rng;
    this.neighbours = neighbours;
    this.width = width;
    this.order = Int32Array.from({ length: nTasks }, (_, task) => task);
    this.changedAt = new Int32Array(plan.nRoutes);
    this.testedAt = new Int32Array(nTasks);
  }

  /** Moves until nothing helps. Routes from 0 up to `nSettled` are known to have no move between them, but for those in `touched`. */
  run(nSettled = 0, touched: readonly number[] = []): void {
    const { plan, order, neighbours, width, changedAt, testedAt } = this;
    const { routeOf, prev, fleet } = plan;
    const { nTasks } = fleet;
    this.shuffle();
    this.nChanges = 1;
    changedAt.fill(0, 0, nSettled);
    changedAt.fill(1, nSettled);
    for (const route of touched) changedAt[route] = 1;
    testedAt.fill(0);
    let isDone = false;
    while (!isDone) {
      isDone = true;
      for (let i = 0; i < nTasks; i++) {
        const u = order[i];
        if (routeOf[u] < 0) continue;
        const tested = testedAt[u];
        testedAt[u] = this.nChanges;
        let isMoved = false;
        const first = u * width;
        for (let k = first; k < first + width; k++) {
          const v = neighbours[k];
          if (v < 0) break;
          if (routeOf[v] < 0) continue;
          if (changedAt[routeOf[u]] <= tested && changedAt[routeOf[v]] <= tested) continue;
          if (this.tryPair(u, v) || (prev[v] >= nTasks && this.tryBehind(u, prev[v]))) {
            isMoved = true;
            break;
          }
        }
        if (!isMoved && changedAt[routeOf[u]] > tested) {
          const empty = this.findEmptyRoute();
          if (empty >= 0) isMoved = this.tryBehind(u, nTasks + empty);
        }
        if (isMoved) {
          isDone = false;
          testedAt[u] = tested;
          i--;
        }
      }
    }
  }

  private tryPair(u: number, v: number): boolean {
    return this.tryBehind(u, v) || this.trySwaps(u, v);
  }

  /** Moves that lay U, or what begins with U, directly behind V, a task or the start of a route. */
  private tryBehind(u: number, v: number): boolean {
    const { plan } = this;
    const { next, prev, column, routeOf, cost, penalty, fleet, place } = plan;
    const { nTasks, stride } = fleet;
    const y = next[v];
    if (y === u) return false;
    const ru = routeOf[u];
    const rv = routeOf[v];
    const a = prev[u];
    const x = next[u];
    const cu = u * stride;
    const ca = column[a] * stride;
    const cv = column[v] * stride;
    const toX = column[x];
    const toY = column[y];
    const legUX = cost[cu + toX];
    const legAU = cost[ca + u];
    const legVY = cost[cv + toY];
    const legVU = cost[cv + u];
    const allowance = ru === rv ? penalty[ru] : penalty[ru] + penalty[rv];
    // The string of up to three tasks that begins with U.
    let last = u;
    for (let length = 1; length <= 3; length++) {
      if (last >= nTasks || last === v) break;
      const after = next[last];
      const row = column[last] * stride;
      const change = cost[ca + column[after]] - legAU - cost[row + column[after]] + legVU + cost[row + toY] - legVY;
      if (change < allowance - EPSILON && this.tryString(u, last, v, change)) return true;
      last = after;
    }
    if (ru !== rv) {
      // Tails change routes.
      const change = legVU + cost[ca + toY] - legAU - legVY;
      if (change < allowance - EPSILON && this.tryTails(u, v, change)) return true;
    }
    // Two tasks the other way round.
    if (x < nTasks && x !== v && a !== v) {
      const xRow = x * stride;
      const beyond = column[next[x]];
      const change =
        cost[ca + beyond] -
        legAU -
        cost[xRow + beyond] -
        legUX +
        cost[cv + x] +
        cost[xRow + u] +
        cost[cu + toY] -
        legVY;
      if (change < allowance - EPSILON && this.tryReversedPair(u, x, v, change)) return true;
    }
    if (ru === rv && place[v] < place[u]) {
      // Reversal of the tasks from Y to U.
      const change = legVU + cost[column[y] * stride + toX] - legVY - legUX + this.reversalChange(y, u);
      if (change < allowance - EPSILON && this.tryReversal(y, u, change)) return true;
    }
    return false;
  }

  /** Change of the cost of the legs between `first` and `last` when they are gone the other way. */
  private reversalChange(first: number, last: number): number {
    const { next, cost, fleet } = this.plan;
    if (fleet.cost === fleet.costBack) return 0;
    let change = 0;
    for (let node = first; node !== last; node = next[node]) {
      change += cost[next[node] * fleet.stride + node] - cost[node * fleet.stride + next[node]];
    }
    return change;
  }

  private tryString(u: number, last: number, v: number, change: number): boolean {
    const { plan } = this;
    const { routeOf, next, prev, place, penalty, load, loadBefore, fleet } = plan;
    const { isTimed, demand } = fleet;
    const ru = routeOf[u];
    const rv = routeOf[v];
    const a = prev[u];
    const after = next[last];
    const y = next[v];
    let total = change;
    if (ru === rv) {
      if (isTimed) {
        let late: number;
        if (place[v] < place[u]) {
          plan.leave(v);
          plan.visitAll(u, last);
          plan.visitAll(y, a);
          late = plan.join(after);
        } else {
          plan.leave(a);
          plan.visitAll(after, v);
          plan.visitAll(u, last);
          late = plan.join(y);
        }
        total += plan.price(load[ru], late) - penalty[ru];
      }
    } else {
      const moved = loadBefore[last] - loadBefore[u] + demand[u];
      let lateU = 0;
      let lateV = 0;
      if (isTimed) {
        plan.leave(v);
        plan.visitAll(u, last);
        lateV = plan.join(y);
      }
      total += plan.price(load[rv] + moved, lateV) - penalty[rv] - penalty[ru];
      if (total > -EPSILON && penalty[ru] === 0) return false;
      if (isTimed) {
        plan.leave(a);
        lateU = plan.join(after);
      }
      total += plan.price(load[ru] - moved, lateU);
    }
    if (total > -EPSILON) return false;
    next[a] = after;
    prev[after] = a;
    next[v] = u;
    prev[u] = v;
    next[last] = y;
    prev[y] = last;
    this.change(ru, rv);
    return true;
  }

  private tryReversedPair(u: number, x: number, v: number, change: number): boolean {
    const { plan } = this;
    const { routeOf, next, prev, place, penalty, load, fleet } = plan;
    const { isTimed, demand } = fleet;
    const ru = routeOf[u];
    const rv = routeOf[v];
    const a = prev[u];
    const after = next[x];
    const y = next[v];
    let total = change;
    if (ru === rv) {
      if (isTimed) {
        let late: number;
        if (place[v] < place[u]) {
          plan.leave(v);
          plan.visit(x);
          plan.visit(u);
          plan.visitAll(y, a);
          late = plan.join(after);
        } else {
          plan.leave(a);
          plan.visitAll(after, v);
          plan.visit(x);
          plan.visit(u);
          late = plan.join(y);
        }
        total += plan.price(load[ru], late) - penalty[ru];
      }
    } else {
      const moved = demand[u] + demand[x];
      let lateU = 0;
      let lateV = 0;
      if (isTimed) {
        plan.leave(v);
        plan.visit(x);
        plan.visit(u);
        lateV = plan.join(y);
        plan.leave(a);
        lateU = plan.join(after);
      }
      total += plan.price(load[rv] + moved, lateV) + plan.price(load[ru] - moved, lateU) - penalty[rv] - penalty[ru];
    }
    if (total > -EPSILON) return false;
    next[a] = after;
    prev[after] = a;
    next[v] = x;
    prev[x] = v;
    next[x] = u;
    prev[u] = x;
    next[u] = y;
    prev[y] = u;
    this.change(ru, rv);
    return true;
  }

  private tryTails(u: number, v: number, change: number): boolean {
    const { plan } = this;
    const { routeOf, next, prev, penalty, load, loadBefore, fleet, nRoutes } = plan;
    const { isTimed, demand, nTasks } = fleet;
    const ru = routeOf[u];
    const rv = routeOf[v];
    const a = prev[u];
    const y = next[v];
    const headU = loadBefore[u] - demand[u];
    const headV = v < nTasks ? loadBefore[v] : 0;
    let lateU = 0;
    let lateV = 0;
    if (isTimed) {
      plan.leave(v);
      lateV = plan.join(u);
      plan.leave(a);
      // An end of another route is like the own one.
      lateU = plan.join(y);
    }
    const total =
      change +
      plan.price(headV + load[ru] - headU, lateV) +
      plan.price(headU + load[rv] - headV, lateU) -
      penalty[ru] -
      penalty[rv];
    if (total > -EPSILON) return false;
    const endU = nTasks + nRoutes + ru;
    const endV = nTasks + nRoutes + rv;
    const lastU = prev[endU];
    const lastV = prev[endV];
    next[v] = u;
    prev[u] = v;
    next[lastU] = endV;
    prev[endV] = lastU;
    if (y === endV) {
      next[a] = endU;
      prev[endU] = a;
    } else {
      next[a] = y;
      prev[y] = a;
      next[lastV] = endU;
      prev[endU] = lastV;
    }
    this.change(ru, rv);
    return true;
  }

  private tryReversal(first: number, last: number, change: number): boolean {
    const { plan } = this;
    const { routeOf, next, prev, penalty, load, fleet } = plan;
    const route = routeOf[first];
    const before = prev[first];
    const after = next[last];
    let total = change;
    if (fleet.isTimed) {
      plan.leave(before);
      for (let node = last; node !== before; node = prev[node]) plan.visit(node);
      total += plan.price(load[route], plan.join(after)) - penalty[route];
    }
    if (total > -EPSILON) return false;
    let node = first;
    while (node !== after) {
      const following = next[node];
      next[node] = prev[node];
      prev[node] = following;
      node = following;
    }
    next[before] = last;
    prev[last] = before;
    next[first] = after;
    prev[after] = first;
    this.change(route, route);
    return true;
  }

  /** U, or U and the task behind it, against the task behind V, or the two behind it: U comes to stand behind V. */
  private trySwaps(u: number, v: number): boolean {
    const { plan } = this;
    const { next, prev, column, routeOf, cost, penalty, fleet } = plan;
    const { nTasks, stride } = fleet;
    const y = next[v];
    if (y >= nTasks || y === u || v === u) return false;
    const ru = routeOf[u];
    const rv = routeOf[v];
    const a = prev[u];
    const allowance = ru === rv ? penalty[ru] : penalty[ru] + penalty[rv];
    const ca = column[a] * stride;
    const cv = column[v] * stride;
    const gone = cost[ca + u] + cost[cv + y];
    const come = cost[cv + u] + cost[ca + y];
    let lastU = u;
    for (let i = 1; i <= 2; i++) {
      if (lastU >= nTasks || lastU === v || lastU === y) break;
      const afterU = next[lastU];
      const rowU = lastU * stride;
      let lastY = y;
      for (let j = 1; j <= 2; j++) {
        if (lastY >= nTasks || lastY === u) break;
        const afterY = next[lastY];
        const rowY = lastY * stride;
        // Strings side by side are moved by relocation.
        if (afterU !== y && afterY !== u) {
          const change =
            come -
            gone +
            cost[rowU + column[afterY]] +
            cost[rowY + column[afterU]] -
            cost[rowU + column[afterU]] -
            cost[rowY + column[afterY]];
          if (change < allowance - EPSILON && this.trySwap(u, lastU, y, lastY, change)) return true;
        }
        lastY = afterY;
      }
      lastU = afterU;
    }
    return false;
  }

  private trySwap(u: number, lastU: number, y: number, lastY: number, change: number): boolean {
    const { plan } = this;
    const { routeOf, next, prev, place, penalty, load, loadBefore, fleet } = plan;
    const { isTimed, demand } = fleet;
    const ru = routeOf[u];
    const rv = routeOf[y];
    const a = prev[u];
    const v = prev[y];
    const afterU = next[lastU];
    const afterY = next[lastY];
    let total = change;
    if (ru === rv) {
      if (isTimed) {
        let late: number;
        if (place[u] < place[y]) {
          plan.leave(a);
          plan.visitAll(y, lastY);
          plan.visitAll(afterU, v);
          plan.visitAll(u, lastU);
          late = plan.join(afterY);
        } else {
          plan.leave(v);
          plan.visitAll(u, lastU);
          plan.visitAll(afterY, a);
          plan.visitAll(y, lastY);
          late = plan.join(afterU);
        }
        total += plan.price(load[ru], late) - penalty[ru];
      }
    } else {
      const moved = loadBefore[lastU] - loadBefore[u] + demand[u] - loadBefore[lastY] + loadBefore[y] - demand[y];
      let lateU = 0;
      let lateV = 0;
      if (isTimed) {
        plan.leave(v);
        plan.visitAll(u, lastU);
        lateV = plan.join(afterY);
      }
      total += plan.price(load[rv] + moved, lateV) - penalty[rv] - penalty[ru];
      if (total > -EPSILON) return false;
      if (isTimed) {
        plan.leave(a);
        plan.visitAll(y, lastY);
        lateU = plan.join(afterU);
      }
      total += plan.price(load[ru] - moved, lateU);
    }
    if (total > -EPSILON) return false;
    next[a] = y;
    prev[y] = a;
    next[lastY] = afterU;
    prev[afterU] = lastY;
    next[v] = u;
    prev[u] = v;
    next[lastU] = afterY;
    prev[afterY] = lastU;
    this.change(ru, rv);
    return true;
  }

  private change(ru: number, rv: number): void {
    const { plan, changedAt } = this;
    const change = ++this.nChanges;
    plan.refresh(ru);
    changedAt[ru] = change;
    if (rv === ru) return;
    plan.refresh(rv);
    changedAt[rv] = change;
  }

  private findEmptyRoute(): number {
    const { count } = this.plan;
    return count.indexOf(0);
  }

  private shuffle(): void {
    const { order, rng } = this;
    for (let i = order.length - 1; i > 0; i--) {
      const j = rng.nextInt(i + 1);
      const task = order[i];
      order[i] = order[j];
      order[j] = task;
    }
  }
}
