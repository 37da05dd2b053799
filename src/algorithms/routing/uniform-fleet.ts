import type { FleetProblem } from "./fleet-problem.ts";

/**
 * The plain problem that most requests are: vehicles all alike, jobs with one window and at most one kind of load. Searched
 * on flatter arrays than `FleetProblem`, several times faster.
 *
 * Row and column `depot` (= nTasks) of a matrix stand for the way from the start and to the end of every route.
 */
export interface UniformFleet {
  readonly nTasks: number;
  readonly nRoutes: number;
  readonly depot: number;
  /** Length of a row: nTasks + 1. */
  readonly stride: number;
  /** Cost from row to column, and its transpose, which keeps all that concerns one task in one row. */
  readonly cost: Float64Array;
  readonly costBack: Float64Array;
  readonly time: Float64Array;
  readonly timeBack: Float64Array;
  /** False where no window can ever be missed: times are then not looked at. */
  readonly isTimed: boolean;
  /** True where an insertion hardly ever makes a route cheaper: a half-made plan that is too dear can be given up. */
  readonly isMetric: boolean;
  /** Window of the start of service and time of service, the depot's last. */
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  readonly service: Float64Array;
  readonly demand: Float64Array;
  readonly capacity: number;
  /** Cost of using a route. */
  readonly fixedCost: number;
  readonly worth: Float64Array;
}

const TRIANGLES = 2000;
/** Distances are rounded or truncated: a detour may be shorter by this share of the longest leg. */
const ROUNDING = 0.002;

/** The problem in plain terms, or undefined where it has more to it. O(tasks²). */
export function readUniformFleet(problem: FleetProblem): UniformFleet | undefined {
  const { nTasks, nVehicles, nLocations, location, windowPtr, windows } = problem;
  if (!isUniform(problem)) return undefined;
  const stride = nTasks + 1;
  const fromRow = Int32Array.from({ length: stride }, (_, node) => location[node]);
  const toColumn = Int32Array.from({ length: stride }, (_, node) => location[node < nTasks ? node : node + nVehicles]);
  const pick = (matrix: Float64Array): Float64Array => {
    const picked = new Float64Array(stride * stride);
    for (let i = 0; i < stride; i++) {
      const row = fromRow[i] * nLocations;
      for (let j = 0; j < stride; j++) picked[i * stride + j] = matrix[row + toColumn[j]];
    }
    return picked;
  };
  const cost = pick(problem.costs[0]);
  const costBack = transpose(cost, stride);
  const isShared = problem.costs[0] === problem.durations[0];
  const time = isShared ? cost : pick(problem.durations[0]);
  const timeBack = isShared ? costBack : transpose(time, stride);
  const opens = new Float64Array(stride);
  const closes = new Float64Array(stride);
  const service = new Float64Array(stride);
  for (let node = 0; node < stride; node++) {
    opens[node] = windows[2 * windowPtr[node]];
    closes[node] = windows[2 * windowPtr[node] + 1];
    service[node] = problem.service[0][node];
  }
  closes[nTasks] = windows[2 * windowPtr[nTasks + nVehicles] + 1];
  const start = opens[nTasks];
  const latest = start + service.reduce((sum, one) => sum + one, 0) + findLongest(time) * (nTasks + 1);
  const demand = new Float64Array(nTasks);
  if (problem.nDims > 0) for (let t = 0; t < nTasks; t++) demand[t] = problem.delivery[t] + problem.pickup[t];
  return {
    nTasks,
    nRoutes: nVehicles,
    depot: nTasks,
    stride,
    cost,
    costBack,
    time,
    timeBack,
    isTimed: opens.some((open) => open > start) || closes.some((close) => close < latest),
    isMetric: isNearlyMetric(cost, stride, stride),
    opens,
    closes,
    service,
    demand,
    capacity: problem.nDims === 0 ? Infinity : problem.capacity[0],
    fixedCost: problem.fixedCost[0],
    worth: problem.worth,
  };
}

