/** A closed span of time, both ends included. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

/** A stop to serve once by one vehicle. All times of a problem are whole numbers of one unit, e.g. milliseconds. */
export interface RouteJob {
  /** Row and column in the matrices. */
  readonly node: number;
  /** Time before the service, spent unless the vehicle comes from the same node. */
  readonly setup: number;
  readonly service: number;
  /** Amount per dimension brought from the start of the route. */
  readonly delivery: readonly number[];
  /** Amount per dimension kept until the end of the route. */
  readonly pickup: readonly number[];
  /** What a vehicle must be able to do. */
  readonly skills: readonly number[];
  /** Greater is more worth serving when not all can be. */
  readonly priority: number;
  /** When work (setup, then service) may begin, ascending and apart; it may end later. Never empty. */
  readonly windows: readonly TimeWindow[];
}

export interface RouteVehicle {
  /** Node where the route begins or ends; undefined leaves that end open. */
  readonly startNode: number | undefined;
  readonly endNode: number | undefined;
  /** Greatest load per dimension. */
  readonly capacity: readonly number[];
  readonly skills: readonly number[];
  /** The route begins and ends inside this window. */
  readonly window: TimeWindow;
  /** Cost of using the vehicle at all. */
  readonly fixedCost: number;
  readonly maxTasks: number;
  /** Bounds on travel alone, without service and waiting; +Infinity where there is none. */
  readonly maxTravel: number;
  readonly maxDistance: number;
  /** node × node, row by row: from row to column. Vehicles of one profile share the arrays. */
  readonly durations: Float64Array;
  readonly distances: Float64Array;
  readonly costs: Float64Array;
}

export interface RoutingProblem {
  readonly nodeCount: number;
  /** Length of every `delivery`, `pickup` and `capacity`. */
  readonly dimensionCount: number;
  readonly jobs: readonly RouteJob[];
  readonly vehicles: readonly RouteVehicle[];
}

/** Which vehicle serves which jobs in which order: `routes[vehicle]` holds job numbers, empty for an unused vehicle. */
export interface RoutePlan {
  readonly routes: readonly (readonly number[])[];
  readonly unassigned: readonly number[];
}

export const UNLIMITED: TimeWindow = { start: 0, end: Number.MAX_SAFE_INTEGER };
