import { slownessOf } from "./build-fleet-problem.ts";
import type { Place, VroomMatrices, VroomProblem, VroomVehicle } from "./vroom-problem.ts";

/** Time (hundredths of a second), distance (m) and given cost of a leg; all zero to or from an open end. */
export interface TravelLegs {
  duration(from: Place | undefined, to: Place | undefined): number;
  distance(from: Place | undefined, to: Place | undefined): number;
  /** The matrix of costs, where the problem gave one. */
  readonly cost: ((from: Place | undefined, to: Place | undefined) => number) | undefined;
}

export function legsOf(problem: VroomProblem, vehicle: VroomVehicle): TravelLegs {
  const { durations, distances, costs } = problem.matrices.get(vehicle.profile) as VroomMatrices;
  const slowness = slownessOf(vehicle);
  const read =
    (table: Float64Array) =>
    (from: Place | undefined, to: Place | undefined): number =>
      from === undefined || to === undefined ? 0 : (table[from.node * problem.nodeCount + to.node] as number);
  const seconds = read(durations);
  return {
    duration: (from, to) => Math.round(slowness * seconds(from, to)),
    distance: distances === undefined ? () => 0 : read(distances),
    cost: costs === undefined ? undefined : read(costs),
  };
}
