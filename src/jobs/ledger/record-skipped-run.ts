import type { Clock } from "../../core/clock.ts";
import type { VarPaths } from "../../core/paths.ts";
import { createRunId } from "./run-id.ts";
import { openRunLedger } from "./run-ledger.ts";

/** Writes down that a night did not run because another run was going, so that it is seen and not made up later. */
export function recordSkippedRun(
  paths: Pick<VarPaths, "runs">,
  night: { readonly clock: Clock; readonly scheduledFor: string; readonly detail: string },
): void {
  const runId = createRunId(night.clock);
  const ledger = openRunLedger(paths.runs, runId, night.clock);
  const error = { code: "RUN_IN_PROGRESS", detail: night.detail };
  ledger.append({ event: "run.skipped", runId, kind: "nightly", scheduledFor: night.scheduledFor, error });
  ledger.close();
}
