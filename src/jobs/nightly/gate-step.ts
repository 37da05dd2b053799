import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { VarPaths } from "../../core/paths.ts";
import type { Model } from "../../models/model.ts";
import { createDurableFiles } from "../../warehouse/releases/durable-files.ts";
import { currentReleaseId } from "../../warehouse/releases/publish-release.ts";
import { readManifest } from "../../warehouse/releases/read-manifest.ts";
import type { Step } from "../graph/step.ts";
import { decideGate, type GateDecision, type Verdict } from "./gate-decision.ts";
import type { NightlyContext } from "./nightly-context.ts";
import { loadOutcome } from "./outcome-store.ts";

/** Decides for every fitted model whether the next release takes it, and writes the decisions down. */
export function createGateStep(models: readonly Model[]): Step<NightlyContext> {
  return {
    name: "gate",
    inputs: models.map((model) => `model ${model.name}`),
    outputs: ["gate decisions"],
    run: async ({ paths, logger }) => {
      const decisions = models.flatMap((model) => decide(paths, model.name));
      for (const { verdict, card } of decisions) {
        const fields = { model: card.name, rule: card.gate.rule, metrics: card.metrics };
        if (verdict === "publish") logger.info(fields, "model.gate-passed");
        else logger.warn({ ...fields, verdict }, "model.gate-failed");
      }
      const files = createDurableFiles();
      files.createFolder(paths.models);
      files.replace(decisionsFile(paths), JSON.stringify(decisions));
      const count = (verdict: Verdict): number => decisions.filter((decision) => decision.verdict === verdict).length;
      return {
        rowsIn: models.length,
        rowsOut: count("publish"),
        figures: { published: count("publish"), carriedOver: count("carry-over"), absent: count("absent") },
      };
    },
  };
}

/** None before the first gate. */
export function readDecisions(paths: VarPaths): readonly GateDecision[] {
  const file = decisionsFile(paths);
  // Written by the gate step.
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as GateDecision[]) : [];
}

/** Nothing for a model that was never fitted. */
function decide(paths: VarPaths, model: string): GateDecision[] {
  const outcome = loadOutcome(paths, model);
  const releaseId = currentReleaseId(paths);
  const current = releaseId === undefined ? undefined : readManifest(paths, releaseId);
  return outcome === undefined ? [] : [decideGate(outcome.card, current)];
}

function decisionsFile(paths: VarPaths): string {
  return join(paths.models, "gate.json");
}
