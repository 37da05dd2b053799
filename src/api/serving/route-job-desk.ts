import type { ErrorCode, FieldFault } from "../../core/errors.ts";
import type { SearchProgress } from "../../models/routing/search-progress.ts";
import type { VroomSolution } from "../../models/routing/vroom-solution.ts";

/** A search for better and better routes, in memory of this process. Instants are RFC 3339. */
export interface RouteJob {
  readonly id: string;
  /** `cancelled` may have a solution too: the best at that moment. */
  readonly state: "queued" | "running" | "succeeded" | "cancelled" | "failed";
  readonly timeLimitSec: number;
  readonly seed: number;
  /** That search together; not more than there are cores. */
  readonly threads: number;
  readonly submittedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** The best plan found at each moment, oldest first; times count from the start of the search. */
  readonly progress: readonly SearchProgress[];
  readonly solution: VroomSolution | null;
  readonly error: { readonly code: ErrorCode; readonly detail: string; readonly errors: readonly FieldFault[] } | null;
}

export interface RouteJobRequest {
  readonly problem: unknown;
  readonly timeLimitSec: number;
  readonly seed: number;
  readonly threads: number;
}

/** Told of each change of a job: a better plan, or another state. */
export type RouteJobListener = (job: RouteJob) => void;

/** What the routes may do with jobs. */
export interface RouteJobDesk {
  /** Throws `ROUTE_INPUT_INVALID` with every faulty field, or `ROUTE_QUEUE_FULL`. */
  submit(request: RouteJobRequest): RouteJob;
  /** Throws `ROUTE_JOB_NOT_FOUND`. */
  get(id: string): RouteJob;
  /** Ends the search and resolves with what it has found; changes nothing where it had ended. Throws as `get`. */
  cancel(id: string): Promise<RouteJob>;
  /** Answers a function that ends it. */
  follow(id: string, listener: RouteJobListener): () => void;
  close(): Promise<void>;
}

export function hasEnded({ state }: RouteJob): boolean {
  return state !== "queued" && state !== "running";
}
