import { rmSync } from "node:fs";
import type { Clock } from "../../core/clock.ts";
import { AppError, fail } from "../../core/errors.ts";
import type { Logger } from "../../core/log.ts";
import type { VarPaths } from "../../core/paths.ts";
import type { LaunchedRun } from "../../jobs/launch/launch-command.ts";
import type { IngestArguments } from "../../jobs/launch/launch-ingest-process.ts";
import type { NightlyArguments } from "../../jobs/launch/launch-nightly-process.ts";
import { listRunIds, readRun, readRuns } from "../../jobs/ledger/read-runs.ts";
import type { RunKind } from "../../jobs/ledger/run-event.ts";
import type { RunRecord } from "../../jobs/ledger/run-record.ts";
import type { RunDesk } from "./run-desk.ts";

/** A run in a process of its own; its ledger file appears a moment after the start. */
type Started = Pick<LaunchedRun, "runId" | "finished">;

export interface RunDeskOptions {
  readonly paths: VarPaths;
  readonly clock: Clock;
  readonly launchNightly: (request: NightlyArguments) => Started;
  readonly launchIngest: (request: IngestArguments) => Started;
  /** Called when a nightly run has ended well. */
  readonly onNightlySucceeded: () => void;
  readonly logger: Logger;
}

/** How many runs back the last good night is looked for. */
const RUNS_LOOKED_AT = 100;

/** The runs as the ledger files tell them, plus those this process started whose first line is not written yet. */
export function createRunDesk(options: RunDeskOptions): RunDesk {
  const { paths, clock, logger } = options;
  const started = new Map<string, RunRecord>();

  const find = (runId: string): RunRecord | undefined => {
    try {
      return readRun(paths, runId, clock);
    } catch (error) {
      if (error instanceof AppError && error.code === "JOB_NOT_FOUND") return started.get(runId);
      throw error;
    }
  };

  const follow = (kind: RunKind, { runId, finished }: Started, onSuccess: () => void): RunRecord => {
    const record = startRecord(runId, kind, clock.now());
    started.set(runId, record);
    void watch();
    return record;

    async function watch(): Promise<void> {
      try {
        await finished;
      } catch (error) {
        logger.warn({ runId, kind, err: error }, "run.failed");
        // Should the process have ended before it wrote a line, this is all that is known of the run.
        started.set(runId, endRecord(record, error, clock.now()));
        return;
      }
      started.delete(runId);
      onSuccess();
    }
  };

  return {
    listIds: () => [...new Set([...started.keys(), ...listRunIds(paths)])].sort().reverse(),
    find,
    get: (runId) => {
      const run = find(runId);
      if (run !== undefined) return run;
      throw fail("JOB_NOT_FOUND", `There is no run "${runId}"; GET /v1/runs lists them.`);
    },
    findLastSuccess: () =>
      readRuns(paths, RUNS_LOOKED_AT, clock).find((run) => run.kind === "nightly" && run.state === "succeeded"),
    startNightly: (request) => follow("nightly", options.launchNightly(request), options.onNightlySucceeded),
    startIngest: (request) =>
      follow("ingest", options.launchIngest(request), () => rmSync(request.file, { force: true })),
  };
}

function startRecord(runId: string, kind: RunKind, now: Date): RunRecord {
  return {
    runId,
    kind,
    state: "running",
    asOf: null,
    scheduledFor: null,
    startedAt: now.toISOString(),
    finishedAt: null,
    releaseId: null,
    error: null,
    steps: [],
  };
}

function endRecord(record: RunRecord, error: unknown, now: Date): RunRecord {
  const failure =
    error instanceof AppError
      ? { code: error.code, detail: error.detail }
      : { code: "INTERNAL", detail: "The run ended unexpectedly; the log of the server has its cause." };
  return { ...record, state: "failed", finishedAt: now.toISOString(), error: failure };
}
