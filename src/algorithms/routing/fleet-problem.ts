import type { TrafficDay } from "./traffic.ts";

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
  /** Per vehicle class `[T + 2V]`: time of setup, saved when the step before is at the same location, and of service. */
  readonly setup: readonly Float64Array[];
  readonly service: readonly Float64Array[];
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
  /** What is lost by leaving the task out; the least loss comes before the least cost. A shipment loses that of both halves. */
  readonly worth: Float64Array;

  /** `[V × D]` */
  readonly capacity: Float64Array;
  /** Class of a vehicle: vehicles of one class are interchangeable. */
  readonly vehicleClass: Int32Array;
  /** 1 where a vehicle of the class may serve the task, `[C × T]`. */
  readonly isAllowed: Uint8Array;
  /** Matrices of a class, `[nLocations²]` each; classes may share them. */
  readonly durations: readonly Float64Array[];
  readonly costs: readonly Float64Array[];
  readonly distances: readonly Float64Array[];
  /** Cost of a unit of time spent on setup and service, by class. */
  readonly actionCost: Float64Array;
  readonly fixedCost: Float64Array;
  readonly maxTasks: Int32Array;
  readonly maxTravelTime: Float64Array;
  readonly maxDistance: Float64Array;
  /** Breaks of each vehicle in the order in which they are taken. */
  readonly breaks: readonly (readonly FleetBreak[])[];
  /** Undefined for most problems. */
  readonly rules?: FleetRules | undefined;
}

/** Rules that concern whole routes, or tie tasks to their place. */
export interface FleetRules {
  /** Longest time from start to end of a route, by vehicle; Infinity without a limit. */
  readonly maxDuration: Float64Array;
  /** Longest time from leaving a pickup to arriving at its delivery `rideTo`, by task; Infinity without a limit. */
  readonly maxRide: Float64Array;
  readonly rideTo: Int32Array;
  readonly hasRides: boolean;
  /** So many vehicles may be used at most. */
  readonly maxUsed: number;
  /** So many vehicles are to be used, as far as no task is left out for it; 0 for any number. */
  readonly minUsed: number;
  /**
   * By node: 1 for a task of a locked prefix, which keeps its vehicle and its turn, before every other task; 2 for a task that
   * must stay served though it may move. Starting routes must hold all of them.
   */
  readonly pinned: Uint8Array;
  /** Tasks that must come before a task on its route, by task, and those that must come after it; undefined without such orders. */
  readonly orders:
    | { readonly after: readonly (readonly number[])[]; readonly before: readonly (readonly number[])[] }
    | undefined;
  /** When the service of a task should begin at the latest, Infinity for any time, and the cost of a unit of time later; undefined without. */
  readonly dues: { readonly due: Float64Array; readonly lateCost: Float64Array } | undefined;
  readonly stability: Stability | undefined;
  readonly balance: Balance | undefined;
  /** So many tasks a vehicle serves if it is used, by vehicle; undefined where none asks for any. */
  readonly minTasks: Int32Array | undefined;
  /**
   * By vehicle, how fast it gets on by the time of day, and what a unit of time on the way costs beyond `costs`, which
   * like `durations` then hold for the fastest time of day; undefined where the time of day is all the same.
   */
  readonly traffic: { readonly days: readonly (TrafficDay | undefined)[]; readonly timeCost: Float64Array } | undefined;
  readonly reloads: FleetReloads | undefined;
}

/**
 * Stops at a depot between two trips of a vehicle. What is to be delivered is loaded at the last of them before, or at the start; what
 * was picked up is unloaded at the next, or at the end; shipments stay on board. Each is a task of its own that a plan may do without.
 */
export interface FleetReloads {
  /** Tasks from this number on are reloads. */
  readonly first: number;
  /** Reloads of each vehicle: for each of its places so many equal ones as it may use. */
  readonly ofVehicle: readonly (readonly (readonly number[])[])[];
  /** So many a vehicle may use, by vehicle. */
  readonly most: Int32Array;
  /** 1 for the halves of shipments, by task. */
  readonly staysOnBoard: Uint8Array;
}

/** What it costs to depart from a running plan. */
export interface Stability {
  /** The vehicle of each task in the running plan, −1 for none, and its turn there. */
  readonly home: Int32Array;
  readonly turn: Int32Array;
  /** Cost of a task that another vehicle serves, and of one that its vehicle serves right after a later one of the plan. */
  readonly moveCost: number;
  readonly reorderCost: number;
}

/** What the longest route costs on top, so that work is shared. */
export interface Balance {
  readonly by: "time" | "tasks";
  /** Cost of each unit of time (travel, setup, service, breaks), or of each task, of the route that has most. */
  readonly cost: number;
  /** Time of all breaks, by vehicle. */
  readonly restTime: Float64Array;
}

/** A rest that a used vehicle takes, anywhere on its way, also while it travels. */
export interface FleetBreak {
  readonly service: number;
  /** Pairs of start and end, ascending: when it may begin. */
  readonly windows: readonly (readonly [number, number])[];
  /** Highest load of each dimension on board during the break; undefined without a limit. */
  readonly maxLoad: readonly number[] | undefined;
}
