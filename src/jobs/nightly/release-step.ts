import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { VarPaths } from "../../core/paths.ts";
import { currentReleaseId, publishRelease } from "../../warehouse/releases/publish-release.ts";
import { MODELS_FOLDER, releaseFolder } from "../../warehouse/releases/release-paths.ts";
import { type ModelFile, stageRelease } from "../../warehouse/releases/stage-release.ts";
import type { Step } from "../graph/step.ts";
import type { GateDecision } from "./gate-decision.ts";
import { readDecisions } from "./gate-step.ts";
import { fingerprint, fingerprintMarts, type NightlyContext, resolveAsOf } from "./nightly-context.ts";
import { loadOutcome } from "./outcome-store.ts";

/**
 * Stages a release, named after the run, and publishes it. Unchanged marts and decisions publish nothing new; so a
 * rollback made by a person stays until there is something new.
 */
export const releaseStep: Step<NightlyContext> = {
  name: "release",
  inputs: ["facts", "marts", "gate decisions"],
  outputs: ["release"],
  fingerprint: async (context) => {
    // The cards, not where files come from: a model carried over again and again is nothing new.
    const cards = readDecisions(context.paths).map((decision) => decision.card);
    return fingerprint(await fingerprintMarts(context), JSON.stringify(cards));
  },
  hasOutputs: async ({ paths }) => {
    const current = currentReleaseId(paths);
    return current !== undefined && existsSync(releaseFolder(paths, current));
  },
  run: async (context) => {
    const { paths, runId, version, clock, warehouse } = context;
    const decisions = readDecisions(paths);
    const manifest = await stageRelease(paths, warehouse.session, {
      releaseId: runId,
      runId,
      asOf: await resolveAsOf(context),
      createdAt: clock.now().toISOString(),
      version,
      models: decisions.map((decision) => decision.card),
      modelFiles: decisions.flatMap((decision) => readArtefacts(paths, decision)),
    });
    publishRelease(paths, runId);
    context.logger.info({ release: runId, asOf: manifest.asOf }, "release.published");
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    const rowsOut = Object.values(manifest.figures).reduce((sum, count) => sum + count, 0);
    return { rowsIn: 0, rowsOut, figures: { files: manifest.files.length, partitions: manifest.facts.length, bytes } };
  },
};

function readArtefacts(paths: VarPaths, { verdict, card, carriedFrom }: GateDecision): readonly ModelFile[] {
  if (verdict === "publish") return loadOutcome(paths, card.name)?.files ?? [];
  if (carriedFrom === null) return [];
  const folder = join(releaseFolder(paths, carriedFrom), MODELS_FOLDER);
  return card.artefacts.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}
