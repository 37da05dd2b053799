import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../core/clock.ts";
import type { Config } from "../../core/config.ts";
import { type IsoDate, toDayNumber } from "../../core/dates.ts";
import type { Logger } from "../../core/log.ts";
import { varPaths } from "../../core/paths.ts";
import { createRng } from "../../core/rng.ts";
import type { Model } from "../../models/model.ts";
import { allModels } from "../../models/registry.ts";
import { openWarehouse } from "../../warehouse/open-warehouse.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import type { RunProgressListener } from "../graph/run-progress.ts";
import { runSteps } from "../graph/run-steps.ts";
import { selectSteps } from "../graph/step-graph.ts";
import { findLastStep } from "../ledger/find-last-step.ts";
import { readRuns } from "../ledger/read-runs.ts";
import { recordRun } from "../ledger/record-run.ts";
import { createRunId } from "../ledger/run-id.ts";
import type { RunRecord } from "../ledger/run-record.ts";
import { hashCode, readVersion } from "./code-version.ts";
import { createNightlyGraph } from "./nightly-graph.ts";
import { type NightlyContext, resolveAsOf } from "./nightly-context.ts";

export interface NightlyRequest {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly runId?: string;
  /** Facts after this day are left out; the last day of data unless given. */
  readonly asOf?: IsoDate;
  /** Names of the steps to run, with what exists; all when empty. */
  readonly only?: readonly string[];
  /** Runs steps whose inputs are unchanged, too. */
  readonly force?: boolean;
  /** The slot of the schedule. */
  readonly scheduledFor?: Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: RunProgressListener;
  readonly models?: readonly Model[];
}

/** How far back an unchanged step is looked for. */
const RUNS_LOOKED_AT = 60;

/**
 * Runs the nightly graph as one recorded run and publishes a release when there is something new.
 * A step that fails ends in the record (`state: "failed"`). Throws before anything started: `RUN_IN_PROGRESS`,
 * `JOB_STEP_UNKNOWN`, `REQUEST_INVALID` (the day), or what opening the warehouse throws.
 */
export async function runNightly(request: NightlyRequest): Promise<RunRecord> {
  const { config, clock, logger, asOf } = request;
  if (asOf !== undefined) toDayNumber(asOf);
  const steps = selectSteps(createNightlyGraph(request.models ?? allModels), request.only ?? []);
  const paths = varPaths(config.varDir);
  const version = readVersion();
  const run = {
    runId: request.runId ?? createRunId(clock),
    kind: "nightly",
    scheduledFor: request.scheduledFor?.toISOString() ?? null,
    version,
    clock,
    logger,
  } as const;
  const earlier = readRuns(paths, RUNS_LOOKED_AT, clock);

  return recordRun(paths, run, async (ledger) => {
    const warehouse = await openWarehouse(config);
    const signal = request.signal ?? new AbortController().signal;
    const context: NightlyContext = {
      runId: run.runId,
      config,
      paths,
      clock,
      logger,
      signal,
      warehouse,
      version,
      code: hashCode(),
      requestedAsOf: asOf,
    };
    try {
      await runSteps({
        steps,
        context,
        ledger,
        findLast: (step) => findLastStep(earlier, step),
        force: request.force ?? false,
        signal,
        rng: createRng(clock.now().getTime()),
        monotonicMs: () => performance.now(),
        wait: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
        logger,
        onProgress: request.onProgress ?? (() => {}),
      });
      ledger.append({ event: "run.as-of", asOf: await resolveAsOf(context) });
    } finally {
      warehouse.close();
    }
    return { releaseId: currentReleaseId(paths) === run.runId ? run.runId : null };
  });
}
