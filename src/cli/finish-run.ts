import { EXIT_INTERRUPTED } from "../jobs/launch/exit-codes.ts";
import type { RunRecord } from "../jobs/ledger/run-record.ts";
import type { CommandCall } from "./command.ts";

/** Says on stderr why a run failed, and gives its exit code. */
export function finishRun({ terminal }: CommandCall, run: RunRecord): number {
  if (run.state === "succeeded") return 0;
  if (run.error !== null) terminal.stderr.write(`tradewind: ${run.error.code}: ${run.error.detail}\n`);
  return run.error?.code === "RUN_CANCELLED" ? EXIT_INTERRUPTED : 1;
}
