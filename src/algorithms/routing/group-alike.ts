import type { FleetProblem } from "./fleet-problem.ts";

/** Vehicles that may take each other's routes at the same cost: the number of its group for each vehicle, from 0 on. Rules are not looked at. O(vehicles). */
export function groupAlike(problem: FleetProblem): Int32Array {
  const groups = new Map<string, number>();
  return Int32Array.from({ length: problem.nVehicles }, (_, vehicle) => {
    const key = describeVehicle(problem, vehicle);
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return group;
  });
}

function describeVehicle(problem: FleetProblem, vehicle: number): string {
  const { nTasks, nVehicles, nDims, location, windowPtr, windows } = problem;
  const describeNode = (node: number): unknown[] => [
    location[node],
    ...windows.subarray(2 * windowPtr[node], 2 * windowPtr[node + 1]),
  ];
  return JSON.stringify([
    problem.vehicleClass[vehicle],
    problem.fixedCost[vehicle],
    describeNode(nTasks + vehicle),
    describeNode(nTasks + nVehicles + vehicle),
    [...problem.capacity.subarray(vehicle * nDims, (vehicle + 1) * nDims)],
    // JSON has no Infinity.
    [problem.maxTasks[vehicle], problem.maxTravelTime[vehicle], problem.maxDistance[vehicle]].map(String),
    problem.breaks[vehicle],
  ]);
}
