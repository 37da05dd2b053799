import type { TravelBasis } from "./vroom-problem.ts";
import type { UnassignedExplanation } from "./explain-unassigned.ts";

/** What VROOM says of a place: coordinates and matrix index, as far as the problem gave them. */
interface VroomPlace {
  readonly location?: readonly [number, number];
  readonly location_index?: number;
  readonly description?: string;
}

export type ViolationCause =
  | "lead_time"
  | "delay"
  | "load"
  | "max_tasks"
  | "skills"
  | "precedence"
  | "missing_break"
  | "max_travel_time"
  | "max_load"
  | "max_distance"
  | "max_duration"
  | "max_ride_time"
  | "locked_vehicle"
  | "max_vehicles"
  | "min_vehicles"
  | "min_tasks"
  | "max_trips";

/** A broken rule, in plan mode; by how many seconds for times. */
export interface VroomViolation {
  readonly cause: ViolationCause;
  readonly duration?: number;
}

export interface VroomStep extends VroomPlace {
  readonly type: "start" | "job" | "pickup" | "delivery" | "reload" | "break" | "end";
  readonly id?: number;
  /** VROOM's older name for the id of a task. */
  readonly job?: number;
  /** Seconds: on the clock of the time windows. */
  readonly arrival: number;
  /** Travel since the start of the route. */
  readonly duration: number;
  readonly distance?: number;
  readonly setup: number;
  readonly service: number;
  readonly waiting_time: number;
  readonly load?: readonly number[];
  /** Beyond VROOM, of a task that is due: seconds that service begins later, and what that costs. */
  readonly lateness?: number;
  readonly lateness_cost?: number;
  readonly violations: readonly VroomViolation[];
}

export interface VroomTotals {
  readonly cost: number;
  readonly delivery?: readonly number[];
  /** VROOM's older name for `delivery`. */
  readonly amount?: readonly number[];
  readonly pickup?: readonly number[];
  readonly setup: number;
  readonly service: number;
  readonly duration: number;
  readonly waiting_time: number;
  readonly priority: number;
  readonly distance?: number;
  /** Beyond VROOM: grams of CO₂, where vehicles state their `emissions`. */
  readonly co2_g?: number;
  /** Beyond VROOM, where tasks are due: seconds of all lateness, and the part of `cost` that it is. */
  readonly lateness?: number;
  readonly lateness_cost?: number;
  readonly violations: readonly VroomViolation[];
}

export interface VroomRoute extends VroomTotals {
  readonly vehicle: number;
  readonly description?: string;
  readonly steps: readonly VroomStep[];
}

/** Beyond VROOM: why, as a code and in words, and which vehicle misses by how much. */
export interface VroomUnassigned extends VroomPlace, UnassignedExplanation {
  readonly id: number;
  readonly type: "job" | "pickup" | "delivery";
}

export interface StabilityReport {
  readonly cost: number;
  /** Tasks that another vehicle serves. */
  readonly moved: readonly { readonly type: string; readonly id: number; readonly from: number; readonly to: number }[];
  /** Tasks that their vehicle serves right after one that its steps have later. */
  readonly reordered: readonly { readonly type: string; readonly id: number; readonly vehicle: number }[];
}

export interface BalanceReport {
  readonly by: "time" | "tasks";
  readonly cost: number;
  readonly longest: number;
  readonly shortest: number;
}

/** A solution in VROOM's format. Times are whole seconds. */
export interface VroomSolution {
  readonly code: 0;
  readonly summary: VroomTotals & {
    readonly routes: number;
    readonly unassigned: number;
    /** Beyond VROOM, with `min_vehicles`: so many routes fewer than asked for. */
    readonly missing_vehicles?: number;
    /** Milliseconds. Zeros where the budget was counted in iterations, so that answers are the same every time. */
    readonly computing_times: { readonly loading: number; readonly solving: number; readonly routing: number };
    /** Beyond VROOM, with `stability_cost` or `reorder_cost`: what departs from the given steps. Its cost is not in `cost`. */
    readonly stability?: StabilityReport;
    /** Beyond VROOM, with `balance`: the routes with most and least work or tasks. Its cost is not in `cost`. */
    readonly balance?: BalanceReport;
    /** Beyond VROOM: where travel times came from. */
    readonly travel_basis: TravelBasis;
    /** Between coordinates: kilometres an hour assumed for each profile, and metres driven a metre of great circle. */
    readonly assumed_speed_kmh?: Readonly<Record<string, number>>;
    readonly road_factor?: number;
  };
  readonly unassigned: readonly VroomUnassigned[];
  readonly routes: readonly VroomRoute[];
}
