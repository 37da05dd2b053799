import { expect, test } from "vitest";
import { fail } from "../../core/errors.ts";
import { silentLogger } from "../../core/log.ts";
import type { RunEvent } from "../ledger/run-event.ts";
import type { StepRecord } from "../ledger/run-record.ts";
import { runSteps, type RunStepsOptions } from "./run-steps.ts";
import type { Step } from "./step.ts";

interface Trace {
  readonly events: RunEvent[];
  readonly waits: number[];
}

function options(
  steps: readonly Partial<Step<null>>[],
  changes: Partial<RunStepsOptions<null>> = {},
): RunStepsOptions<null> & Trace {
  const events: RunEvent[] = [];
  const waits: number[] = [];
  return {
    steps: steps.map((step, i) => ({
      name: `s${i}`,
      inputs: [],
      outputs: [],
      run: async () => ({ rowsIn: 2, rowsOut: 1, figures: {} }),
      ...step,
    })),
    concurrency: 2,
    context: null,
    ledger: { append: (event) => void events.push(event) },
    findLast: () => undefined,
    force: false,
    signal: new AbortController().signal,
    rng: { next: () => 0.5, nextInt: () => 0 },
    monotonicMs: () => 0,
    wait: async (ms) => void waits.push(ms),
    logger: silentLogger,
    onProgress: () => {},
    ...changes,
    events,
    waits,
  };
}

const kinds = ({ events }: Trace): string[] =>
  events.map((event) => ("step" in event ? `${event.event} ${event.step}` : event.event));

/** Fails with each error in turn, then succeeds. */
function failing(...errors: Error[]): Partial<Step<null>> {
  const left = [...errors];
  return {
    run: async () => {
      const error = left.shift();
      if (error !== undefined) throw error;
      return { rowsIn: 0, rowsOut: 0, figures: {} };
    },
  };
}

test("each step has a line before and after, in order", async () => {
  const run = options([{}, {}]);
  await runSteps(run);
  expect(kinds(run)).toEqual(["step.started s0", "step.finished s0", "step.started s1", "step.finished s1"]);
  expect(run.events[1]).toMatchObject({ rowsIn: 2, rowsOut: 1, fingerprint: null });
});

test("an error that may pass is tried three times at most", async () => {
  const busy = fail("WAREHOUSE_BUSY", "busy");
  const recovering = options([failing(busy, busy)]);
  await runSteps(recovering);
  expect(recovering.waits).toEqual([10_000, 40_000]);
  expect(recovering.events.at(-2)).toMatchObject({ event: "step.started", attempt: 3 });

  const lost = options([failing(busy, busy, busy), {}]);
  await expect(runSteps(lost)).rejects.toBe(busy);
  expect(kinds(lost).at(-1)).toBe("step.failed s0");
  expect(lost.events.at(-1)).toMatchObject({ retryInMs: null, error: { code: "WAREHOUSE_BUSY" } });
});

test("an unexpected error fails at once and leaves nothing of its message in the ledger", async () => {
  const run = options([failing(new Error("password=1234"))]);
  await expect(runSteps(run)).rejects.toThrow("password");
  expect(run.waits).toEqual([]);
  expect(JSON.stringify(run.events)).not.toContain("1234");
});

test("a cancelled run stops before its next step, whatever error its step ended in", async () => {
  const controller = new AbortController();
  const cancel = async (): Promise<never> => {
    controller.abort();
    throw fail("WAREHOUSE_BUSY", "interrupted");
  };
  const run = options([{ run: cancel }, {}], { signal: controller.signal });
  await expect(runSteps(run)).rejects.toMatchObject({ code: "RUN_CANCELLED" });
  expect(kinds(run)).toEqual(["step.started s0", "step.failed s0"]);
});

/** Steps that wait for each other would stay for ever unless they run side by side. */
function meeting(count: number): Partial<Step<null>>[] {
  let arrived = 0;
  let open = (): void => {};
  const all = new Promise<void>((resolve) => (open = resolve));
  const run = async () => {
    if (++arrived === count) open();
    await all;
    return { rowsIn: 0, rowsOut: 0, figures: {} };
  };
  return Array.from({ length: count }, () => ({ isConcurrent: true, run }));
}

test("steps that may run side by side, no more at once than allowed", async () => {
  const pair = options([{}, ...meeting(2), {}]);
  await runSteps(pair);
  const starts = ["step.started s1", "step.started s2"];
  expect(kinds(pair).slice(2, 4)).toEqual(starts);
  expect(kinds(pair).slice(-2)).toEqual(["step.started s3", "step.finished s3"]);

  let [running, most] = [0, 0];
  const run = async () => {
    most = Math.max(most, ++running);
    await new Promise<void>(queueMicrotask);
    running--;
    return { rowsIn: 0, rowsOut: 0, figures: {} };
  };
  await runSteps(options([1, 2, 3, 4, 5].map(() => ({ isConcurrent: true, run }))));
  expect(most).toBe(2);
});

test("a step waits for one whose output it reads, though both may run beside others", async () => {
  const run = options([
    { isConcurrent: true, outputs: ["a"] },
    { isConcurrent: true, inputs: ["a"] },
  ]);
  await runSteps(run);
  expect(kinds(run)).toEqual(["step.started s0", "step.finished s0", "step.started s1", "step.finished s1"]);
});

test("beside a step that fails the others come to their end, and none follows", async () => {
  const [first, second] = [new Error("first"), new Error("second")];
  const side = { isConcurrent: true };
  const run = options([{ ...side, ...failing(first) }, { ...side, ...failing(second) }, side, {}]);
  await expect(runSteps(run)).rejects.toBe(first);
  expect(kinds(run)).toEqual(["step.started s0", "step.started s1", "step.failed s0", "step.failed s1"]);
});

const last = (state: StepRecord["state"], fingerprint: string | null): StepRecord => ({
  step: "s0",
  state,
  attempt: 1,
  startedAt: "",
  finishedAt: null,
  durationMs: null,
  rowsIn: 0,
  rowsOut: 0,
  figures: {},
  reason: null,
  fingerprint,
});

test.each([
  { why: "same inputs, outputs in place", record: last("succeeded", "f1"), outputs: true, skipped: true },
  { why: "skipped last time for the same inputs", record: last("skipped", "f1"), outputs: true, skipped: true },
  { why: "other inputs", record: last("succeeded", "f0"), outputs: true, skipped: false },
  { why: "outputs gone", record: last("succeeded", "f1"), outputs: false, skipped: false },
  { why: "killed inside the step", record: last("abandoned", null), outputs: true, skipped: false },
  { why: "failed last time", record: last("failed", null), outputs: true, skipped: false },
  { why: "never ran", record: undefined, outputs: true, skipped: false },
])("$why → skipped: $skipped", async ({ record, outputs, skipped }) => {
  const step = { fingerprint: async () => "f1", hasOutputs: async () => outputs };
  const run = options([step], { findLast: () => record });
  await runSteps(run);
  expect(kinds(run)).toEqual(skipped ? ["step.skipped s0"] : ["step.started s0", "step.finished s0"]);

  const forced = options([step], { findLast: () => record, force: true });
  await runSteps(forced);
  expect(kinds(forced)).toContain("step.finished s0");
});
