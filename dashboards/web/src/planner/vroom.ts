/** The parts of VROOM's format that the page reads; the API refuses what is wrong with the rest. */
export interface RouteProblem {
  readonly jobs?: readonly ProblemTask[];
  readonly shipments?: readonly ProblemShipment[];
  readonly vehicles: readonly ProblemVehicle[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export interface ProblemTask {
  readonly id: number;
  readonly skills?: readonly number[];
  readonly locked_vehicle?: number;
  /** Ids of jobs that the same vehicle must have served before. */
  readonly after?: readonly number[];
  readonly [field: string]: unknown;
}

export interface ProblemShipment {
  readonly pickup: ProblemTask;
  readonly delivery: ProblemTask;
  readonly locked_vehicle?: number;
  readonly skills?: readonly number[];
  readonly [field: string]: unknown;
}

export interface ProblemVehicle {
  readonly id: number;
  readonly capacity?: readonly number[];
  readonly skills?: readonly number[];
  readonly max_tasks?: number;
  readonly max_travel_time?: number;
  readonly max_distance?: number;
  readonly steps?: readonly { readonly type: PlanStep["type"]; readonly id?: number }[];
  readonly locked_steps?: number;
  readonly max_trips?: number;
  readonly min_tasks?: number;
  readonly breaks?: readonly { readonly id: number; readonly max_load?: readonly number[] }[];
  readonly [field: string]: unknown;
}

export interface Violation {
  readonly cause: string;
  readonly duration?: number;
}

export type TaskKind = "job" | "pickup" | "delivery";

/** Of what is due: seconds that service begins later, and what that costs. */
export interface Lateness {
  readonly lateness?: number;
  readonly lateness_cost?: number;
}

export interface PlanStep extends Lateness {
  readonly type: TaskKind | "start" | "reload" | "break" | "end";
  readonly id?: number;
  readonly description?: string;
  readonly location?: readonly [number, number];
  readonly arrival: number;
  readonly duration: number;
  readonly distance?: number;
  readonly setup: number;
  readonly service: number;
  readonly waiting_time: number;
  readonly load?: readonly number[];
  readonly violations: readonly Violation[];
}

export interface PlanRoute extends Lateness {
  readonly vehicle: number;
  readonly description?: string;
  readonly cost: number;
  readonly duration: number;
  readonly distance?: number;
  readonly steps: readonly PlanStep[];
  readonly violations: readonly Violation[];
}

export interface UnassignedTask {
  readonly id: number;
  readonly type: TaskKind;
  readonly location?: readonly [number, number];
  readonly reason: string;
  readonly nearest_miss?: { readonly vehicle: number; readonly violations: readonly Violation[] };
}

export interface RoutePlan {
  readonly summary: Lateness & {
    readonly cost: number;
    readonly routes: number;
    readonly unassigned: number;
    readonly duration: number;
    readonly distance?: number;
    readonly violations: readonly Violation[];
  };
  readonly unassigned: readonly UnassignedTask[];
  readonly routes: readonly PlanRoute[];
}

/** The best plan at a moment of a search. */
export interface SearchProgress {
  readonly elapsedMs: number;
  readonly cost: number;
  readonly unassigned: number;
}

export interface RouteJob {
  readonly id: string;
  readonly state: "queued" | "running" | "succeeded" | "cancelled" | "failed";
  readonly solution: RoutePlan | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

/** How a task is named on the page; pickups and deliveries have ids of their own. */
export function nameOfTask({ type, id }: { readonly type: string; readonly id?: number }): string {
  return `${type} ${id ?? ""}`.trim();
}
