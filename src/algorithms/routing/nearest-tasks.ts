import type { FleetProblem } from "./fleet-problem.ts";
import { keepLightest } from "./keep-lightest.ts";
import { countServable } from "./trip-loads.ts";

/** Breaks ties between tasks at no cost from each other by time. */
const TIME_WEIGHT = 1e-3;

/**
 * For each task the `count` other tasks that are cheapest to go to and come from (by the first class of vehicles), nearest
 * first: `Int32Array[T × count]`. The mate of a shipment comes like any other. O(T² + T · count²).
 */
export function listNearestTasks(problem: FleetProblem, count: number): Int32Array {
  const { nLocations, location } = problem;
  const nTasks = countServable(problem);
  const costs = problem.costs[0];
  const durations = problem.durations[0];
  const kept = Math.max(0, Math.min(count, nTasks - 1));
  const nearest = new Int32Array(nTasks * kept);
  if (kept === 0) return nearest;
  const row = new Float64Array(nTasks);
  const closeness = new Float64Array(kept);
  for (let task = 0; task < nTasks; task++) {
    for (let other = 0; other < nTasks; other++) {
      const there = location[task] * nLocations + location[other];
      const back = location[other] * nLocations + location[task];
      row[other] = costs[there] + costs[back] + TIME_WEIGHT * (durations[there] + durations[back]);
    }
    keepLightest(row, task, nearest, kept, closeness);
  }
  return nearest;
}
