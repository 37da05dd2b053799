import * as fc from "fast-check";
import { createRng } from "../../../core/rng.ts";
import type { FleetProblem } from "../fleet-problem.ts";

/** Stops at random places on a square of 100; half of them with a window around a time at which a lone route can be there. */
export function createProblem(seed: number, nTasks: number, nVehicles: number, isTimed: boolean): FleetProblem {
  const rng = createRng(seed);
  const stops = Array.from({ length: nTasks + 1 }, () => ({ x: rng.nextInt(100), y: rng.nextInt(100) }));
  const nLocations = nTasks + 2;
  const legs = new Float64Array(nLocations ** 2);
  stops.forEach((a, i) =>
    stops.forEach((b, j) => (legs[i * nLocations + j] = Math.round(Math.hypot(a.x - b.x, a.y - b.y)))),
  );
  const nNodes = nTasks + 2 * nVehicles;
  const windows = new Float64Array(2 * nNodes);
  for (let node = 0; node < nNodes; node++) {
    const isBound = isTimed && node < nTasks && rng.next() < 0.5;
    windows[2 * node] = isBound ? legs[node + 1] + rng.nextInt(300) : 0;
    windows[2 * node + 1] = isBound ? windows[2 * node] + 30 : isTimed ? 1000 : 1e6;
  }
  return {
    nTasks,
    nVehicles,
    nDims: 1,
    nLocations,
    location: Int32Array.from({ length: nNodes }, (_, node) => (node < nTasks ? node + 1 : 0)),
    setup: [new Float64Array(nNodes)],
    service: [new Float64Array(nNodes).fill(5, 0, nTasks)],
    windowPtr: Int32Array.from({ length: nNodes + 1 }, (_, node) => node),
    windows,
    delivery: Float64Array.from({ length: nTasks }, () => 1 + rng.nextInt(9)),
    pickup: new Float64Array(nTasks),
    mate: new Int32Array(nTasks).fill(-1),
    isPickup: new Uint8Array(nTasks),
    worth: new Float64Array(nTasks).fill(1),
    capacity: new Float64Array(nVehicles).fill(30),
    vehicleClass: new Int32Array(nVehicles),
    isAllowed: new Uint8Array(nTasks).fill(1),
    durations: [legs],
    costs: [legs],
    distances: [legs],
    actionCost: new Float64Array(1),
    fixedCost: new Float64Array(nVehicles),
    maxTasks: new Int32Array(nVehicles).fill(nTasks),
    maxTravelTime: new Float64Array(nVehicles).fill(Infinity),
    maxDistance: new Float64Array(nVehicles).fill(Infinity),
    breaks: Array.from({ length: nVehicles }, () => []),
  };
}

/** Cost of the routes walked stop by stop; NaN where a load or a window is broken or a task is served twice. */
export function walk(problem: FleetProblem, routes: readonly Int32Array[]): { cost: number; served: number } {
  const { nLocations, windows, durations, service, delivery, capacity } = problem;
  let cost = 0;
  const seen = new Set<number>();
  routes.forEach((tasks, vehicle) => {
    let at = 0;
    let time = 0;
    let load = 0;
    for (const task of tasks) {
      if (seen.has(task)) cost = Number.NaN;
      seen.add(task);
      cost += durations[0][at * nLocations + task + 1];
      time = Math.max(time + durations[0][at * nLocations + task + 1], windows[2 * task]);
      if (time > windows[2 * task + 1]) cost = Number.NaN;
      time += service[0][task];
      load += delivery[task];
      at = task + 1;
    }
    cost += durations[0][at * nLocations];
    if (load > capacity[vehicle] || time + durations[0][at * nLocations] > windows[2 * (problem.nTasks + vehicle) + 1])
      cost = Number.NaN;
  });
  return { cost, served: seen.size };
}

/** Size, seed and kind of a problem for `createProblem`. */
export interface FleetShape {
  readonly seed: number;
  readonly nTasks: number;
  readonly nVehicles: number;
  readonly isTimed: boolean;
}

/** Shapes of up to so many tasks and vehicles. */
export function anyFleetShape(mostTasks: number, mostVehicles: number): fc.Arbitrary<FleetShape> {
  return fc.record({
    seed: fc.nat(),
    nTasks: fc.integer({ min: 1, max: mostTasks }),
    nVehicles: fc.integer({ min: 1, max: mostVehicles }),
    isTimed: fc.boolean(),
  });
}
