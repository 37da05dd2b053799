import type { Rng } from "../../core/rng.ts";
import { ReloadDropper } from "./drop-reloads.ts";
import type { RoutePlan } from "./route-plan.ts";
import { countServable } from "./trip-loads.ts";

/** Mean number of tasks taken out at once, and the longest string (Christiaens and Vanden Berghe 2020, section 4). */
const MEAN_REMOVED = 10;
const LONGEST_STRING = 10;
const SPLIT_RATE = 0.5;
const SPLIT_GROW_RATE = 0.01;
/**
 * How often a whole route goes where vehicles differ or cost something to use (an addition to the paper); under rules beyond VROOM's, which tie tasks to
 * vehicles, less often.
 */
const WHOLE_ROUTE_RATE = 0.2;
const WHOLE_ROUTE_RATE_RULED = 0.1;
/** How often a second route goes with it: two small vehicles may give way to a large one. */
const SECOND_ROUTE_RATE = 0.3;

/** Takes out strings of adjacent tasks from routes that pass near a random task. */
export class StringRemoval {
  /** Vehicles whose routes were changed by the last removal, `touchedCount` of them. */
  readonly touched: Int32Array;
  touchedCount = 0;
  /** Tasks taken out by the last removal, `removedCount` of them. */
  readonly removed: Int32Array;
  removedCount = 0;
  /** Whether the last removal emptied a route. */
  hasEmptied = false;

  private readonly plan: RoutePlan;
  private readonly neighbours: Int32Array;
  private readonly nNeighbours: number;
  private readonly rng: Rng;
  private readonly touchedAt: Int32Array;
  private readonly onTouch: (vehicle: number) => void;
  private round = 0;
  private firstOfString = 0;
  private readonly takesWholeRoutes: boolean;
  private readonly wholeRouteRate: number;
  private readonly pinned: Uint8Array;
  private readonly firstReload: number;
  private readonly dropper: ReloadDropper | undefined;

  constructor(
    plan: RoutePlan,
    neighbours: Int32Array,
    nNeighbours: number,
    rng: Rng,
    onTouch: (vehicle: number) => void,
    takesWholeRoutes: boolean,
  ) {
    this.plan = plan;
    this.neighbours = neighbours;
    this.nNeighbours = nNeighbours;
    this.rng = rng;
    this.onTouch = onTouch;
    this.touched = new Int32Array(plan.problem.nVehicles);
    this.touchedAt = new Int32Array(plan.problem.nVehicles);
    this.removed = new Int32Array(plan.problem.nTasks);
    this.takesWholeRoutes = takesWholeRoutes;
    this.wholeRouteRate = plan.problem.rules === undefined ? WHOLE_ROUTE_RATE : WHOLE_ROUTE_RATE_RULED;
    this.firstReload = countServable(plan.problem);
    this.dropper = plan.problem.rules?.reloads && new ReloadDropper(plan);
    this.pinned = plan.problem.rules?.pinned ?? new Uint8Array(plan.next.length);
  }

  run(meanTasksPerRoute: number): void {
    const { plan, rng, neighbours, nNeighbours } = this;
    this.round++;
    this.touchedCount = 0;
    this.removedCount = 0;
    const longest = Math.min(LONGEST_STRING, Math.max(1, meanTasksPerRoute));
    const most = (4 * MEAN_REMOVED) / (1 + longest) - 1;
    const strings = Math.floor(rng.next() * most + 1);
    const seed = rng.nextInt(this.firstReload);
    this.hasEmptied = this.takesWholeRoutes && rng.next() < this.wholeRouteRate;
    if (this.hasEmptied) this.emptyRoutes(seed);
    else this.removeAround(seed, longest);
    for (let k = 0; k < nNeighbours && this.touchedCount < strings; k++) {
      this.removeAround(neighbours[seed * nNeighbours + k], longest);
    }
    this.removeFollowers();
    for (let i = 0; i < this.touchedCount; i++) {
      this.dropper?.drop(this.touched[i]);
      plan.refreshRoute(this.touched[i]);
    }
  }

