import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixedClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/log.ts";
import { createTempVar } from "../testing/temp-var.ts";
import { ownIdentity } from "./process-identity.ts";
import { readRun, readRuns } from "./read-runs.ts";
import { recordRun } from "./record-run.ts";
import { recordSkippedRun } from "./record-skipped-run.ts";
import { openRunLedger } from "./run-ledger.ts";

const clock = fixedClock("2026-03-01T03:30:00Z");
const RUN = "20260301T033000-abcdef";
const nightly = {
  runId: RUN,
  kind: "nightly",
  scheduledFor: null,
  version: "1.0.0",
  clock,
  logger: silentLogger,
} as const;

test("a run reads back as what its lines say", async () => {
  const paths = createTempVar();
  const record = await recordRun(paths, nightly, async (ledger) => {
    ledger.append({ event: "step.started", step: "ingest", attempt: 1 });
    ledger.append({
      event: "step.finished",
      step: "ingest",
      durationMs: 120,
      rowsIn: 10,
      rowsOut: 7,
      figures: { quarantined: 3 },
      remark: "went without one file",
      fingerprint: "f1",
    });
    ledger.append({ event: "run.as-of", asOf: "2011-12-09" });
    expect(readRun(paths, RUN, clock).state).toBe("running");
    return { releaseId: RUN };
  });
  expect(record).toMatchObject({ runId: RUN, state: "succeeded", asOf: "2011-12-09", releaseId: RUN, error: null });
  expect(record.steps).toEqual([
    {
      step: "ingest",
      state: "succeeded",
      attempt: 1,
      startedAt: "2026-03-01T03:30:00.000Z",
      finishedAt: "2026-03-01T03:30:00.000Z",
      durationMs: 120,
      rowsIn: 10,
      rowsOut: 7,
      figures: { quarantined: 3 },
      reason: "went without one file",
      fingerprint: "f1",
    },
  ]);
  expect(readRuns(paths, 5, clock)).toEqual([record]);
});

test("an error of the work ends in the record and frees the lock", async () => {
  const paths = createTempVar();
  const failed = await recordRun(paths, nightly, () => Promise.reject(new Error("secret")));
  expect(failed).toMatchObject({ state: "failed", error: { code: "INTERNAL" } });
  expect(JSON.stringify(failed)).not.toContain("secret");
  const again = await recordRun(paths, { ...nightly, runId: "20260301T033001-abcdef" }, async () => ({
    releaseId: null,
  }));
  expect(again.state).toBe("succeeded");
});

test("a run whose process is gone is abandoned, and so is the step it was in", () => {
  const paths = createTempVar();
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  const ledger = openRunLedger(paths.runs, RUN, clock);
  ledger.append({ event: "run.started", ...nightly, process: { ...ownIdentity(), pid: dead } });
  ledger.append({ event: "step.started", step: "marts", attempt: 1 });
  ledger.close();
  const record = readRun(paths, RUN, clock);
  expect(record.state).toBe("abandoned");
  expect(record.steps[0]?.state).toBe("abandoned");
});

test("a run on another host is abandoned after a minute of silence", () => {
  const paths = createTempVar();
  const ledger = openRunLedger(paths.runs, RUN, clock);
  ledger.append({ event: "run.started", ...nightly, process: { host: "elsewhere", pid: 1, startTicks: "1" } });
  ledger.close();
  expect(readRun(paths, RUN, fixedClock("2026-03-01T03:31:00Z")).state).toBe("running");
  expect(readRun(paths, RUN, fixedClock("2026-03-01T03:31:01Z")).state).toBe("abandoned");
});

test("a ledger cut at any byte still reads: a torn last line did not happen", async () => {
  const paths = createTempVar();
  await recordRun(paths, nightly, async () => ({ releaseId: null }));
  const whole = readFileSync(join(paths.runs, `${RUN}.jsonl`));
  const cut = createTempVar();
  mkdirSync(cut.runs);
  for (let bytes = 0; bytes <= whole.length; bytes++) {
    writeFileSync(join(cut.runs, `${RUN}.jsonl`), whole.subarray(0, bytes));
    const states = readRuns(cut, 1, clock).map((run) => run.state);
    expect([[], ["running"], ["succeeded"]]).toContainEqual(states);
  }
});

test("runs come newest first, and other files of the folder are none", () => {
  const paths = createTempVar();
  for (const day of ["01", "03", "02"]) {
    recordSkippedRun(paths, {
      clock: fixedClock(`2026-03-${day}T03:30:00Z`),
      scheduledFor: `2026-03-${day}T03:30:00.000Z`,
      detail: "busy",
    });
  }
  appendFileSync(join(paths.runs, "lock"), "x");
  expect(readRuns(paths, 2, clock).map((run) => run.scheduledFor?.slice(0, 10))).toEqual(["2026-03-03", "2026-03-02"]);
  expect(readRuns(paths, 1, clock)[0]).toMatchObject({ state: "skipped", error: { code: "RUN_IN_PROGRESS" } });
});

test("an unknown run, or a path in its place, is JOB_NOT_FOUND", () => {
  const paths = createTempVar();
  expect(() => readRun(paths, RUN, clock)).toThrow("JOB_NOT_FOUND");
  expect(() => readRun(paths, "../../etc/passwd", clock)).toThrow("JOB_NOT_FOUND");
});
