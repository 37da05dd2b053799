import type { Rng } from "../../core/rng.ts";
import type { AbsentTasks } from "./absent-tasks.ts";
import type { Inserter } from "./insertion.ts";
import type { RouteBackup } from "./route-backup.ts";
import type { RoutePlan } from "./route-plan.ts";

/** How often the task that is cheapest alone on the vehicle begins its route, rather than any. */
const CHEAPEST_RATE = 0.5;

/** How many routes a plan has too few; 0 where no number is asked for. O(vehicles). */
export function countMissing({ problem, taskCount }: RoutePlan): number {
  const least = problem.rules?.minUsed ?? 0;
  if (least === 0) return 0;
  let used = 0;
  for (let v = 0; v < problem.nVehicles; v++) if (taskCount[v] > 0) used++;
  return Math.max(0, least - used);
}

/**
 * Begins routes of vehicles not used so far with some of what is absent, before the rest goes where it costs least: so many as a plan must
 * have, or one that none of the tasks alone would begin. What is missing in the end counts as loss less than any task does, so that
 * no task is left out for a route.
 */
export class RouteBeginner {
  private readonly plan: RoutePlan;
  private readonly inserter: Inserter;
  private readonly backup: RouteBackup;
  private readonly rng: Rng;

  constructor(plan: RoutePlan, inserter: Inserter, backup: RouteBackup, rng: Rng) {
    this.plan = plan;
    this.inserter = inserter;
    this.backup = backup;
    this.rng = rng;
  }

  /** Begins the routes that a plan must have and misses, as far as tasks fit. O(vehicles + missing routes × absent tasks), more where few fit. */
  beginMissing(absent: AbsentTasks): void {
    const { plan, rng } = this;
    const { nVehicles } = plan.problem;
    let missing = countMissing(plan);
    const first = missing > 0 ? rng.nextInt(nVehicles) : 0;
    for (let i = 0; i < nVehicles && missing > 0 && absent.count > 0; i++) {
      const vehicle = (first + i) % nVehicles;
      if (plan.taskCount[vehicle] === 0 && this.beginRoute(vehicle, absent)) missing--;
    }
  }

  /** Begins a route of any vehicle not used so far, as far as a task fits. Takes as long as `beginMissing`. */
  beginAny(absent: AbsentTasks): void {
    const { plan, rng } = this;
    const { nVehicles } = plan.problem;
    if (absent.count === 0 || !plan.mayUseAnother()) return;
    const first = rng.nextInt(nVehicles);
    for (let i = 0; i < nVehicles; i++) {
      const vehicle = (first + i) % nVehicles;
      if (plan.taskCount[vehicle] === 0 && this.beginRoute(vehicle, absent)) return;
    }
  }

  /** What the missing routes weigh beside tasks left out, whose weights are whole numbers. */
  weighMissing(): number {
    return countMissing(this.plan) / (this.plan.problem.nVehicles + 1);
  }

  private beginRoute(vehicle: number, absent: AbsentTasks): boolean {
    const { inserter, rng } = this;
    const takesCheapest = rng.next() < CHEAPEST_RATE;
    const first = rng.nextInt(absent.count);
    let best = -1;
    let bestCost = Infinity;
    for (let i = 0; i < absent.count; i++) {
      const at = (first + i) % absent.count;
      if (!inserter.searchOn(absent.tasks[at], vehicle) || inserter.bestCost >= bestCost) continue;
      best = at;
      bestCost = inserter.bestCost;
      if (!takesCheapest) break;
    }
    if (best < 0) return false;
    const task = absent.tasks[best];
    // What was searched last need not be the best.
    if (!inserter.searchOn(task, vehicle)) return false;
    this.backup.save(vehicle);
    inserter.apply(task);
    absent.removeAt(best);
    return true;
  }
}
