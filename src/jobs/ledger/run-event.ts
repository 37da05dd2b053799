import type { ProcessIdentity } from "./process-identity.ts";

export type RunKind = "nightly" | "ingest";

export interface RunFailure {
  readonly code: string;
  readonly detail: string;
}

interface RunStarted {
  readonly event: "run.started";
  readonly runId: string;
  readonly kind: RunKind;
  readonly scheduledFor: string | null;
  readonly version: string;
  readonly process: ProcessIdentity;
}
/** A night that did not start because another run held the warehouse. The only line of its file. */
interface RunSkipped {
  readonly event: "run.skipped";
  readonly runId: string;
  readonly kind: RunKind;
  readonly scheduledFor: string | null;
  readonly error: RunFailure;
}
/** Known only once the ingest is through: the last day of order data, unless the caller gave a day. */
interface RunAsOf {
  readonly event: "run.as-of";
  readonly asOf: string;
}
interface RunHeartbeat {
  readonly event: "run.heartbeat";
}
interface RunFinished {
  readonly event: "run.finished";
  readonly state: "succeeded" | "failed";
  readonly releaseId: string | null;
  readonly error: RunFailure | null;
}
interface StepStarted {
  readonly event: "step.started";
  readonly step: string;
  readonly attempt: number;
}
interface StepFinished {
  readonly event: "step.finished";
  readonly step: string;
  readonly durationMs: number;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly remark?: string | undefined;
  readonly fingerprint: string | null;
}
interface StepSkipped {
  readonly event: "step.skipped";
  readonly step: string;
  readonly reason: string;
  readonly fingerprint: string;
}
interface StepFailed {
  readonly event: "step.failed";
  readonly step: string;
  readonly durationMs: number;
  readonly error: RunFailure;
  /** Null on the last attempt. */
  readonly retryInMs: number | null;
}

/** One line of a run's ledger file. */
export type RunEvent =
  | RunStarted
  | RunSkipped
  | RunAsOf
  | RunHeartbeat
  | RunFinished
  | StepStarted
  | StepFinished
  | StepSkipped
  | StepFailed;

/** A line as it stands in the file: the event and the instant it was written, RFC 3339 UTC. */
export type StampedRunEvent = RunEvent & { readonly at: string };
