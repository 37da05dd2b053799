import { type AppError, describeError, fail } from "../../core/errors.ts";
import type { Logger } from "../../core/log.ts";
import type { Rng } from "../../core/rng.ts";
import { logFailure, toRunFailure } from "../ledger/record-run.ts";
import type { RunLedger } from "../ledger/run-ledger.ts";
import type { StepRecord } from "../ledger/run-record.ts";
import { planRetry } from "./retry-policy.ts";
import type { RunProgressListener } from "./run-progress.ts";
import type { Step } from "./step.ts";

export interface RunStepsOptions<Context> {
  /** In the order to run them. */
  readonly steps: readonly Step<Context>[];
  /** Steps that run side by side at most, of those that may. */
  readonly concurrency: number;
  readonly context: Context;
  readonly ledger: Pick<RunLedger, "append">;
  /** The newest record of a step in earlier runs. */
  readonly findLast: (step: string) => StepRecord | undefined;
  /** Runs every step, unchanged inputs or not. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly rng: Rng;
  /** Monotonic milliseconds, for durations. */
  readonly monotonicMs: () => number;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  readonly wait: (ms: number) => Promise<void>;
  readonly logger: Logger;
  readonly onProgress: RunProgressListener;
}

/**
 * Runs the steps one after the other, those side by side that may, each with a line in the ledger before and after. A step whose
 * fingerprint is that of its last success, with its outputs in place, is skipped. Errors that may pass are tried again. Where a step
 * fails for good, those beside it come to their end and no further one starts.
 * Throws the error of the first step that failed for good, or `RUN_CANCELLED`.
 */
export async function runSteps<Context>(options: RunStepsOptions<Context>): Promise<void> {
  for (const group of groupSteps(options.steps)) {
    const due: (() => Promise<void>)[] = [];
    for (const step of group) {
      throwIfCancelled(options.signal);
      const fingerprint = await step.fingerprint?.(options.context);
      if (fingerprint !== undefined && !options.force && (await isUnchanged(step, fingerprint, options))) {
        skipStep(step.name, fingerprint, options);
      } else due.push(() => runStep(step, fingerprint, options));
    }
    await runTogether(due, options);
  }
}

/** Neighbouring steps that may run side by side and read nothing of each other; every other step by itself. */
function groupSteps<Context>(steps: readonly Step<Context>[]): Step<Context>[][] {
  const groups: Step<Context>[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    const isBeside = (other: Step<Context>): boolean =>
      other.isConcurrent === true && !other.outputs.some((output) => step.inputs.includes(output));
    if (step.isConcurrent === true && group?.every(isBeside) === true) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

async function runTogether<Context>(
  due: readonly (() => Promise<void>)[],
  { concurrency, signal }: RunStepsOptions<Context>,
): Promise<void> {
  const waiting = due.entries();
  const failures: { readonly place: number; readonly error: unknown }[] = [];
  const work = async (): Promise<void> => {
    // All workers take from the one iterator.
    for (const [place, run] of waiting) {
      if (failures.length > 0) return;
      try {
        throwIfCancelled(signal);
        await run();
      } catch (error) {
        failures.push({ place, error });
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const first = failures.sort((a, b) => a.place - b.place)[0];
  if (first !== undefined) throw first.error;
}

function skipStep<Context>(step: string, fingerprint: string, options: RunStepsOptions<Context>): void {
  const reason = "its inputs are those of its last success";
  options.ledger.append({ event: "step.skipped", step, reason, fingerprint });
  options.logger.info({ step, reason }, "step.skipped");
  options.onProgress({ step, state: "skipped", label: reason, done: 0, total: 0, durationMs: 0 });
}

async function runStep<Context>(
  step: Step<Context>,
  fingerprint: string | undefined,
  options: RunStepsOptions<Context>,
): Promise<void> {
  for (let attempt = 1; !(await tryStep(step, attempt, fingerprint, options)); attempt++);
}

async function isUnchanged<Context>(
  step: Step<Context>,
  fingerprint: string,
  { findLast, context }: RunStepsOptions<Context>,
): Promise<boolean> {
  const last = findLast(step.name);
  const stands = last?.state === "succeeded" || last?.state === "skipped";
  return stands && last.fingerprint === fingerprint && (await step.hasOutputs?.(context)) !== false;
}

/** True when the step succeeded, false when it should be tried again; throws when it failed for good. */
async function tryStep<Context>(
  step: Step<Context>,
  attempt: number,
  fingerprint: string | undefined,
  options: RunStepsOptions<Context>,
): Promise<boolean> {
  const { ledger, logger, onProgress, monotonicMs, signal } = options;
  const startMs = monotonicMs();
  const elapsed = (): number => Math.round(monotonicMs() - startMs);
  const report = { step: step.name, label: "", done: 0, total: 0 };
  ledger.append({ event: "step.started", step: step.name, attempt });
  onProgress({ ...report, state: "started", durationMs: 0 });
  try {
    const result = await step.run(options.context, (progress) =>
      onProgress({ ...progress, step: step.name, state: "working", durationMs: elapsed() }),
    );
    throwIfCancelled(signal);
    const durationMs = elapsed();
    ledger.append({ event: "step.finished", step: step.name, durationMs, ...result, fingerprint: fingerprint ?? null });
    logger.info({ step: step.name, durationMs, ...result }, "step.finished");
    onProgress({ ...report, state: "succeeded", label: `${result.rowsOut} rows`, durationMs });
    return true;
  } catch (thrown) {
    // A step that was told to stop may end in an error of its own.
    const error = signal.aborted ? cancelled(thrown) : thrown;
    const retryInMs = planRetry(error, attempt, options.rng);
    const durationMs = elapsed();
    const failure = toRunFailure(error);
    ledger.append({ event: "step.failed", step: step.name, durationMs, error: failure, retryInMs: retryInMs ?? null });
    logFailure(logger, error, { step: step.name, attempt, durationMs, retryInMs }, "step.failed");
    const state = retryInMs === undefined ? "failed" : "retrying";
    onProgress({ ...report, state, label: describeError(error), durationMs });
    if (retryInMs === undefined) throw error;
    await options.wait(retryInMs);
    throwIfCancelled(signal);
    return false;
  }
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

function cancelled(cause?: unknown): AppError {
  return fail("RUN_CANCELLED", "The run was cancelled before it was through; start it again.", { cause });
}
