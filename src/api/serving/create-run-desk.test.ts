import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fixedClock } from "../../core/clock.ts";
import { fail } from "../../core/errors.ts";
import { silentLogger } from "../../core/log.ts";
import { varPaths } from "../../core/paths.ts";
import { ownIdentity } from "../../jobs/ledger/process-identity.ts";
import { openRunLedger } from "../../jobs/ledger/run-ledger.ts";
import { createRunDesk } from "./create-run-desk.ts";

const RUN_ID = "20260101T120000-abcdef";
const clock = fixedClock("2026-01-01T12:00:00Z");
let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "tradewind-desk-"))));
afterEach(() => rmSync(root, { recursive: true }));

function createDesk(finished: Promise<void>, onNightlySucceeded = () => {}) {
  const launch = () => ({ runId: RUN_ID, finished });
  const paths = varPaths(root);
  return createRunDesk({
    paths,
    clock,
    launchNightly: launch,
    launchIngest: launch,
    onNightlySucceeded,
    logger: silentLogger,
  });
}

function writeLedger(state: "succeeded" | "failed") {
  const ledger = openRunLedger(varPaths(root).runs, RUN_ID, clock);
  const kind = "nightly";
  ledger.append({
    event: "run.started",
    runId: RUN_ID,
    kind,
    scheduledFor: null,
    version: "0",
    process: ownIdentity(),
  });
  ledger.append({ event: "run.finished", state, releaseId: null, error: null });
  ledger.close();
}

describe("createRunDesk", () => {
  it("shows a run from its start, before its process has written a line", () => {
    const desk = createDesk(new Promise(() => {}));
    expect(desk.startNightly({})).toMatchObject({ runId: RUN_ID, state: "running" });
    expect(desk.get(RUN_ID)).toMatchObject({ state: "running", startedAt: "2026-01-01T12:00:00.000Z" });
    expect(desk.listIds()).toEqual([RUN_ID]);
  });

  it("believes the ledger as soon as there is one", () => {
    const desk = createDesk(new Promise(() => {}));
    desk.startNightly({});
    writeLedger("succeeded");
    expect(desk.get(RUN_ID).state).toBe("succeeded");
    expect(desk.findLastSuccess()?.runId).toBe(RUN_ID);
  });

  it("tells when a night went well, and only then", async () => {
    const onSucceeded = vi.fn();
    createDesk(Promise.resolve(), onSucceeded).startNightly({});
    createDesk(Promise.reject(new Error("x")), onSucceeded).startNightly({});
    createDesk(Promise.resolve(), onSucceeded).startIngest({ dataset: "orders", source: "generic", file: "none" });
    await Promise.resolve();
    await Promise.resolve();
    expect(onSucceeded).toHaveBeenCalledTimes(1);
  });

  it("shows a run whose process ended before its first line as failed", async () => {
    const finished = Promise.reject(fail("RUN_IN_PROGRESS", "Another run holds the warehouse."));
    const desk = createDesk(finished);
    desk.startNightly({});
    await finished.catch(() => {});
    expect(desk.get(RUN_ID)).toMatchObject({ state: "failed", error: { code: "RUN_IN_PROGRESS" } });
  });

  it.each([
    ["removes the spooled file when it is loaded", () => Promise.resolve(), false],
    ["leaves it to the nightly run when the load failed", () => Promise.reject(new Error("killed")), true],
  ])("%s", async (_name, end, isLeft) => {
    const file = join(root, "upload.csv");
    writeFileSync(file, "x");
    const finished = end();
    createDesk(finished).startIngest({ dataset: "orders", source: "generic", file });
    await finished.catch(() => {});
    await Promise.resolve();
    expect(existsSync(file)).toBe(isLeft);
  });

  it("throws JOB_NOT_FOUND for a run nobody knows", () => {
    expect(() => createDesk(Promise.resolve()).get("../../etc/passwd")).toThrow(/JOB_NOT_FOUND/);
  });
});