  /** What must come after a task that is taken out goes too: it is on the same route. */
  private removeFollowers(): void {
    const { plan, removed } = this;
    const { orders } = plan.problem.rules ?? {};
    if (orders === undefined) return;
    for (let i = 0; i < this.removedCount; i++) {
      for (const task of orders.before[removed[i]]) {
        if (plan.vehicleOf[task] < 0) continue;
        plan.unlink(task);
        removed[this.removedCount++] = task;
      }
    }
  }

  /** Empties the route of a task, and now and then the one nearest to it too. */
  private emptyRoutes(seed: number): void {
    const { plan, neighbours, nNeighbours, rng } = this;
    const vehicle = plan.vehicleOf[seed];
    this.removeRoute(vehicle);
    if (rng.next() >= SECOND_ROUTE_RATE) return;
    for (let k = 0; k < nNeighbours; k++) {
      const other = plan.vehicleOf[neighbours[seed * nNeighbours + k]];
      if (other < 0 || other === vehicle) continue;
      this.removeRoute(other);
      return;
    }
  }

  /** Empties a route, so that another vehicle, or none, may take its place. */
  private removeRoute(vehicle: number): void {
    if (vehicle < 0) return;
    const { plan } = this;
    this.touch(vehicle);
    this.firstOfString = this.removedCount;
    for (let node = plan.next[plan.problem.nTasks + vehicle]; node < plan.problem.nTasks;) {
      const after = plan.next[node];
      if (this.pinned[node] !== 1 && node < this.firstReload) {
        plan.unlink(node);
        this.removed[this.removedCount++] = node;
      }
      node = after;
    }
    this.removeMates();
  }

  private touch(vehicle: number): void {
    this.touchedAt[vehicle] = this.round;
    this.touched[this.touchedCount++] = vehicle;
    this.onTouch(vehicle);
  }

  private removeAround(task: number, longest: number): void {
    const { plan, rng } = this;
    const vehicle = plan.vehicleOf[task];
    if (vehicle < 0 || this.touchedAt[vehicle] === this.round) return;
    this.touch(vehicle);
    const count = plan.taskCount[vehicle];
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
    const vehicle = plan.vehicleOf[task];
    const window = length + kept;
    const rank = plan.rank[task] - 1;
    const low = Math.max(0, rank - window + 1);
    const high = Math.min(rank, plan.taskCount[vehicle] - window);
    this.firstOfString = this.removedCount;
    let back = rank - (low + rng.nextInt(high - low + 1));
    let node = task;
    while (back-- > 0) node = plan.prev[node];
    const keptFrom = kept === 0 ? window : 1 + rng.nextInt(length - 1);
    for (let i = 0; i < window; i++) {
      const after = plan.next[node];
      if ((i < keptFrom || i >= keptFrom + kept) && this.pinned[node] !== 1 && node < this.firstReload) {
        plan.unlink(node);
        this.removed[this.removedCount++] = node;
      }
      node = after;
    }
    this.removeMates();
  }

  /** A shipment leaves as a whole: takes out the other halves, and lists each shipment once, by its pickup. */
  private removeMates(): void {
    const { plan, removed } = this;
    const { mate, isPickup } = plan.problem;
    let kept = this.firstOfString;
    for (let i = kept; i < this.removedCount; i++) {
      const task = removed[i];
      const other = mate[task];
      if (other >= 0 && plan.vehicleOf[other] >= 0) {
        plan.unlink(other);
        removed[kept++] = isPickup[task] === 1 ? task : other;
      } else if (other < 0 || isPickup[task] === 1) {
        if (other < 0 || !this.isListed(task, kept)) removed[kept++] = task;
      } else if (!this.isListed(other, kept)) {
        removed[kept++] = other;
      }
    }
    this.removedCount = kept;
  }

  private isListed(task: number, end: number): boolean {
    for (let i = this.firstOfString; i < end; i++) if (this.removed[i] === task) return true;
    return false;
  }
}
