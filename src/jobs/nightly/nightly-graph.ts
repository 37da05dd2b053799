import type { Model } from "../../models/model.ts";
import { createStepGraph, type StepGraph } from "../graph/step-graph.ts";
import { conformStep } from "./conform-step.ts";
import { createFitStep } from "./fit-step.ts";
import { createGateStep } from "./gate-step.ts";
import { ingestStep } from "./ingest-step.ts";
import { martsStep } from "./marts-step.ts";
import type { NightlyContext } from "./nightly-context.ts";
import { pruneStep } from "./prune-step.ts";
import { releaseStep } from "./release-step.ts";

/** Files in, release out. */
export function createNightlyGraph(models: readonly Model[]): StepGraph<NightlyContext> {
  const steps = [
    ingestStep,
    conformStep,
    martsStep,
    ...models.map(createFitStep),
    createGateStep(models),
    releaseStep,
    pruneStep,
  ];
  return createStepGraph(steps, ["bundled data", "inbox"]);
}
