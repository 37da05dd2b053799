import type { UniformFleet } from "./uniform-fleet.ts";

/** Which tasks are worth standing beside: `[T × count]` each, best first; −1 where fewer remain. */
export interface UniformNeighbours {
  readonly count: number;
  /** Tasks that may go directly before, or directly after, without missing a window. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** Tasks close by, whatever their windows: `[T × nearCount]`. */
  readonly near: Int32Array;
  readonly nearCount: number;
}

/** Cost of waiting, as a share of the cost of the same time on the road (Kool et al., DIMACS 2021; PyVRP). */
const WAIT_WEIGHT = 0.2;

/** O(T² + T · count² · log(T / count)). */
export function listUniformNeighbours(fleet: UniformFleet, count: number, nearCount: number): UniformNeighbours {
  const { nTasks, stride, cost, time, isTimed, opens, closes, service, depot } = fleet;
  const kept = Math.min(count, nTasks - 1);
  const keptNear = Math.min(nearCount, nTasks - 1);
  let sumCost = 0;
  let sumTime = 0;
  for (let i = 0; i < cost.length; i++) {
    sumCost += cost[i];
    sumTime += time[i];
  }
  const costOfTime = sumTime > 0 ? sumCost / sumTime : 0;
  /** Weight of the leg from a to b; Infinity where b would always be late. */
  const weigh = (a: number, b: number): number => {
    const leg = cost[a * stride + b];
    if (!isTimed) return leg;
    const begin = Math.max(opens[a], opens[depot] + time[depot * stride + a]) + service[a] + time[a * stride + b];
    if (begin > closes[b]) return Infinity;
    const wait = opens[b] - (closes[a] + service[a] + time[a * stride + b]);
    return leg + (wait > 0 ? WAIT_WEIGHT * wait * costOfTime : 0);
  };
  const before = new Int32Array(nTasks * kept).fill(-1);
  const after = new Int32Array(nTasks * kept).fill(-1);
  const near = new Int32Array(nTasks * keptNear).fill(-1);
  const weights = new Float64Array(Math.max(kept, keptNear));
  /** Keeps the lightest `width`, sorted, of all others. */
  const fill = (list: Int32Array, width: number, task: number, weight: (other: number) => number): void => {
    const first = task * width;
    let found = 0;
    for (let other = 0; other < nTasks; other++) {
      const value = other === task ? Infinity : weight(other);
      if (value === Infinity || (found === width && value >= weights[found - 1])) continue;
      let at = found < width ? found++ : width - 1;
      for (; at > 0 && weights[at - 1] > value; at--) {
        weights[at] = weights[at - 1];
        list[first + at] = list[first + at - 1];
      }
      weights[at] = value;
      list[first + at] = other;
    }
  };
  for (let task = 0; task < nTasks; task++) {
    fill(before, kept, task, (other) => weigh(other, task));
    fill(after, kept, task, (other) => weigh(task, other));
    fill(near, keptNear, task, (other) => cost[task * stride + other] + cost[other * stride + task]);
  }
  return { count: kept, before, after, near, nearCount: keptNear };
}
