import type { UnassignedReason } from "../../algorithms/routing/explain-unassigned.ts";

/** What VROOM says of a place: coordinates and matrix index, as far as the problem gave them. */
interface VroomPlace {
  readonly location?: readonly [number, number];
  readonly location_index?: number;
  readonly description?: string;
}

export interface VroomStep extends VroomPlace {
  readonly type: "start" | "job" | "end";
  readonly id?: number;
  /** Seconds: on the clock of the time windows. */
  readonly arrival: number;
  /** Travel since the start of the route. */
  readonly duration: number;
  readonly distance?: number;
  readonly setup: number;
  readonly service: number;
  readonly waiting_time: number;
  readonly load: readonly number[];
  /** Always empty: a route that breaks a rule is never given. */
  readonly violations: readonly [];
}

export interface VroomTotals {
  readonly cost: number;
  readonly delivery: readonly number[];
  readonly pickup: readonly number[];
  readonly setup: number;
  readonly service: number;
  readonly duration: number;
  readonly waiting_time: number;
  readonly priority: number;
  readonly distance?: number;
  readonly violations: readonly [];
}

export interface VroomRoute extends VroomTotals {
  readonly vehicle: number;
  readonly description?: string;
  readonly steps: readonly VroomStep[];
}

export interface VroomUnassigned extends VroomPlace {
  readonly id: number;
  readonly type: "job";
  /** Beyond VROOM: why, as a code and in words. */
  readonly reason: UnassignedReason;
  readonly explanation: string;
}

/** A solution in VROOM's format. Times are whole seconds. */
export interface VroomSolution {
  readonly code: 0;
  readonly summary: VroomTotals & {
    readonly routes: number;
    readonly unassigned: number;
    /** Beyond VROOM: where travel times came from. */
    readonly travel_basis: "matrix" | "great-circle";
    /** Kilometres an hour assumed between coordinates. */
    readonly assumed_speed_kmh?: number;
  };
  readonly unassigned: readonly VroomUnassigned[];
  readonly routes: readonly VroomRoute[];
}
