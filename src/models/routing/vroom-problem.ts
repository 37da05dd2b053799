import type { TimeWindow } from "../../algorithms/routing/routing-problem.ts";

/** Where something is: a node of the matrices. */
export interface Place {
  readonly node: number;
  /** [longitude, latitude] where the problem gave it. */
  readonly location: readonly [number, number] | undefined;
  readonly locationIndex: number | undefined;
}

/** A job as VROOM's format states it, with defaults filled in. Times are seconds. */
export interface VroomJob {
  readonly id: number;
  readonly description: string | undefined;
  readonly place: Place;
  readonly setup: number;
  readonly service: number;
  readonly delivery: readonly number[];
  readonly pickup: readonly number[];
  readonly skills: readonly number[];
  readonly priority: number;
  readonly timeWindows: readonly TimeWindow[];
}

export interface VroomVehicle {
  readonly id: number;
  readonly description: string | undefined;
  readonly profile: string;
  readonly start: Place | undefined;
  readonly end: Place | undefined;
  readonly capacity: readonly number[];
  readonly skills: readonly number[];
  readonly timeWindow: TimeWindow | undefined;
  readonly costs: { readonly fixed: number; readonly perHour: number; readonly perKm: number };
  readonly speedFactor: number;
  readonly maxTasks: number;
  readonly maxTravelTime: number;
  readonly maxDistance: number;
}

/** Matrices of one profile, row by row; seconds, metres and cost units. */
export interface VroomMatrices {
  readonly durations: Float64Array;
  readonly distances: Float64Array | undefined;
  readonly costs: Float64Array | undefined;
}

export interface VroomProblem {
  readonly jobs: readonly VroomJob[];
  readonly vehicles: readonly VroomVehicle[];
  readonly dimensionCount: number;
  readonly nodeCount: number;
  /** "matrix" as given, or "great-circle" between coordinates. */
  readonly travelBasis: "matrix" | "great-circle";
  readonly matrices: ReadonlyMap<string, VroomMatrices>;
}
