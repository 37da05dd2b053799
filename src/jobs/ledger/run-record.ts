import type { RunFailure, RunKind, StampedRunEvent } from "./run-event.ts";

/** What became of a run. `abandoned`: its process is gone without a last word. `skipped`: another run was going. */
export type RunState = "running" | "succeeded" | "failed" | "abandoned" | "skipped";
export type StepState = "running" | "succeeded" | "failed" | "skipped" | "abandoned";

export interface StepRecord {
  readonly step: string;
  readonly state: StepState;
  readonly attempt: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly figures: Readonly<Record<string, number>>;
  /** Why it was skipped or failed, or what it did without. */
  readonly reason: string | null;
  readonly fingerprint: string | null;
}

export interface RunRecord {
  readonly runId: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly asOf: string | null;
  /** The slot of the schedule it ran for; null when a person started it. */
  readonly scheduledFor: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly releaseId: string | null;
  readonly error: RunFailure | null;
  readonly steps: readonly StepRecord[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Folds the lines of one run into its record; undefined when the first line is missing (nothing was acknowledged).
 * `isOwnerAlive` decides between running and abandoned when there is no last line.
 */
export function foldRun(events: readonly StampedRunEvent[], isOwnerAlive: () => boolean): RunRecord | undefined {
  const first = events[0];
  if (first === undefined || (first.event !== "run.started" && first.event !== "run.skipped")) return undefined;
  const run: Mutable<Omit<RunRecord, "steps">> = {
    runId: first.runId,
    kind: first.kind,
    state: first.event === "run.skipped" ? "skipped" : "running",
    asOf: null,
    scheduledFor: first.scheduledFor,
    startedAt: first.at,
    finishedAt: first.event === "run.skipped" ? first.at : null,
    releaseId: null,
    error: first.event === "run.skipped" ? first.error : null,
  };
  const steps = new Map<string, Mutable<StepRecord>>();
  for (const event of events) {
    if (event.event === "run.as-of") run.asOf = event.asOf;
    else if (event.event === "run.finished") {
      run.state = event.state;
      run.finishedAt = event.at;
      run.releaseId = event.releaseId;
      run.error = event.error;
    } else if ("step" in event) applyToStep(steps, event);
  }
  if (run.state === "running" && !isOwnerAlive()) {
    run.state = "abandoned";
    for (const step of steps.values()) if (step.state === "running") step.state = "abandoned";
  }
  return { ...run, steps: [...steps.values()] };
}

type StepEvent = Extract<StampedRunEvent, { readonly step: string }>;

function applyToStep(steps: Map<string, Mutable<StepRecord>>, event: StepEvent): void {
  const step = steps.get(event.step) ?? startStep(event);
  steps.set(event.step, step);
  switch (event.event) {
    case "step.started":
      step.state = "running";
      step.attempt = event.attempt;
      return;
    case "step.finished":
      step.state = "succeeded";
      step.rowsIn = event.rowsIn;
      step.rowsOut = event.rowsOut;
      step.figures = event.figures;
      step.fingerprint = event.fingerprint;
      step.durationMs = event.durationMs;
      step.reason = event.remark ?? null;
      break;
    case "step.skipped":
      step.state = "skipped";
      step.reason = event.reason;
      step.fingerprint = event.fingerprint;
      step.durationMs = 0;
      break;
    case "step.failed":
      step.state = event.retryInMs === null ? "failed" : "running";
      step.reason = `${event.error.code}: ${event.error.detail}`;
      step.durationMs = event.durationMs;
      break;
  }
  step.finishedAt = step.state === "running" ? null : event.at;
}

function startStep(event: StepEvent): Mutable<StepRecord> {
  return {
    step: event.step,
    state: "running",
    attempt: 0,
    startedAt: event.at,
    finishedAt: null,
    durationMs: null,
    rowsIn: 0,
    rowsOut: 0,
    figures: {},
    reason: null,
    fingerprint: null,
  };
}
