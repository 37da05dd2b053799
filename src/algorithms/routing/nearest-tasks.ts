import type { FleetProblem } from "./fleet-problem.ts";
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
  const closeness = new Float64Array(kept);
  for (let task = 0; task < nTasks; task++) {
    const first = task * kept;
    let found = 0;
    for (let other = 0; other < nTasks; other++) {
      if (other === task) continue;
      const there = location[task] * nLocations + location[other];
      const back = location[other] * nLocations + location[task];
      const value = costs[there] + costs[back] + TIME_WEIGHT * (durations[there] + durations[back]);
      if (found === kept && value >= closeness[kept - 1]) continue;
      let at = found < kept ? found++ : kept - 1;
      for (; at > 0 && closeness[at - 1] > value; at--) {
        closeness[at] = closeness[at - 1];
        nearest[first + at] = nearest[first + at - 1];
      }
      closeness[at] = value;
      nearest[first + at] = other;
    }
  }
  return nearest;
}
