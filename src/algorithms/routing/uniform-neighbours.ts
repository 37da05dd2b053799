import { keepLightest } from "./keep-lightest.ts";
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

/** O(T² + T · count² · log(T / count)); looks at one row of the matrices after the other. */
export function listUniformNeighbours(fleet: UniformFleet, count: number, nearCount: number): UniformNeighbours {
  const { nTasks } = fleet;
  const kept = Math.min(count, nTasks - 1);
  const keptNear = Math.min(nearCount, nTasks - 1);
  const before = new Int32Array(nTasks * kept).fill(-1);
  const after = new Int32Array(nTasks * kept).fill(-1);
  const near = new Int32Array(nTasks * keptNear).fill(-1);
  const bounds = findBounds(fleet);
  const row = new Float64Array(nTasks);
  const best = new Float64Array(Math.max(kept, keptNear));
  for (let task = 0; task < nTasks; task++) {
    weighBefore(fleet, bounds, task, row);
    keepLightest(row, task, before, kept, best);
    weighAfter(fleet, bounds, task, row);
    keepLightest(row, task, after, kept, best);
    weighNear(fleet, task, row);
    keepLightest(row, task, near, keptNear, best);
  }
  return { count: kept, before, after, near, nearCount: keptNear };
}

interface TaskBounds {
  /** Earliest and latest end of service, were the task the only one. */
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
  readonly costOfWaiting: number;
}

function findBounds(fleet: UniformFleet): TaskBounds {
  const { nTasks, stride, time, isTimed, opens, closes, service, depot } = fleet;
  const earliest = new Float64Array(nTasks);
  const latest = new Float64Array(nTasks);
  for (let task = 0; task < nTasks; task++) {
    earliest[task] = Math.max(opens[task], opens[depot] + time[depot * stride + task]) + service[task];
    latest[task] = closes[task] + service[task];
  }
  return { earliest, latest, costOfWaiting: WAIT_WEIGHT * (isTimed ? findCostOfTime(fleet) : 0) };
}

/** Writes what it weighs to go to a task from each other into `row`; Infinity where it would always be late. */
function weighBefore(fleet: UniformFleet, bounds: TaskBounds, task: number, row: Float64Array): void {
  const { nTasks, stride, costBack, timeBack, isTimed } = fleet;
  const { earliest, latest, costOfWaiting } = bounds;
  const first = task * stride;
  const open = fleet.opens[task];
  const close = fleet.closes[task];
  for (let other = 0; other < nTasks; other++) {
    let weight = costBack[first + other];
    if (isTimed) {
      const travel = timeBack[first + other];
      const wait = open - (latest[other] + travel);
      if (wait > 0) weight += wait * costOfWaiting;
      if (earliest[other] + travel > close) weight = Infinity;
    }
    row[other] = weight;
  }
}

/** The same for the way from a task to each other. */
function weighAfter(fleet: UniformFleet, bounds: TaskBounds, task: number, row: Float64Array): void {
  const { nTasks, stride, cost, time, isTimed, opens, closes } = fleet;
  const { costOfWaiting } = bounds;
  const first = task * stride;
  const earliest = bounds.earliest[task];
  const latest = bounds.latest[task];
  for (let other = 0; other < nTasks; other++) {
    let weight = cost[first + other];
    if (isTimed) {
      const travel = time[first + other];
      const wait = opens[other] - (latest + travel);
      if (wait > 0) weight += wait * costOfWaiting;
      if (earliest + travel > closes[other]) weight = Infinity;
    }
    row[other] = weight;
  }
}

function weighNear({ nTasks, stride, cost, costBack }: UniformFleet, task: number, row: Float64Array): void {
  const first = task * stride;
  for (let other = 0; other < nTasks; other++) row[other] = cost[first + other] + costBack[first + other];
}

function findCostOfTime({ cost, time }: UniformFleet): number {
  let sumCost = 0;
  let sumTime = 0;
  for (let i = 0; i < cost.length; i++) {
    sumCost += cost[i];
    sumTime += time[i];
  }
  return sumTime > 0 ? sumCost / sumTime : 0;
}
