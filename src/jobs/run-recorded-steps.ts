import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";
import type { Config } from "../core/config.ts";
import type { Logger } from "../core/log.ts";
import { varPaths, type VarPaths } from "../core/paths.ts";
import { createRng } from "../core/rng.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open-warehouse.ts";
import { readVersion } from "./code-version.ts";
import type { RunProgressListener } from "./graph/run-progress.ts";
import { runSteps } from "./graph/run-steps.ts";
import type { Step } from "./graph/step.ts";
import { findLastStep } from "./ledger/find-last-step.ts";
import { readRuns } from "./ledger/read-runs.ts";
import { recordRun } from "./ledger/record-run.ts";
import type { RunKind } from "./ledger/run-event.ts";
import { createRunId } from "./ledger/run-id.ts";
import type { RunLedger } from "./ledger/run-ledger.ts";
import type { RunRecord } from "./ledger/run-record.ts";

/** What every run is given. */
export interface RunRequest {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly runId?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: RunProgressListener;
}

/** What every step of a run may use. */
export interface RunContext {
  readonly runId: string;
  readonly config: Config;
  readonly paths: VarPaths;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly warehouse: Warehouse;
  /** Version of Tradewind. */
  readonly version: string;
}

export interface RunPlan<Context> {
  readonly kind: RunKind;
  readonly scheduledFor: string | null;
  readonly steps: readonly Step<Context>[];
  readonly force: boolean;
  readonly createContext: (context: RunContext) => Context;
  /** Called when all steps are through; gives the id of the release that came of it. */
  readonly conclude: (context: Context, ledger: Pick<RunLedger, "append">) => Promise<string | null>;
}

/** How far back an unchanged step is looked for. */
const RUNS_LOOKED_AT = 60;
/** Steps side by side at most, however many cores: each holds its data in memory. */
const MOST_AT_ONCE = 3;

/** Opens the warehouse and runs the steps as one recorded run: alone, with ledger, retries and skipping. */
export async function runRecordedSteps<Context>(request: RunRequest, plan: RunPlan<Context>): Promise<RunRecord> {
  const { config, clock, logger } = request;
  const { kind, scheduledFor, steps, force } = plan;
  const paths = varPaths(config.varDir);
  const version = readVersion();
  const runId = request.runId ?? createRunId(clock);
  const signal = request.signal ?? new AbortController().signal;
  const earlier = readRuns(paths, RUNS_LOOKED_AT, clock);

  return recordRun(paths, { runId, kind, scheduledFor, version, clock, logger }, async (ledger) => {
    const warehouse = await openWarehouse(config);
    try {
      const context = plan.createContext({ runId, config, paths, clock, logger, signal, warehouse, version });
      await runSteps({
        steps,
        concurrency: Math.min(MOST_AT_ONCE, availableParallelism()),
        context,
        ledger,
        force,
        signal,
        logger,
        findLast: (step) => findLastStep(earlier, step),
        rng: createRng(clock.now().getTime()),
        monotonicMs: () => performance.now(),
        wait: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
        onProgress: request.onProgress ?? (() => {}),
      });
      return { releaseId: await plan.conclude(context, ledger) };
    } finally {
      warehouse.close();
    }
  });
}