function isUniform(problem: FleetProblem): boolean {
  const { nTasks, nVehicles, nDims, location, windowPtr, windows } = problem;
  if (nTasks === 0 || nVehicles === 0 || problem.durations.length > 1 || nDims > 1) return false;
  for (let node = 0; node < nTasks + 2 * nVehicles; node++)
    if (windowPtr[node + 1] !== windowPtr[node] + 1) return false;
  if (problem.mate.some((mate) => mate >= 0) || problem.isAllowed.includes(0)) return false;
  if (problem.actionCost[0] !== 0 || problem.setup[0].some((setup, node) => setup !== 0 && node < nTasks)) return false;
  if (problem.delivery.some((load) => load !== 0) && problem.pickup.some((load) => load !== 0)) return false;
  for (let v = 0; v < nVehicles; v++) {
    const start = nTasks + v;
    const end = start + nVehicles;
    if (problem.breaks[v].length > 0 || problem.maxTasks[v] < nTasks) return false;
    if (problem.maxTravelTime[v] < Infinity || problem.maxDistance[v] < Infinity) return false;
    if (nDims > 0 && problem.capacity[v] !== problem.capacity[0]) return false;
    if (problem.fixedCost[v] !== problem.fixedCost[0]) return false;
    if (location[start] !== location[nTasks] || location[end] !== location[nTasks + nVehicles]) return false;
    if (problem.service[0][start] !== 0 || problem.service[0][end] !== 0) return false;
    for (const node of [start, end]) {
      const first = node === start ? nTasks : nTasks + nVehicles;
      if (windows[2 * windowPtr[node]] !== windows[2 * windowPtr[first]]) return false;
      if (windows[2 * windowPtr[node] + 1] !== windows[2 * windowPtr[first] + 1]) return false;
    }
  }
  return true;
}

/** Side of the squares in which a matrix is turned over: their rows stay in the processor's caches. */
const TILE = 32;

/** The matrix turned over; the same one where that changes nothing: half the memory, and kinder to the caches. */
function transpose(matrix: Float64Array, size: number): Float64Array {
  if (isSymmetric(matrix, size)) return matrix;
  const turned = new Float64Array(matrix.length);
  for (let top = 0; top < size; top += TILE) {
    for (let left = 0; left < size; left += TILE) {
      const right = Math.min(size, left + TILE);
      for (let i = top; i < Math.min(size, top + TILE); i++) {
        for (let j = left; j < right; j++) turned[j * size + i] = matrix[i * size + j];
      }
    }
  }
  return turned;
}

function isSymmetric(matrix: Float64Array, size: number): boolean {
  for (let top = 0; top < size; top += TILE) {
    for (let left = 0; left <= top; left += TILE) {
      for (let i = top; i < Math.min(size, top + TILE); i++) {
        const right = Math.min(i, left + TILE);
        for (let j = left; j < right; j++) if (matrix[i * size + j] !== matrix[j * size + i]) return false;
      }
    }
  }
  return true;
}

function findLongest(legs: Float64Array): number {
  let longest = 0;
  for (let i = 0; i < legs.length; i++) if (legs[i] > longest) longest = legs[i];
  return longest;
}

/** Whether hardly any detour is shorter than the way between `count` places. Looks at triangles spread evenly over the matrix, of which a row holds `stride`. */
export function isNearlyMetric(cost: Float64Array, count: number, stride: number): boolean {
  const longest = findLongest(cost);
  for (let k = 0; k < TRIANGLES; k++) {
    const a = (k * 7919) % count;
    const b = (k * 104_729 + 1) % count;
    const c = (k * 1_299_709 + 2) % count;
    if (a === b || b === c || a === c) continue;
    const detour = cost[a * stride + b] + cost[b * stride + c] - cost[a * stride + c];
    if (detour < -ROUNDING * longest) return false;
  }
  return true;
}
