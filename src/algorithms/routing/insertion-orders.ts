import type { Rng } from "../../core/rng.ts";
import type { FleetProblem } from "./fleet-problem.ts";

/**
 * Where a plan leaves tasks out that are not all worth the same: how often the worthier go first, in one of the orders among equals. Else most plans
 * leave out what is worth more than before, and come to nothing; measured on drawn problems with more stops than room.
 */
const RANKED_RATE = 0.9;

/** The orders in which absent tasks are inserted: random, by demand, by distance, by window; drawn by weight, most often within tasks of the same worth. */
export class InsertionOrders {
  private readonly rng: Rng;
  private readonly keys: Float64Array[];
  private readonly weights: number[];
  private readonly totalWeight: number;
  private readonly randomKey: Float64Array;
  private readonly worth: Float64Array;
  private readonly isRanked: boolean;

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
      for (let d = 0; d < nDims; d++)
        size[t] -= problem.delivery[t * nDims + d] + Math.abs(problem.pickup[t * nDims + d]);
      far[t] = -problem.costs[0][depot * nLocations + location[t]];
      for (let k = windowPtr[t]; k < windowPtr[t + 1]; k++) width[t] += windows[2 * k + 1] - windows[2 * k];
      opens[t] = windows[2 * windowPtr[t]];
      closes[t] = -windows[2 * windowPtr[t + 1] - 1];
      if (width[t] < windows[2 * windowPtr[nTasks] + 1] - windows[2 * windowPtr[nTasks]]) hasWindows = true;
    }
    const close = far.map((value) => -value);
    const worth = problem.worth.map((value) => -value);
    this.worth = worth;
    const isRanked = problem.worth.some((value) => value !== problem.worth[0]);
    this.isRanked = isRanked;
    this.keys = [this.randomKey, size, far, close, worth, width, opens, closes];
    this.weights = [4, 4, 2, 1, isRanked ? 4 : 0, ...(hasWindows ? [2, 2, 2] : [])];
    this.totalWeight = this.weights.reduce((sum, weight) => sum + weight, 0);
  }

  /** `isShort`: whether the plan they were taken from leaves tasks out. */
  sort(tasks: Int32Array, count: number, isShort: boolean): void {
    let draw = this.rng.next() * this.totalWeight;
    let chosen = 0;
    while (draw >= this.weights[chosen]) draw -= this.weights[chosen++];
    const key = this.keys[chosen];
    if (chosen === 0) for (let i = 0; i < count; i++) key[tasks[i]] = this.rng.next();
    sortBy(key, tasks, count);
    if (this.isRanked && isShort && this.rng.next() < RANKED_RATE) sortBy(this.worth, tasks, count);
  }
}

/** Equals keep their order. */
function sortBy(key: Float64Array, tasks: Int32Array, count: number): void {
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
