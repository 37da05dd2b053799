import type { ThreadedContext } from "../../models/fit-in-thread.ts";
import type { Model, ModelOutcome } from "../../models/model.ts";
import { findLastOrderDay } from "../../warehouse/marts/find-last-order-day.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import { readManifest } from "../../warehouse/releases/read-manifest.ts";
import type { Step } from "../graph/step.ts";
import { fingerprint, fingerprintMarts, type NightlyContext, resolveAsOf } from "./nightly-context.ts";
import { readOutcomeFingerprint, saveOutcome } from "./outcome-store.ts";

/** One seed for all: a night over the same facts gives the same artefacts, byte for byte. */
const SEED = 20_260_101;

/** Fits a model with what it may read and a signal to stop. */
export type FitModel = (model: Model, context: ThreadedContext) => Promise<ModelOutcome>;

/**
 * Fits one model on the marts and measures it against its baseline. Whether it is published is the gate's decision. Fits go on side by
 * side, each with a session of its own.
 */
export function createFitStep(model: Model, fit: FitModel): Step<NightlyContext> {
  const fingerprintModel = async (context: NightlyContext): Promise<string> =>
    fingerprint(await fingerprintMarts(context), model.name, String(SEED));
  return {
    name: `fit:${model.name}`,
    inputs: ["marts"],
    outputs: [`model ${model.name}`],
    fingerprint: fingerprintModel,
    hasOutputs: async (context) =>
      readOutcomeFingerprint(context.paths, model.name) === (await fingerprintModel(context)),
    isConcurrent: true,
    run: async (context, onProgress) => {
      const session = await context.warehouse.database.session();
      try {
        const own = { ...context, warehouse: { ...context.warehouse, session } };
        // Orders may end before other data does; what follows their last day is not known to be zero.
        const asOf = (await findLastOrderDay(session)) ?? (await resolveAsOf(own));
        const { paths, signal } = context;
        const releaseId = currentReleaseId(paths);
        const current = releaseId === undefined ? undefined : readManifest(paths, releaseId);
        const previous = current?.models.find((card) => card.name === model.name);
        const outcome = await fit(model, { session, asOf, seed: SEED, previous, signal, onProgress });
        saveOutcome(paths, model.name, await fingerprintModel(own), outcome);
        return {
          rowsIn: outcome.card.trainedOn,
          rowsOut: outcome.files.length,
          figures: outcome.card.metrics,
          remark: outcome.remark,
        };
      } finally {
        session.close();
      }
    },
  };
}
