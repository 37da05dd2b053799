import { type Rng, shuffle } from "../../../core/rng.ts";
import { type PenalisedPlan, SMALLEST_GAIN } from "./penalised-plan.ts";
import { PricedChanges } from "./priced-changes.ts";

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
  private readonly testedAt: Int32Array;
  private readonly changes: PricedChanges;

  /** `neighbours`: good predecessors of each task, `[T × width]`, best first, −1 where fewer. */
  constructor(plan: PenalisedPlan, neighbours: Int32Array, width: number, rng: Rng) {
    const { nTasks } = plan.fleet;
    this.plan = plan;
    this.rng = rng;
    this.neighbours = neighbours;
    this.width = width;
    this.order = Int32Array.from({ length: nTasks }, (_, task) => task);
    this.changes = new PricedChanges(plan);
    this.testedAt = new Int32Array(nTasks);
  }

  /** Moves until nothing helps. Routes from 0 up to `nSettled` are known to have no move between them, but for those in `touched`. */
  run(nSettled = 0, touched: readonly number[] = []): void {
    const { plan, order, neighbours, width, changes, testedAt } = this;
    const { changedAt } = changes;
    const { routeOf, prev, fleet } = plan;
    const { nTasks } = fleet;
    shuffle(order, this.rng);
    changes.count = 1;
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
        testedAt[u] = changes.count;
        let isMoved = false;
        const first = u * width;
        for (let k = first; k < first + width; k++) {
          const v = neighbours[k];
          if (v < 0) break;
          if (routeOf[v] < 0) continue;
          if (changedAt[routeOf[u]] <= tested && changedAt[routeOf[v]] <= tested) continue;
          if (this.tryBehind(u, v) || this.trySwaps(u, v) || (prev[v] >= nTasks && this.tryBehind(u, prev[v]))) {
            isMoved = true;
            break;
          }
        }
        const empty = isMoved || changedAt[routeOf[u]] <= tested ? -1 : plan.count.indexOf(0);
        if (empty >= 0) isMoved = this.tryBehind(u, nTasks + empty);
        if (isMoved) {
          isDone = false;
          testedAt[u] = tested;
          i--;
        }
      }
    }
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
      if (change < allowance - SMALLEST_GAIN && this.changes.exchange(u, last, y, v, change)) return true;
      last = after;
    }
    if (ru !== rv) {
      // Tails change routes.
      const change = legVU + cost[ca + toY] - legAU - legVY;
      if (change < allowance - SMALLEST_GAIN && this.changes.exchangeTails(u, v, change)) return true;
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
      if (change < allowance - SMALLEST_GAIN && this.changes.exchange(u, x, y, v, change, true)) return true;
    }
    if (ru === rv && place[v] < place[u]) {
      // Reversal of the tasks from Y to U.
      const change = legVU + cost[column[y] * stride + toX] - legVY - legUX + this.reversalChange(y, u);
      if (change < allowance - SMALLEST_GAIN && this.changes.reverse(y, u, change)) return true;
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
          if (change < allowance - SMALLEST_GAIN && this.changes.exchange(u, lastU, y, lastY, change)) return true;
        }
        lastY = afterY;
      }
      lastU = afterU;
    }
    return false;
  }
}
