import type { FleetProblem } from "./fleet-problem.ts";

/** For each task the `count` other tasks that are cheapest to go to or come from (class 0), nearest first: `Int32Array[T × count]`. O(T² log T). */
export function listNearestTasks(problem: FleetProblem, count: number): Int32Array {
  const { nTasks, nLocations, location } = problem;
  const costs = problem.costs[0];
  const kept = Math.min(count, nTasks - 1);
  const nearest = new Int32Array(nTasks * kept);
  const order = Array.from({ length: nTasks }, (_, i) => i);
  const closeness = new Float64Array(nTasks);
  for (let task = 0; task < nTasks; task++) {
    const at = location[task];
    for (let other = 0; other < nTasks; other++) {
      closeness[other] = costs[at * nLocations + location[other]] + costs[location[other] * nLocations + at];
    }
    closeness[task] = Infinity;
    const sorted = order.slice().sort((a, b) => closeness[a] - closeness[b] || a - b);
    for (let k = 0; k < kept; k++) nearest[task * kept + k] = sorted[k];
  }
  return nearest;
}
