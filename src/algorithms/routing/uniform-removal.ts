import type { Rng } from "../../core/rng.ts";
import type { UniformNeighbours } from "./uniform-neighbours.ts";
import type { UniformPlan } from "./uniform-plan.ts";

/** Mean number of tasks taken out at once, and the longest string (Christiaens and Vanden Berghe 2020, section 4). */
const MEAN_REMOVED = 10;
const LONGEST_STRING = 10;
const SPLIT_RATE = 0.5;
const SPLIT_GROW_RATE = 0.01;

/** Takes strings of adjacent tasks out of routes that pass near a random task. */
export class UniformRemoval {
  /** Tasks taken out by the last removal, `removedCount` of them. */
  readonly removed: Int32Array;
  removedCount = 0;

  private readonly plan: UniformPlan;
  private readonly neighbours: UniformNeighbours;
  private readonly rng: Rng;
  private readonly touchedAt: Int32Array;
  private touchedCount = 0;
  private round = 0;
  /** Tasks around which strings are taken out. */
  private seeds: Int32Array;

  constructor(plan: UniformPlan, neighbours: UniformNeighbours, rng: Rng) {
    this.plan = plan;
    this.neighbours = neighbours;
    this.rng = rng;
    this.seeds = Int32Array.from({ length: plan.fleet.nTasks }, (_, task) => task);
    this.removed = new Int32Array(plan.fleet.nTasks);
    this.touchedAt = new Int32Array(plan.fleet.nRoutes);
  }

  /** Looks only around the tasks marked; those that are on no route are never taken out. */
  restrictTo(isMine: Uint8Array): void {
    const seeds: number[] = [];
    isMine.forEach((mark, task) => {
      if (mark === 1) seeds.push(task);
    });
    this.seeds = Int32Array.from(seeds);
  }

  run(): void {
    const { plan, rng, neighbours } = this;
    const { near, nearCount } = neighbours;
    this.round++;
    this.removedCount = 0;
    this.touchedCount = 0;
    if (this.seeds.length === 0) return;
    const longest = Math.min(LONGEST_STRING, Math.max(1, plan.nServed / Math.max(1, plan.nUsed)));
    const most = (4 * MEAN_REMOVED) / (1 + longest) - 1;
    const strings = Math.floor(rng.next() * most + 1);
    const seed = this.seeds[rng.nextInt(this.seeds.length)];
    this.removeAround(seed, longest);
    for (let k = 0; k < nearCount && this.touchedCount < strings; k++) {
      this.removeAround(near[seed * nearCount + k], longest);
    }
  }

  private removeAround(task: number, longest: number): void {
    const { plan, rng } = this;
    const route = plan.routeOf[task];
    if (route < 0 || this.touchedAt[route] === this.round) return;
    this.touchedAt[route] = this.round;
    this.touchedCount++;
    const count = plan.count[route];
    const length = Math.floor(rng.next() * Math.min(count, longest) + 1);
    let kept = 0;
    if (length > 1 && length < count && rng.next() < SPLIT_RATE) {
      kept = 1;
      while (length + kept < count && rng.next() < SPLIT_GROW_RATE) kept++;
    }
    this.removeString(task, length, kept);
  }

  /** Takes out `length` tasks of a window of `length + kept` that holds `task`, sparing `kept` in the middle. */
  private removeString(task: number, length: number, kept: number): void {
    const { plan, rng } = this;
    const { nTasks } = plan.fleet;
    const window = length + kept;
    let mostBack = 0;
    for (let node = plan.prev[task]; mostBack < window - 1 && node < nTasks; node = plan.prev[node]) mostBack++;
    let mostAhead = 0;
    for (let node = plan.next[task]; mostAhead < window - 1 && node < nTasks; node = plan.next[node]) mostAhead++;
    const leastBack = window - 1 - mostAhead;
    let back = leastBack + rng.nextInt(mostBack - leastBack + 1);
    let node = task;
    while (back-- > 0) node = plan.prev[node];
    const outerBefore = plan.prev[node];
    const keptFrom = kept === 0 ? window : 1 + rng.nextInt(length - 1);
    for (let i = 0; i < window; i++) {
      const after = plan.next[node];
      if (i < keptFrom || i >= keptFrom + kept) {
        plan.unlink(node);
        this.removed[this.removedCount++] = node;
      }
      node = after;
    }
    if (plan.fleet.isTimed) plan.refreshBetween(plan.next[outerBefore], plan.prev[node]);
  }
}
