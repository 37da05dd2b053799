import { type IsoDate, toDayNumber } from "../../core/dates.ts";
import { fitInThread } from "../../models/fit-in-thread.ts";
import type { Model } from "../../models/model.ts";
import { allModels } from "../../models/registry.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import { hashCode } from "../code-version.ts";
import { selectSteps } from "../graph/step-graph.ts";
import type { RunRecord } from "../ledger/run-record.ts";
import { type RunRequest, runRecordedSteps } from "../run-recorded-steps.ts";
import type { FitModel } from "./fit-step.ts";
import { resolveAsOf } from "./nightly-context.ts";
import { createNightlyGraph } from "./nightly-graph.ts";

export interface NightlyRequest extends RunRequest {
  /** Facts after this day are left out; the last day of data unless given. */
  readonly asOf?: IsoDate;
  /** Names of the steps to run, with what exists; all when empty. */
  readonly only?: readonly string[];
  /** Runs steps whose inputs are unchanged, too. */
  readonly force?: boolean;
  /** The slot of the schedule. */
  readonly scheduledFor?: Date;
  /** Those of the registry, each fitted in a thread of its own, unless given; those given are fitted in this thread. */
  readonly models?: readonly Model[];
}

const fitHere: FitModel = (model, { signal, ...context }) =>
  model.fit({ ...context, stop: { shouldStop: () => signal.aborted } });

/**
 * Runs the nightly graph as one recorded run and publishes a release when there is something new.
 * A failure ends in the record (`state: "failed"`). Throws before anything started: `RUN_IN_PROGRESS`,
 * `JOB_STEP_UNKNOWN`, or `REQUEST_INVALID` for a day that is none.
 */
export async function runNightly(request: NightlyRequest): Promise<RunRecord> {
  const { asOf } = request;
  if (asOf !== undefined) toDayNumber(asOf);
  const graph =
    request.models === undefined
      ? createNightlyGraph(allModels, fitInThread)
      : createNightlyGraph(request.models, fitHere);
  return runRecordedSteps(request, {
    kind: "nightly",
    scheduledFor: request.scheduledFor?.toISOString() ?? null,
    steps: selectSteps(graph, request.only ?? []),
    force: request.force ?? false,
    createContext: (context) => ({ ...context, code: hashCode(), requestedAsOf: asOf }),
    conclude: async (context, ledger) => {
      ledger.append({ event: "run.as-of", asOf: await resolveAsOf(context) });
      return currentReleaseId(context.paths) === context.runId ? context.runId : null;
    },
  });
}
