import type { Rng } from "../../core/rng.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { Inserter } from "./insertion.ts";
import { listNearestTasks } from "./nearest-tasks.ts";
import { RoutePlan } from "./route-plan.ts";
import { StringRemoval } from "./string-removal.ts";

export interface SearchOptions {
  readonly rng: Rng;
  /** Share of the budget used so far, 0..1; the search ends at 1. Asked every few hundred iterations. */
  readonly spent: (iteration: number) => number;
  readonly onImprovement?: (cost: number, iteration: number) => void;
}

export interface SearchResult {
  /** Tasks of each vehicle in order. */
  readonly routes: Int32Array[];
  readonly cost: number;
  readonly iterations: number;
}

const NEIGHBOURS = Number((globalThis as any).process?.env?.KN ?? 100);
const ASK_EVERY = 64;

/**
 * Slack induction by string removals: take out strings of adjacent tasks, insert them again greedily with blinks, accept by
 * simulated annealing. Source: Christiaens and Vanden Berghe, Transportation Science 54(2), 2020.
 * Memory O(tasks × neighbours); an iteration costs about the tasks taken out × neighbours.
 */
export function ruinAndRecreate(problem: FleetProblem, options: SearchOptions): SearchResult {
  const { rng } = options;
  const plan = new RoutePlan(problem);
  const nNeighbours = Math.min(NEIGHBOURS, Math.max(0, problem.nTasks - 1));
  const neighbours = listNearestTasks(problem, nNeighbours);
  const backup = new RouteBackup(plan);
  const inserter = new Inserter(plan, neighbours, nNeighbours, rng);
  const removal = new StringRemoval(plan, neighbours, nNeighbours, rng, (vehicle) => backup.save(vehicle));
  const orders = new InsertionOrders(problem, rng);

  const absent = new Int32Array(problem.nTasks);
  let nAbsent = 0;
  for (let t = 0; t < problem.nTasks; t++) absent[nAbsent++] = t;
  const recreate = (): void => {
    orders.sort(absent, nAbsent);
    let left = 0;
    for (let i = 0; i < nAbsent; i++) {
      const task = absent[i];
      if (inserter.search(task)) {
        backup.save(inserter.bestVehicle);
        inserter.apply(task);
      } else {
        absent[left++] = task;
      }
    }
    nAbsent = left;
  };

  const absentCost = (): number => {
    let sum = 0;
    for (let i = 0; i < nAbsent; i++) sum += problem.absenceCost[absent[i]];
    return sum;
  };

  recreate();
  let routesCost = plan.routeCost.reduce((sum, cost) => sum + cost, 0);
  let current = routesCost + absentCost();
  let best = current;
  let bestNext = plan.next.slice();
  const scale = routesCost / Math.max(1, problem.nTasks);
  const hot = scale * HOT;
  const cold = scale * COLD;
  const previousAbsent = new Int32Array(problem.nTasks);
  let temperature = hot;
  let iteration = 0;
  for (; ; iteration++) {
    if (iteration % ASK_EVERY === 0) {
      const spent = options.spent(iteration);
      if (spent >= 1) break;
      temperature = hot * (cold / hot) ** spent;
    }
    backup.begin();
    const nPrevious = nAbsent;
    for (let i = 0; i < nAbsent; i++) previousAbsent[i] = absent[i];
    let used = 0;
    for (let v = 0; v < problem.nVehicles; v++) if (plan.taskCount[v] > 0) used++;
    removal.run((problem.nTasks - nAbsent) / Math.max(1, used));
    for (let i = 0; i < removal.removedCount; i++) absent[nAbsent++] = removal.removed[i];
    recreate();

    const candidateRoutes = routesCost + backup.costChange();
    const candidate = candidateRoutes + absentCost();
    if (candidate < current - temperature * Math.log(rng.next())) {
      routesCost = candidateRoutes;
      current = candidate;
      if (candidate < best - 1e-9) {
        best = candidate;
        bestNext.set(plan.next);
        options.onImprovement?.(best, iteration);
      }
    } else {
      backup.restore();
      nAbsent = nPrevious;
      for (let i = 0; i < nPrevious; i++) absent[i] = previousAbsent[i];
    }
  }
  return { routes: readRoutes(problem, bestNext), cost: best, iterations: iteration };
}

const HOT = Number((globalThis as any).process?.env?.HOT ?? 0.35);
const COLD = Number((globalThis as any).process?.env?.COLD ?? 0.0035);

function readRoutes(problem: FleetProblem, next: Int32Array): Int32Array[] {
  return Array.from({ length: problem.nVehicles }, (_, v) => {
    const tasks: number[] = [];
    for (let node = next[problem.nTasks + v]; node < problem.nTasks; node = next[node]) tasks.push(node);
    return Int32Array.from(tasks);
  });
}

/** Remembers the routes that an iteration changes, so that a rejected candidate is undone at the cost of what it touched. */
class RouteBackup {
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
      plan.refreshRoute(vehicle);
    }
  }
}

/** The orders in which absent tasks are inserted: random, by demand, by distance, by window; drawn by weight. */
class InsertionOrders {
  private readonly rng: Rng;
  private readonly keys: Float64Array[];
  private readonly weights: number[];
  private readonly totalWeight: number;
  private readonly randomKey: Float64Array;

  constructor(problem: FleetProblem, rng: Rng) {
    const { nTasks, nDims, nLocations, location, windowPtr, windows } = problem;
    this.rng = rng;
    this.randomKey = new Float64Array(nTasks);
    const size = new Float64Array(nTasks);
    const far = new Float64Array(nTasks);
    const width = new Float64Array(nTasks);
    const opens = new Float64Array(nTasks);
    const closes = new Float64Array(nTasks);
    const depot = location[nTasks];
    let hasWindows = false;
    for (let t = 0; t < nTasks; t++) {
      for (let d = 0; d < nDims; d++) size[t] -= problem.delivery[t * nDims + d] + Math.abs(problem.pickup[t * nDims + d]);
      far[t] = -problem.costs[0][depot * nLocations + location[t]];
      for (let k = windowPtr[t]; k < windowPtr[t + 1]; k++) width[t] += windows[2 * k + 1] - windows[2 * k];
      opens[t] = windows[2 * windowPtr[t]];
      closes[t] = -windows[2 * windowPtr[t + 1] - 1];
      if (width[t] < windows[2 * windowPtr[nTasks] + 1] - windows[2 * windowPtr[nTasks]]) hasWindows = true;
    }
    const close = far.map((value) => -value);
    this.keys = [this.randomKey, size, far, close, width, opens, closes];
    this.weights = hasWindows ? [4, 4, 2, 1, 2, 2, 2] : [4, 4, 2, 1];
    this.totalWeight = this.weights.reduce((sum, weight) => sum + weight, 0);
  }

  sort(tasks: Int32Array, count: number): void {
    let draw = this.rng.next() * this.totalWeight;
    let chosen = 0;
    while (draw >= this.weights[chosen]) draw -= this.weights[chosen++];
    const key = this.keys[chosen];
    if (chosen === 0) for (let i = 0; i < count; i++) key[tasks[i]] = this.rng.next();
    for (let i = 1; i < count; i++) {
      const task = tasks[i];
      let j = i - 1;
      while (j >= 0 && key[tasks[j]] > key[task]) {
        tasks[j + 1] = tasks[j];
        j--;
      }
      tasks[j + 1] = task;
    }
  }
}
