import { fail } from "../../core/errors.ts";
import type { Step } from "./step.ts";

export interface StepGraph<Context> {
  /** Every step after the steps whose outputs it reads; otherwise in the order of declaration. */
  readonly steps: readonly Step<Context>[];
}

/**
 * Orders the steps by their inputs and outputs (Kahn's algorithm, stable).
 * Throws `JOB_GRAPH_INVALID` on a name or output used twice, an input nobody makes, or a cycle.
 */
export function createStepGraph<Context>(
  steps: readonly Step<Context>[],
  sources: readonly string[],
): StepGraph<Context> {
  checkNames(steps, sources);
  const waiting = [...steps];
  const done = new Set<string>(sources);
  const ordered: Step<Context>[] = [];
  while (waiting.length > 0) {
    const index = waiting.findIndex((step) => step.inputs.every((input) => done.has(input)));
    if (index === -1) {
      throw fail("JOB_GRAPH_INVALID", `Steps ${waiting.map((step) => step.name).join(", ")} wait for each other.`);
    }
    const [step] = waiting.splice(index, 1) as [Step<Context>];
    ordered.push(step);
    for (const output of step.outputs) done.add(output);
  }
  return { steps: ordered };
}

/** The steps named, in graph order; all of them when none is named. Throws `JOB_STEP_UNKNOWN`. */
export function selectSteps<Context>(graph: StepGraph<Context>, only: readonly string[]): readonly Step<Context>[] {
  const names = graph.steps.map((step) => step.name);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw fail("JOB_STEP_UNKNOWN", `No step is called ${unknown.join(", ")}; the steps are ${names.join(", ")}.`);
  }
  return only.length === 0 ? graph.steps : graph.steps.filter((step) => only.includes(step.name));
}

function checkNames<Context>(steps: readonly Step<Context>[], sources: readonly string[]): void {
  const makers = new Map<string, string>();
  const names = new Set<string>();
  for (const step of steps) {
    if (names.has(step.name)) throw fail("JOB_GRAPH_INVALID", `Two steps are called ${step.name}.`);
    names.add(step.name);
    for (const output of step.outputs) {
      const other = makers.get(output);
      if (other !== undefined) throw fail("JOB_GRAPH_INVALID", `Both ${other} and ${step.name} make "${output}".`);
      makers.set(output, step.name);
    }
  }
  for (const step of steps) {
    const missing = step.inputs.find((input) => !sources.includes(input) && !makers.has(input));
    if (missing !== undefined) {
      throw fail("JOB_GRAPH_INVALID", `Step ${step.name} reads "${missing}", which no step makes.`);
    }
  }
}
