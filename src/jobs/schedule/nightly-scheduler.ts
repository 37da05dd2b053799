import { createTask, type ScheduledTask } from "node-cron";
import type { Clock } from "../../core/clock.ts";
import type { Config } from "../../core/config.ts";
import { AppError, describeError } from "../../core/errors.ts";
import type { Logger } from "../../core/log.ts";
import { varPaths } from "../../core/paths.ts";
import { readRuns } from "../ledger/read-runs.ts";
import { recordSkippedRun } from "../ledger/record-skipped-run.ts";
import { findCoveredUntil } from "./find-covered-until.ts";
import { planMissedRun } from "./plan-missed-run.ts";
import { checkCron } from "./find-latest-slot.ts";

export interface SchedulerOptions {
  readonly config: Pick<Config, "varDir" | "nightlyCron">;
  readonly clock: Clock;
  /** Runs the night of that slot; rejects with `RUN_IN_PROGRESS` when another run holds the warehouse. */
  readonly launch: (scheduledFor: Date) => Promise<void>;
  readonly logger: Logger;
}

export interface NightlyScheduler {
  /** Runs a night missed while nothing was up, then one at each slot. */
  start(): void;
  /** Looks at the ledger and the clock and runs what is due. The timer calls it; never needed twice. */
  runDue(): Promise<void>;
  nextSlot(): Date | undefined;
  stop(): void;
}

/**
 * Starts the nightly run at its slots, UTC. The timer only wakes it: whether a night is due is decided from the
 * ledger (planMissedRun), so a late timer, a clock that jumps or a restart neither drops a night nor runs it twice.
 */
export function createNightlyScheduler(options: SchedulerOptions): NightlyScheduler {
  const { config, clock, launch, logger } = options;
  const paths = varPaths(config.varDir);
  checkCron(config.nightlyCron);
  let task: ScheduledTask | undefined;
  let running: Date | undefined;

  const runDue = async (): Promise<void> => {
    const now = clock.now();
    const covered = findCoveredUntil(readRuns(paths, RUNS_LOOKED_AT, clock), now);
    const slot = planMissedRun(covered, now, config.nightlyCron);
    if (slot === undefined || slot.getTime() === running?.getTime()) return;
    const scheduledFor = slot.toISOString();
    if (running !== undefined) {
      recordSkippedRun(paths, { clock, scheduledFor, detail: "The run of an earlier night was still going." });
      logger.warn({ scheduledFor }, "nightly.skipped");
      return;
    }
    running = slot;
    logger.info({ scheduledFor, lateMs: now.getTime() - slot.getTime() }, "nightly.due");
    try {
      await launch(slot);
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === "RUN_IN_PROGRESS";
      if (isBusy) recordSkippedRun(paths, { clock, scheduledFor, detail: error.detail });
      logger.error({ scheduledFor, error: describeError(error) }, isBusy ? "nightly.skipped" : "nightly.failed");
    } finally {
      running = undefined;
    }
  };

  const wake = (): void => {
    runDue().catch((error: unknown) => logger.error({ err: error }, "nightly.schedule-failed"));
  };

  return {
    start: () => {
      task = createTask(config.nightlyCron, wake, { timezone: "UTC", unref: true, suppressMissedWarning: true });
      task.on("execution:missed", wake);
      void task.start();
      wake();
    },
    runDue,
    nextSlot: () => task?.getNextRun() ?? undefined,
    stop: () => {
      void task?.destroy();
      task = undefined;
    },
  };
}

/** More than a night's worth of attempts, ingests and skips. */
const RUNS_LOOKED_AT = 200;
