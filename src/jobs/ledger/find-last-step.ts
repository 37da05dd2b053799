import type { RunRecord, StepRecord } from "./run-record.ts";

/**
 * The newest record of a step. A run that was killed inside the step counts: what it left behind is unknown, so an
 * older success no longer proves that the outputs stand.
 */
export function findLastStep(newestFirst: readonly RunRecord[], step: string): StepRecord | undefined {
  for (const run of newestFirst) {
    const record = run.steps.find((candidate) => candidate.step === step);
    if (record !== undefined) return record;
  }
  return undefined;
}
