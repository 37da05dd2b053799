import type { PooledRoute } from "./route-pool.ts";

/** Rounds of the subgradient: more hardly raise the bound. */
const ROUNDS = 60;
/** The first step as a share of the way to the cost to be beaten; halved after so many rounds that did not raise the bound. */
const FIRST_STEP = 0.5;
const PATIENCE = 8;
const EPSILON = 1e-9;

export interface TaskPrices {
  /** By task. */
  readonly price: Float64Array;
  /** Cost of each route less the prices of its tasks. */
  readonly reduced: Float64Array;
  /** The least of these by group, 0 at most. */
  readonly least: Float64Array;
  /** No choice of routes that serves every task once costs less. */
  readonly bound: number;
}

/**
 * Prices of tasks at which the routes of a pool bound the cost of a plan from below: Lagrangian relaxation of "every task once", by
 * subgradient steps. `sizes` says how many vehicles a group has, `first` are the prices to begin with, `most` is the cost of a known plan.
 * Ends once the bound reaches that. O(rounds × tasks of all routes).
 * Source: Held, Wolfe and Crowder, Mathematical Programming 6, 1974.
 */
export function priceTasks(
  routes: readonly PooledRoute[],
  sizes: Int32Array,
  first: Float64Array,
  most: number,
): TaskPrices {
  const relaxed = new RelaxedCover(routes, sizes, first.length);
  const price = first.slice();
  let best = relaxed.read(price, relaxed.weigh(price));
  let step = FIRST_STEP;
  let stale = 0;
  for (let round = 0; round < ROUNDS && best.bound < most - EPSILON; round++) {
    if (!relaxed.move(price, step * (most - relaxed.bound))) break;
    const bound = relaxed.weigh(price);
    if (bound > best.bound + EPSILON) {
      best = relaxed.read(price, bound);
      stale = 0;
    } else if (++stale >= PATIENCE) {
      step /= 2;
      stale = 0;
      price.set(best.price);
      relaxed.weigh(price);
    }
  }
  return best;
}

/** The routes on flat arrays, and what the prices weighed last make of them. */
class RelaxedCover {
  bound = 0;

  private readonly sizes: Int32Array;
  private readonly ptr: Int32Array;
  private readonly tasks: Int32Array;
  private readonly cost: Float64Array;
  private readonly group: Int32Array;
  private readonly reduced: Float64Array;
  private readonly least: Float64Array;
  /** The cheapest route of each group, −1 where none pays. */
  private readonly chosen: Int32Array;
  private readonly served: Int32Array;

  constructor(routes: readonly PooledRoute[], sizes: Int32Array, nTasks: number) {
    this.sizes = sizes;
    this.ptr = new Int32Array(routes.length + 1);
    routes.forEach(({ tasks }, at) => (this.ptr[at + 1] = this.ptr[at] + tasks.length));
    this.tasks = new Int32Array(this.ptr[routes.length]);
    routes.forEach(({ tasks }, at) => this.tasks.set(tasks, this.ptr[at]));
    this.cost = Float64Array.from(routes, ({ cost }) => cost);
    this.group = Int32Array.from(routes, ({ group }) => group);
    this.reduced = new Float64Array(routes.length);
    this.least = new Float64Array(sizes.length);
    this.chosen = new Int32Array(sizes.length);
    this.served = new Int32Array(nTasks);
  }

  /** Lets each vehicle take the route that pays best at these prices; returns the bound. */
  weigh(price: Float64Array): number {
    const { ptr, tasks, cost, group, reduced, least, chosen } = this;
    least.fill(0);
    chosen.fill(-1);
    for (let at = 0; at < cost.length; at++) {
      let left = cost[at];
      for (let k = ptr[at]; k < ptr[at + 1]; k++) left -= price[tasks[k]];
      reduced[at] = left;
      if (left < least[group[at]]) {
        least[group[at]] = left;
        chosen[group[at]] = at;
      }
    }
    this.bound = price.reduce((sum, one) => sum + one, 0);
    for (let g = 0; g < least.length; g++) this.bound += this.sizes[g] * least[g];
    return this.bound;
  }

  /** Raises the prices of tasks that nobody took, lowers those that several did; false where all were taken once. */
  move(price: Float64Array, way: number): boolean {
    const { ptr, tasks, chosen, served, sizes } = this;
    served.fill(0);
    for (let g = 0; g < chosen.length; g++) {
      if (chosen[g] < 0) continue;
      for (let k = ptr[chosen[g]]; k < ptr[chosen[g] + 1]; k++) served[tasks[k]] += sizes[g];
    }
    let norm = 0;
    for (const count of served) norm += (1 - count) ** 2;
    if (norm === 0) return false;
    for (let task = 0; task < served.length; task++) price[task] += (way / norm) * (1 - served[task]);
    return true;
  }

  read(price: Float64Array, bound: number): TaskPrices {
    return { price: price.slice(), reduced: this.reduced.slice(), least: this.least.slice(), bound };
  }
}
