import { lendRoutes } from "./lend-routes.ts";
import { priceTasks, type TaskPrices } from "./price-tasks.ts";
import { EMPTY_SET, hasTask, type PooledRoute, type RoutePool, type TaskSet } from "./route-pool.ts";
import type { FoundRoutes } from "./ruin-and-recreate.ts";

/** Partial plans looked at: enough to prove the best choice of most pools, at about the cost of a few hundred iterations of a search. */
const MOST_NODES = 5000;
/** Costs that differ by less, as a share, are the same. */
const SAME = 1e-9;

/**
 * The cheapest plan that can be put together from routes of a pool so that the tasks that a known plan serves are served once, if it is cheaper
 * than that one. Prices of the tasks bound what a choice can save; then depth-first search over the routes that may
 * belong to a cheaper plan, the task with the fewest of them first. O(routes of the pool × tasks) and at most 5,000 partial plans, each
 * against the routes of a task.
 * Source: the set-partitioning step of Rochat and Taillard, Journal of Heuristics 1, 1995.
 */
export function coverByRoutes(pool: RoutePool, known: FoundRoutes): FoundRoutes | undefined {
  const { problem, groupOf } = pool;
  const sizes = new Int32Array(1 + groupOf.reduce((most, group) => Math.max(most, group), 0));
  for (const group of groupOf) sizes[group]++;
  const served = known.routes.flatMap((tasks) => [...tasks]);
  const first = new Float64Array(problem.nTasks);
  for (const task of served) first[task] = known.cost / served.length;
  const routes = pool.listWithin(served);
  let prices = priceTasks(routes, sizes, first, known.cost);
  if (sizes.length > 1) {
    routes.push(...lendRoutes(pool, routes, prices, known.cost));
    prices = priceTasks(routes, sizes, prices.price, known.cost);
  }
  const chosen = new CoverSearch(routes, served, prices, sizes, known.cost).run(prices.bound);
  return chosen && { loss: known.loss, ...assignRoutes(pool, chosen) };
}

/** Gives each route to a vehicle of its group. */
function assignRoutes({ groupOf }: RoutePool, chosen: readonly PooledRoute[]): { cost: number; routes: Int32Array[] } {
  const left = [...chosen];
  const routes = Array.from(groupOf, (group) => {
    const at = left.findIndex((one) => one.group === group);
    return at < 0 ? new Int32Array(0) : left.splice(at, 1)[0].tasks;
  });
  return { cost: chosen.reduce((sum, { cost }) => sum + cost, 0), routes };
}

interface Candidate {
  readonly route: PooledRoute;
  /** By how much the bound rises where a vehicle takes this route rather than the one that pays best. */
  readonly excess: number;
}

class CoverSearch {
  /** The least reduced cost of each group, 0 at most. */
  private readonly least: Float64Array;
  /** By task, those that may belong to a plan below the limit, of least excess first. */
  private readonly candidatesOf: Candidate[][];
  /** Tasks, that of fewest candidates first. */
  private readonly order: number[];
  /** Vehicles left, by group. */
  private readonly left: Int32Array;
  private readonly path: PooledRoute[] = [];
  private limit: number;
  private best: PooledRoute[] | undefined;
  private nodes = 0;

  constructor(
    routes: readonly PooledRoute[],
    served: readonly number[],
    { price, reduced, least, bound }: TaskPrices,
    sizes: Int32Array,
    most: number,
  ) {
    this.least = least;
    this.left = sizes.slice();
    this.limit = most * (1 - SAME);
    const candidates = routes
      .map((route, at) => ({ route, excess: reduced[at] - least[route.group] }))
      .filter(({ excess }) => bound + excess < this.limit)
      .sort((a, b) => a.excess - b.excess);
    this.candidatesOf = Array.from(price, () => []);
    for (const one of candidates) for (const task of one.route.tasks) this.candidatesOf[task].push(one);
    this.order = [...served].sort((a, b) => this.candidatesOf[a].length - this.candidatesOf[b].length);
  }

  /** The cheapest choice of routes found that is below the limit, if the bound is. */
  run(bound: number): PooledRoute[] | undefined {
    if (bound < this.limit) this.extend(0, EMPTY_SET, bound);
    return this.best;
  }

  /** `bound` is what a plan of the routes taken so far costs at least. */
  private extend(from: number, done: TaskSet, bound: number): void {
    if (++this.nodes > MOST_NODES) return;
    let at = from;
    while (at < this.order.length && hasTask(done, this.order[at])) at++;
    if (at === this.order.length) {
      this.keepPlan(bound);
      return;
    }
    for (const { route, excess } of this.candidatesOf[this.order[at]]) {
      if (bound + excess >= this.limit) return;
      if (this.left[route.group] === 0 || (route.low & done.low) !== 0 || (route.high & done.high) !== 0) continue;
      this.left[route.group]--;
      this.path.push(route);
      this.extend(at + 1, { low: done.low | route.low, high: done.high | route.high }, bound + excess);
      this.path.pop();
      this.left[route.group]++;
    }
  }

  /** A vehicle that drives nothing adds nothing. */
  private keepPlan(bound: number): void {
    const cost = this.left.reduce((sum, count, group) => sum - count * this.least[group], bound);
    if (cost >= this.limit) return;
    this.limit = cost * (1 - SAME);
    this.best = [...this.path];
  }
}
