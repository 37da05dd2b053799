import type { Model } from "../../models/model.ts";
import { createStepGraph, type StepGraph } from "../graph/step-graph.ts";
import { conformStep } from "./conform-step.ts";
import { createFitStep, type FitModel } from "./fit-step.ts";
import { createGateStep } from "./gate-step.ts";
import { ingestStep } from "./ingest-step.ts";
import { martsStep } from "./marts-step.ts";
import type { NightlyContext } from "./nightly-context.ts";
import { pruneStep } from "./prune-step.ts";
import { releaseStep } from "./release-step.ts";

/** Files in, release out; `fit` says where models are fitted. */
export function createNightlyGraph(models: readonly Model[], fit: FitModel): StepGraph<NightlyContext> {
  const steps = [
    ingestStep,
    conformStep,
    martsStep,
    ...models.map((model) => createFitStep(model, fit)),
    createGateStep(models),
    releaseStep,
    pruneStep,
  ];
  return createStepGraph(steps, ["bundled data", "inbox"]);
}
