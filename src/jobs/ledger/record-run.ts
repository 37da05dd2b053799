import type { Clock } from "../../core/clock.ts";
import { AppError } from "../../core/errors.ts";
import type { Logger } from "../../core/log.ts";
import type { VarPaths } from "../../core/paths.ts";
import { ownIdentity } from "./process-identity.ts";
import { readRun } from "./read-runs.ts";
import type { RunFailure, RunKind } from "./run-event.ts";
import { openRunLedger, type RunLedger } from "./run-ledger.ts";
import { acquireRunLock } from "./run-lock.ts";
import type { RunRecord } from "./run-record.ts";

const HEARTBEAT_MS = 10_000;

export interface RecordedRun {
  readonly runId: string;
  readonly kind: RunKind;
  readonly scheduledFor: string | null;
  readonly version: string;
  readonly clock: Clock;
  /** Gets the cause of a failure, of which the ledger keeps code and detail only. */
  readonly logger: Logger;
}

/** What the work of a run leaves for its last line. */
export interface RunOutcome {
  readonly releaseId: string | null;
}

/**
 * Does `work` as one recorded run: alone (throws `RUN_IN_PROGRESS` otherwise), with a first line, a heartbeat and a last
 * line in the ledger. An error of the work ends up in the record, which is returned; it is not thrown.
 */
export async function recordRun(
  paths: Pick<VarPaths, "runs">,
  run: RecordedRun,
  work: (ledger: RunLedger) => Promise<RunOutcome>,
): Promise<RunRecord> {
  const { runId, kind, scheduledFor, version, clock, logger } = run;
  const lock = acquireRunLock(paths, runId, clock.now());
  try {
    const ledger = openRunLedger(paths.runs, runId, clock);
    ledger.append({ event: "run.started", runId, kind, scheduledFor, version, process: ownIdentity() });
    const heartbeat = setInterval(() => ledger.append({ event: "run.heartbeat" }), HEARTBEAT_MS);
    heartbeat.unref();
    try {
      const { releaseId } = await work(ledger);
      ledger.append({ event: "run.finished", state: "succeeded", releaseId, error: null });
    } catch (error) {
      logFailure(logger, error, { runId }, "run.failed");
      ledger.append({ event: "run.finished", state: "failed", releaseId: null, error: toRunFailure(error) });
    } finally {
      clearInterval(heartbeat);
      ledger.close();
    }
    return readRun(paths, runId, clock);
  } finally {
    lock.release();
  }
}

/** A failure that its code explains is a warning; one of the program or the machine is an error, with its cause. */
export function logFailure(logger: Logger, error: unknown, fields: object, event: string): void {
  if (error instanceof AppError && error.status < 500) logger.warn({ ...fields, ...toRunFailure(error) }, event);
  else logger.error({ ...fields, err: error }, event);
}

/** What the ledger keeps of an error: never the message of an unexpected one, which may hold anything. */
export function toRunFailure(error: unknown): RunFailure {
  return error instanceof AppError
    ? { code: error.code, detail: error.detail }
    : { code: "INTERNAL", detail: "An unexpected failure; the log of the run has its cause." };
}
