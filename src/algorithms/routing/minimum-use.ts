import type { Rng } from "../../core/rng.ts";
import type { AbsentTasks } from "./absent-tasks.ts";
import type { FleetRules } from "./fleet-problem.ts";
import type { Inserter } from "./insertion.ts";
import { ReloadDropper } from "./drop-reloads.ts";
import type { RouteBackup } from "./route-backup.ts";
import type { RoutePlan } from "./route-plan.ts";
import { RouteSchedule } from "./route-schedule.ts";
import { countServable } from "./trip-loads.ts";

/** How often a route with too few tasks is filled from others rather than given up. */
const FILL_RATE = 0.5;

/**
 * Keeps the rule that a used vehicle serves so many tasks at least: a route that has too few takes the cheapest ones from
 * routes that can spare them, or is given up and its tasks go where there is room on the others.
 */
export class MinimumUse {
  private readonly plan: RoutePlan;
  private readonly inserter: Inserter;
  private readonly backup: RouteBackup;
  private readonly rng: Rng;
  private readonly least: Int32Array;
  private readonly pinned: Uint8Array;
  private readonly schedule: RouteSchedule;
  private readonly sequence: Int32Array;
  private readonly dropper: ReloadDropper | undefined;
  private readonly orders: FleetRules["orders"];

  constructor(plan: RoutePlan, inserter: Inserter, backup: RouteBackup, rng: Rng, rules: FleetRules) {
    this.plan = plan;
    this.inserter = inserter;
    this.backup = backup;
    this.rng = rng;
    this.least = rules.minTasks ?? new Int32Array(plan.problem.nVehicles);
    this.pinned = rules.pinned;
    this.schedule = new RouteSchedule(plan.problem);
    this.sequence = new Int32Array(plan.problem.nTasks);
    this.dropper = rules.reloads && new ReloadDropper(plan);
    this.orders = rules.orders;
  }

  /** Leaves no route with too few tasks. O(tasks × tasks of a route) for each task that a short route takes. */
  repair(absent: AbsentTasks): void {
    const { plan, rng } = this;
    const before = absent.count;
    for (let v = 0; v < plan.problem.nVehicles; v++) {
      if (this.isShort(v) && !(rng.next() < FILL_RATE && this.fill(v, absent))) this.giveUp(v, absent);
    }
    if (absent.count === before) return;
    plan.isClosed = true;
    absent.insert(this.inserter, this.backup);
    plan.isClosed = false;
  }

  private isShort(vehicle: number): boolean {
    const count = this.plan.countServed(vehicle);
    return count > 0 && count < this.least[vehicle];
  }

  private fill(vehicle: number, absent: AbsentTasks): boolean {
    while (this.isShort(vehicle)) {
      const task = this.findCheapest(vehicle);
      if (task < 0 || !this.canSpare(task)) return false;
      const from = this.plan.vehicleOf[task];
      this.backup.save(from);
      this.unlink(task);
      this.dropper?.drop(from);
      this.plan.refreshRoute(from);
      if (!this.inserter.searchOn(task, vehicle)) {
        absent.addOne(task);
        return false;
      }
      this.backup.save(vehicle);
      this.inserter.apply(task);
    }
    return true;
  }

  /** The task of a route with some to spare that costs least to bring over; −1 where none can come. */
  private findCheapest(vehicle: number): number {
    const { plan } = this;
    const { nTasks, mate, isPickup, nVehicles } = plan.problem;
    let best = -1;
    let bestCost = Infinity;
    for (let from = 0; from < nVehicles; from++) {
      if (from === vehicle || plan.taskCount[from] === 0) continue;
      const spare = plan.countServed(from) - Math.max(1, this.least[from]);
      for (let task = plan.next[nTasks + from]; task < nTasks; task = plan.next[task]) {
        const isSecond = mate[task] >= 0 && isPickup[task] === 0;
        if (isSecond || task >= countServable(plan.problem) || spare < (mate[task] >= 0 ? 2 : 1) || this.isTied(task))
          continue;
        if (!this.inserter.searchOn(task, vehicle)) continue;
        const saved = this.measureSaving(task, from) + (mate[task] >= 0 ? this.measureSaving(mate[task], from) : 0);
        if (this.inserter.bestCost - saved >= bestCost) continue;
        bestCost = this.inserter.bestCost - saved;
        best = task;
      }
    }
    return best;
  }

  /** Without a task a route may take longer where a detour is the faster way. */
  private canSpare(task: number): boolean {
    const { plan, sequence } = this;
    const { nTasks, mate } = plan.problem;
    const vehicle = plan.vehicleOf[task];
    let count = 0;
    for (let node = plan.next[nTasks + vehicle]; node < nTasks; node = plan.next[node]) {
      if (node !== task && node !== mate[task]) sequence[count++] = node;
    }
    return this.schedule.isFeasible(vehicle, sequence, count);
  }

  private isTied(task: number): boolean {
    const { mate } = this.plan.problem;
    if (this.pinned[task] !== 0 || (mate[task] >= 0 && this.pinned[mate[task]] !== 0)) return true;
    return this.orders !== undefined && this.orders.after[task].length + this.orders.before[task].length > 0;
  }

  private measureSaving(task: number, vehicle: number): number {
    const { next, prev, problem } = this.plan;
    const { location, nLocations, vehicleClass, costs } = problem;
    const legs = costs[vehicleClass[vehicle]];
    const [before, at, after] = [location[prev[task]], location[task], location[next[task]]];
    return legs[before * nLocations + at] + legs[at * nLocations + after] - legs[before * nLocations + after];
  }

  private giveUp(vehicle: number, absent: AbsentTasks): void {
    const { plan } = this;
    const { nTasks, mate, isPickup } = plan.problem;
    this.backup.save(vehicle);
    for (let task = plan.next[nTasks + vehicle]; task < nTasks; task = plan.next[nTasks + vehicle]) {
      plan.unlink(task);
      if (task >= countServable(plan.problem)) continue;
      if (mate[task] < 0 || isPickup[task] === 1) absent.addOne(task);
    }
    plan.refreshRoute(vehicle);
  }

  private unlink(task: number): void {
    this.plan.unlink(task);
    const other = this.plan.problem.mate[task];
    if (other >= 0) this.plan.unlink(other);
  }
}
