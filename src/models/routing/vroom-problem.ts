/** A closed span of time in seconds, both ends included. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

/** Where something is: a node of the matrices. */
export interface Place {
  readonly node: number;
  /** [longitude, latitude] where the problem gave it. */
  readonly location: readonly [number, number] | undefined;
  readonly locationIndex: number | undefined;
}

/**
 * A job, or one half of a shipment, as VROOM's format states it, with defaults filled in. Times are seconds. A pickup
 * stands right before its delivery in the list of tasks; both carry the shipment's priority, skills and amount. A reload is
 * never in that list: it belongs to a vehicle.
 */
export interface VroomTask {
  readonly kind: "job" | "pickup" | "delivery" | "reload";
  readonly id: number;
  readonly description: string | undefined;
  readonly place: Place;
  readonly setup: number;
  readonly service: number;
  readonly setupPerType: ReadonlyMap<string, number>;
  readonly servicePerType: ReadonlyMap<string, number>;
  readonly delivery: readonly number[];
  readonly pickup: readonly number[];
  readonly skills: readonly number[];
  readonly priority: number;
  /** Ascending and apart; empty for any time. */
  readonly timeWindows: readonly TimeWindow[];
  /** Beyond VROOM: when service should begin at the latest, and what an hour later costs; undefined for any time. */
  readonly due: { readonly by: number; readonly perHour: number } | undefined;
  /** Beyond VROOM: the id of the only vehicle that may serve it. */
  readonly lockedVehicle: number | undefined;
  /** Beyond VROOM, of a pickup and its delivery: seconds from leaving the one to arriving at the other; Infinity without a limit. */
  readonly maxRideTime: number;
  /** Beyond VROOM: ids of jobs that the same vehicle must have served before. */
  readonly after: readonly number[];
}

export interface VroomBreak {
  readonly id: number;
  readonly description: string | undefined;
  readonly service: number;
  readonly timeWindows: readonly TimeWindow[];
  readonly maxLoad: readonly number[] | undefined;
}

/** One of a vehicle's `steps`: the order to start from, or in plan mode to follow. */
export interface VroomPlanStep {
  readonly kind: "start" | "job" | "pickup" | "delivery" | "reload" | "break" | "end";
  /** Place in the list of tasks, or of the vehicle's breaks or reloads; −1 for start and end. */
  readonly index: number;
  readonly serviceAt: number | undefined;
  readonly serviceAfter: number | undefined;
  readonly serviceBefore: number | undefined;
}

export interface VroomVehicle {
  readonly id: number;
  readonly description: string | undefined;
  readonly profile: string;
  readonly type: string;
  readonly start: Place | undefined;
  readonly end: Place | undefined;
  readonly capacity: readonly number[];
  readonly skills: readonly number[];
  readonly timeWindow: TimeWindow | undefined;
  readonly breaks: readonly VroomBreak[];
  readonly costs: {
    readonly fixed: number;
    readonly perHour: number;
    readonly perKm: number;
    readonly perTaskHour: number;
  };
  readonly speedFactor: number;
  readonly maxTasks: number;
  readonly maxTravelTime: number;
  readonly maxDistance: number;
  /** Beyond VROOM: grams of CO₂ a kilometre. */
  readonly emissions: number | undefined;
  /** Beyond VROOM: seconds from start to end of the route, waiting and breaks included; Infinity without a limit. */
  readonly maxDuration: number;
  /** Beyond VROOM: trips at most, one more than reloads; and where it may reload. */
  readonly maxTrips: number;
  readonly reloads: readonly VroomTask[];
  /** Beyond VROOM: tasks it serves at least, if it is used; not where steps are locked. */
  readonly minTasks: number;
  /** Beyond VROOM: so many tasks of `steps` stay first, in their order, on this vehicle. */
  readonly lockedSteps: number;
  readonly steps: readonly VroomPlanStep[];
}

export type TravelBasis = "matrix" | "great-circle" | "osrm" | "valhalla";

/** Matrices of one profile, row by row; seconds, metres and cost units. */
export interface VroomMatrices {
  readonly durations: Float64Array;
  readonly distances: Float64Array | undefined;
  readonly costs: Float64Array | undefined;
}

/** Beyond VROOM: what a plan costs on top of its routes. */
export interface PlanCosts {
  /** `options.stability_cost`, of each task of the given steps that another vehicle serves. */
  readonly move: number | undefined;
  /** `options.reorder_cost`, of each task that its vehicle serves right after one that its steps have later. */
  readonly reorder: number | undefined;
  /** `options.balance`: cost of each second of work, or each task, of the route that has most. */
  readonly balance: { readonly by: "time" | "tasks"; readonly cost: number } | undefined;
}

/** Beyond VROOM: from one second of every day up to another travel takes so many times as long as the matrix says. */
export interface TrafficPeriod {
  readonly from: number;
  readonly to: number;
  readonly factor: number;
}

export interface VroomProblem {
  readonly tasks: readonly VroomTask[];
  readonly vehicles: readonly VroomVehicle[];
  readonly dimensionCount: number;
  readonly nodeCount: number;
  /** "matrix" as given, "great-circle" between coordinates, or the router that was asked. */
  readonly travelBasis: TravelBasis;
  readonly matrices: ReadonlyMap<string, VroomMatrices>;
  /** Whether the request asks to time its `steps` (`options.c`) rather than to find better ones. */
  readonly isPlan: boolean;
  /** Beyond VROOM (`options.max_vehicles`): routes at most; Infinity without a limit. */
  readonly maxVehicles: number;
  /** Beyond VROOM (`options.min_vehicles`): routes at least, as far as no task is left out for it; undefined for any number. */
  readonly minVehicles: number | undefined;
  readonly planCosts: PlanCosts;
  /** Beyond VROOM: by profile, periods ascending and apart; none for a profile whose travel is the same all day. */
  readonly traffic: ReadonlyMap<string, readonly TrafficPeriod[]>;
}
