/**
 * A routing problem on flat arrays, immutable while it is solved.
 *
 * Nodes are numbered: tasks 0..T−1, then one start node for each vehicle (T+v), then one end node for each vehicle (T+V+v).
 * Locations are rows of the matrices; the extra last row and column are zero: the "nowhere" of an open start or end.
 */
export interface FleetProblem {
  readonly nTasks: number;
  readonly nVehicles: number;
  readonly nDims: number;
  /** Rows of a matrix, the nowhere row included. */
  readonly nLocations: number;

  /** Location of every node, `Int32Array[T + 2V]`. */
  readonly location: Int32Array;
  /** Seconds of setup, saved when the step before is at the same location; `[T + 2V]`. */
  readonly setup: Float64Array;
  readonly service: Float64Array;
  /** Time windows of node i: pairs `windows[2k], windows[2k+1]` for k in windowPtr[i]..windowPtr[i+1]. They bound the start of service. */
  readonly windowPtr: Int32Array;
  readonly windows: Float64Array;
  /** Loaded at the start of the route and brought to the task, `[T × D]`. */
  readonly delivery: Float64Array;
  /** Collected at the task and kept to the end of the route, `[T × D]`. For a shipment: +amount at pickup, −amount at delivery. */
  readonly pickup: Float64Array;
  /** The other half of a shipment, −1 for a single job. */
  readonly mate: Int32Array;
  /** 1 where the task is the first half of a shipment. */
  readonly isPickup: Uint8Array;
  /** Cost of leaving the task (or shipment: stored at both halves, counted once) unassigned. */
  readonly absenceCost: Float64Array;

  /** `[V × D]` */
  readonly capacity: Float64Array;
  /** Class of a vehicle: vehicles of one class are interchangeable. */
  readonly vehicleClass: Int32Array;
  /** 1 where a vehicle of the class may serve the task, `[C × T]`. */
  readonly isAllowed: Uint8Array;
  /** Matrices of a class, `[nLocations²]` each. */
  readonly durations: readonly Float64Array[];
  readonly costs: readonly Float64Array[];
  readonly distances: readonly Float64Array[];
  readonly fixedCost: Float64Array;
  readonly maxTasks: Int32Array;
  readonly maxTravelTime: Float64Array;
  readonly maxDistance: Float64Array;
}
