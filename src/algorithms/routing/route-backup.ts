import type { RoutePlan } from "./route-plan.ts";

/** Remembers the routes that an iteration changes, so that a rejected candidate is undone at the cost of what it touched. */
export class RouteBackup {
  private readonly plan: RoutePlan;
  private readonly savedAt: Int32Array;
  private readonly vehicles: number[] = [];
  private readonly costs: number[] = [];
  private readonly starts: number[] = [];
  private readonly tasks: Int32Array;
  private nSaved = 0;
  private nStored = 0;
  private round = 0;

  constructor(plan: RoutePlan) {
    this.plan = plan;
    this.savedAt = new Int32Array(plan.problem.nVehicles);
    this.tasks = new Int32Array(plan.problem.nTasks + 1);
  }

  begin(): void {
    this.round++;
    this.nSaved = 0;
    this.nStored = 0;
  }

  save(vehicle: number): void {
    if (this.round === 0 || this.savedAt[vehicle] === this.round) return;
    const { plan, tasks } = this;
    const { nTasks } = plan.problem;
    this.savedAt[vehicle] = this.round;
    this.vehicles[this.nSaved] = vehicle;
    this.costs[this.nSaved] = plan.routeCost[vehicle];
    this.starts[this.nSaved] = this.nStored;
    this.nSaved++;
    for (let node = plan.next[nTasks + vehicle]; node < nTasks; node = plan.next[node]) tasks[this.nStored++] = node;
    this.starts[this.nSaved] = this.nStored;
  }

  /** Whether every route saved since `begin` passes a test now. */
  everyChanged(test: (vehicle: number) => boolean): boolean {
    for (let i = 0; i < this.nSaved; i++) if (!test(this.vehicles[i])) return false;
    return true;
  }

  /** Shows every route saved since `begin`. */
  forEachChanged(note: (vehicle: number) => void): void {
    for (let i = 0; i < this.nSaved; i++) note(this.vehicles[i]);
  }

  costChange(): number {
    let change = 0;
    for (let i = 0; i < this.nSaved; i++) change += this.plan.routeCost[this.vehicles[i]] - this.costs[i];
    return change;
  }

  restore(): void {
    const { plan, tasks } = this;
    const { nTasks, nVehicles } = plan.problem;
    for (let i = 0; i < this.nSaved; i++) {
      const vehicle = this.vehicles[i];
      for (let node = plan.next[nTasks + vehicle]; node < nTasks; node = plan.next[node]) plan.vehicleOf[node] = -1;
    }
    for (let i = 0; i < this.nSaved; i++) {
      const vehicle = this.vehicles[i];
      let before = nTasks + vehicle;
      for (let k = this.starts[i]; k < this.starts[i + 1]; k++) {
        const task = tasks[k];
        plan.next[before] = task;
        plan.prev[task] = before;
        plan.vehicleOf[task] = vehicle;
        before = task;
      }
      const end = nTasks + nVehicles + vehicle;
      plan.next[before] = end;
      plan.prev[end] = before;
      plan.taskCount[vehicle] = this.starts[i + 1] - this.starts[i];
      plan.countReloads(vehicle);
      plan.refreshRoute(vehicle);
    }
  }
}
