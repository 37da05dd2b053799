import { type ReplayOutcome, replayQuarantine } from "../../ingest/replay-quarantine.ts";
import type { RunRecord } from "../ledger/run-record.ts";
import { type RunContext, type RunRequest, runRecordedSteps } from "../run-recorded-steps.ts";

export interface ReplayRunRequest extends RunRequest {
  /** Only this dataset; all by default. */
  readonly dataset?: string;
}

export interface ReplayAnswer {
  readonly run: RunRecord;
  /** Undefined when the replay failed. */
  readonly outcome: ReplayOutcome | undefined;
}

/** Tries the quarantine again as one recorded run. */
export async function runReplay(request: ReplayRunRequest): Promise<ReplayAnswer> {
  const { dataset } = request;
  let outcome: ReplayOutcome | undefined;
  const run = await runRecordedSteps<RunContext>(request, {
    kind: "ingest",
    scheduledFor: null,
    force: true,
    createContext: (context) => context,
    conclude: async () => null,
    steps: [
      {
        name: "replay",
        inputs: [],
        outputs: [],
        run: async ({ warehouse, paths, clock, config }) => {
          outcome = await replayQuarantine(warehouse, paths, {
            clock,
            sourcesDir: config.sourcesDir,
            ...(dataset === undefined ? {} : { dataset }),
          });
          return { rowsIn: outcome.retried, rowsOut: outcome.loaded, figures: { ...outcome } };
        },
      },
    ],
  });
  return { run, outcome };
}
