import type { IngestArguments } from "../../jobs/launch/launch-ingest-process.ts";
import type { NightlyArguments } from "../../jobs/launch/launch-nightly-process.ts";
import type { RunRecord } from "../../jobs/ledger/run-record.ts";

/** What the routes may do with runs: look at the ledger, start one in a process of its own. */
export interface RunDesk {
  /** Newest first. */
  listIds(): readonly string[];
  find(runId: string): RunRecord | undefined;
  /** Throws `JOB_NOT_FOUND`. */
  get(runId: string): RunRecord;
  findLastSuccess(): RunRecord | undefined;
  /** Throws `RUN_IN_PROGRESS`. */
  startNightly(request: NightlyArguments): RunRecord;
  /** The file is removed once it is loaded, and left for the nightly run otherwise. Throws `RUN_IN_PROGRESS`. */
  startIngest(request: IngestArguments): RunRecord;
}
