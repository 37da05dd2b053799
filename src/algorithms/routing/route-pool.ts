import type { FleetProblem } from "./fleet-problem.ts";
import { groupAlike } from "./group-alike.ts";

/** Tasks that one number of bits can tell apart; a pool takes twice as many. */
const HALF = 30;

/** Routes of plans that cost less than so many times the best one are worth a note. */
export const NOTED = 1.2;
/** So many routes are kept at most: a long search meets the good ones again in a better order. */
const MOST_ROUTES = 2000;

/** Tasks as bits: those below 30 in `low`, the others in `high`. */
export interface TaskSet {
  readonly low: number;
  readonly high: number;
}

export interface PooledRoute extends TaskSet {
  /** Of vehicles that are alike, see `groupAlike`. */
  readonly group: number;
  readonly cost: number;
  /** In order. */
  readonly tasks: Int32Array;
}

export const EMPTY_SET: TaskSet = { low: 0, high: 0 };

export function hasTask({ low, high }: TaskSet, task: number): boolean {
  return ((task < HALF ? low >> task : high >> (task - HALF)) & 1) === 1;
}

/** The routes that searches of a small problem have met: for each set of tasks and each group of vehicles the cheapest. */
export class RoutePool {
  readonly problem: FleetProblem;
  /** By vehicle. */
  readonly groupOf: Int32Array;
  private readonly routes: PooledRoute[] = [];
  /** Places of routes by a hash of what they are. */
  private readonly placesOf = new Map<number, number[]>();

  constructor(problem: FleetProblem) {
    this.problem = problem;
    this.groupOf = groupAlike(problem);
  }

  /** Takes note of the route that leads from a node along `next` to the first node that is no task. O(its tasks). */
  add(group: number, next: Int32Array, start: number, cost: number): void {
    const { nTasks } = this.problem;
    let low = 0;
    let high = 0;
    let count = 0;
    for (let node = next[start]; node < nTasks; node = next[node], count++) {
      if (node < HALF) low |= 1 << node;
      else high |= 1 << (node - HALF);
    }
    if (count === 0) return;
    const place = this.findPlace(group, low, high);
    if (place < 0 || (place < this.routes.length && this.routes[place].cost <= cost)) return;
    const tasks = new Int32Array(count);
    for (let node = next[start], at = 0; node < nTasks; node = next[node]) tasks[at++] = node;
    this.routes[place] = { group, cost, tasks, low, high };
  }

  /** The routes that serve nothing else than these tasks. */
  listWithin(tasks: readonly number[]): PooledRoute[] {
    let low = 0;
    let high = 0;
    for (const task of tasks) {
      if (task < HALF) low |= 1 << task;
      else high |= 1 << (task - HALF);
    }
    return this.routes.filter((one) => (one.low & ~low) === 0 && (one.high & ~high) === 0);
  }

  /** The place of the route in the pool, or a new one behind all others; −1 where there is no room for one. */
  private findPlace(group: number, low: number, high: number): number {
    const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(group, 0xc2b2ae35);
    const places = this.placesOf.get(hash);
    for (const place of places ?? []) {
      const one = this.routes[place];
      if (one.low === low && one.high === high && one.group === group) return place;
    }
    const end = this.routes.length;
    if (end === MOST_ROUTES) return -1;
    if (places === undefined) this.placesOf.set(hash, [end]);
    else places.push(end);
    return end;
  }
}
