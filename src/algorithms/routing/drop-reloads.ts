import { RouteSchedule } from "./route-schedule.ts";
import type { RoutePlan } from "./route-plan.ts";
import { countServable, fitsTrips } from "./trip-loads.ts";

/** Takes out reloads that a route can do without: between trips that fit into one, or beside its start or end. */
export class ReloadDropper {
  private readonly plan: RoutePlan;
  private readonly schedule: RouteSchedule;
  private readonly pinned: Uint8Array;
  private readonly sequence: Int32Array;

  constructor(plan: RoutePlan) {
    this.plan = plan;
    this.schedule = new RouteSchedule(plan.problem);
    this.pinned = plan.problem.rules?.pinned ?? new Uint8Array(plan.next.length);
    this.sequence = new Int32Array(plan.problem.nTasks);
  }

  /** `refreshRoute` must follow before the route is asked about again. O(reloads × tasks of the route × dimensions). */
  drop(vehicle: number): void {
    const { plan } = this;
    if (plan.reloadCount[vehicle] === 0) return;
    const { nTasks } = plan.problem;
    const first = countServable(plan.problem);
    for (let node = plan.next[nTasks + vehicle]; node < nTasks;) {
      const after = plan.next[node];
      if (node >= first && this.pinned[node] !== 1 && this.isNeedless(vehicle, node)) plan.unlink(node);
      node = after;
    }
  }

  private isNeedless(vehicle: number, reload: number): boolean {
    const { plan, sequence } = this;
    const { nTasks } = plan.problem;
    let count = 0;
    for (let node = plan.next[nTasks + vehicle]; node < nTasks; node = plan.next[node]) {
      if (node !== reload) sequence[count++] = node;
    }
    if (!fitsTrips(plan.problem, vehicle, sequence, count)) return false;
    // A reload can also be what makes the load light enough for a break, or a way that is faster than the direct one.
    return count === 0 || this.schedule.isFeasible(vehicle, sequence, count);
  }
}
