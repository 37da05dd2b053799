import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import { type Config, readConfig } from "../../src/core/config.ts";
import { silentLogger } from "../../src/core/log.ts";
import { varPaths, type VarPaths } from "../../src/core/paths.ts";
import type { RunRecord } from "../../src/jobs/ledger/run-record.ts";
import { type NightlyRequest, runNightly } from "../../src/jobs/nightly/run-nightly.ts";
import type { Model } from "../../src/models/model.ts";
import { currentReleaseId } from "../../src/warehouse/releases/publish-release.ts";
import { readManifest } from "../../src/warehouse/releases/read-manifest.ts";
import { rollbackRelease } from "../../src/warehouse/releases/rollback-release.ts";
import { verifyRelease } from "../../src/warehouse/releases/verify-release.ts";
import { createSmallData, type SmallData } from "../support/small-data.ts";

let root: string;
let data: SmallData;
/** An installation after its first night; copied for every test. */
let first: Config;
let firstRun: RunRecord;

/** Passes or fails its gate as told; its artefact says on which day it was fitted. */
function createModel(passed: boolean): Model {
  return {
    name: "probe",
    fit: async ({ asOf, seed }) => ({
      card: {
        name: "probe",
        version: "1",
        artefacts: ["probe.txt"],
        window: { from: asOf, to: asOf },
        trainedOn: 1,
        parameters: {},
        metrics: { error: 1 },
        baseline: { error: 2 },
        gate: { rule: "better than the baseline", passed },
        seed,
      },
      files: [{ name: "probe.txt", bytes: new TextEncoder().encode(asOf) }],
    }),
  };
}

function night(config: Config, request: Partial<NightlyRequest> = {}): Promise<RunRecord> {
  return runNightly({ config, clock: systemClock, logger: silentLogger, models: [createModel(true)], ...request });
}

function configOf(varDir: string): Config {
  return readConfig({
    TRADEWIND_VAR_DIR: varDir,
    TRADEWIND_DATA_DIR: data.dataDir,
    TRADEWIND_WAREHOUSE_MEMORY: "500MB",
  });
}

function afterFirstNight(): { config: Config; paths: VarPaths } {
  const varDir = mkdtempSync(join(root, "var-"));
  onTestFinished(() => rmSync(varDir, { recursive: true }));
  cpSync(first.varDir, varDir, { recursive: true });
  return { config: configOf(varDir), paths: varPaths(varDir) };
}

function putIntoInbox(paths: VarPaths, file: string, folder = "order-lines@online-retail"): void {
  mkdirSync(join(paths.inbox, folder), { recursive: true });
  cpSync(file, join(paths.inbox, folder, "delivery.csv"));
}

const statesOf = (run: RunRecord): Record<string, string> =>
  Object.fromEntries(run.steps.map((step) => [step.step, step.state]));

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tradewind-nightly-"));
  data = await createSmallData(root);
  first = configOf(join(root, "first"));
  firstRun = await night(first);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a first night ingests what is bundled and publishes a whole release named after the run", async () => {
  const paths = varPaths(first.varDir);
  expect(firstRun).toMatchObject({ kind: "nightly", state: "succeeded", error: null, releaseId: firstRun.runId });
  expect(firstRun.steps.map((step) => step.step)).toEqual([
    "ingest",
    "conform",
    "marts",
    "fit:probe",
    "gate",
    "release",
    "prune",
  ]);
  expect(currentReleaseId(paths)).toBe(firstRun.runId);
  expect(await verifyRelease(paths, firstRun.runId)).toEqual({ ok: true, problems: [] });
  const { asOf, models } = readManifest(paths, firstRun.runId);
  expect(asOf).toBe(firstRun.asOf);
  expect(models).toMatchObject([{ name: "probe", published: true, window: { to: asOf } }]);
});

test("a second night with nothing new skips the work and publishes nothing, unless forced", async () => {
  const { config, paths } = afterFirstNight();
  const second = await night(config);
  expect(statesOf(second)).toEqual({
    ingest: "succeeded",
    conform: "skipped",
    marts: "skipped",
    "fit:probe": "skipped",
    gate: "succeeded",
    release: "skipped",
    prune: "succeeded",
  });
  expect(second).toMatchObject({ state: "succeeded", releaseId: null });
  expect(currentReleaseId(paths)).toBe(firstRun.runId);

  const forced = await night(config, { force: true });
  expect(Object.values(statesOf(forced))).toEqual(Array.from({ length: 7 }, () => "succeeded"));
  expect(currentReleaseId(paths)).toBe(forced.runId);
});

test("a delivery in the inbox is ingested, put away and in the next release", async () => {
  const { config, paths } = afterFirstNight();
  putIntoInbox(paths, data.secondYear);
  const run = await night(config);
  expect(run).toMatchObject({ state: "succeeded", releaseId: run.runId });
  expect(run.asOf?.slice(0, 7)).toBe("2011-12");
  expect(readdirSync(join(paths.inbox, "done", "order-lines@online-retail"))).toEqual([`${run.runId}-delivery.csv`]);
});

test("a delivery that cannot be read is put aside with its reason and does not stop the night", async () => {
  const { config, paths } = afterFirstNight();
  const bad = join(paths.root, "bad.csv");
  writeFileSync(bad, "something,else\n1,2\n");
  putIntoInbox(paths, bad);
  const run = await night(config);
  expect(run).toMatchObject({ state: "succeeded", releaseId: null });
  expect(run.steps[0]?.figures["refused"]).toBe(1);
  const reason = join(paths.inbox, "refused", "order-lines@online-retail", `${run.runId}-delivery.csv.reason.txt`);
  expect(readFileSync(reason, "utf8")).toContain("INGEST_COLUMN_MISSING");
});

test("a model that fails its gate keeps the artefact of the release before; the card says so", async () => {
  const { config, paths } = afterFirstNight();
  putIntoInbox(paths, data.secondYear);
  const run = await night(config, { models: [createModel(false)] });
  const [card] = readManifest(paths, run.runId).models;
  expect(card).toMatchObject({ name: "probe", published: false, gate: { passed: false } });
  expect(card?.window.to).toBe(firstRun.asOf);
  const artefact = join(paths.releases, run.runId, "models", "probe.txt");
  expect(readFileSync(artefact, "utf8")).toBe(firstRun.asOf);
  expect(await verifyRelease(paths, run.runId)).toMatchObject({ ok: true });

  const next = await night(config, { models: [createModel(false)] });
  expect(statesOf(next)["release"]).toBe("skipped");
});

test("a first fit that fails its gate leaves the model out of the release", async () => {
  const varDir = mkdtempSync(join(root, "var-"));
  const paths = varPaths(varDir);
  const run = await night(configOf(varDir), { models: [createModel(false)] });
  expect(run.releaseId).toBe(run.runId);
  expect(readManifest(paths, run.runId).models).toMatchObject([{ published: false, artefacts: [] }]);
  expect(existsSync(join(paths.releases, run.runId, "models", "probe.txt"))).toBe(false);
});

test("a rollback stays until there is something new", async () => {
  const { config, paths } = afterFirstNight();
  await night(config, { force: true });
  rollbackRelease(paths);
  await night(config);
  expect(currentReleaseId(paths)).toBe(firstRun.runId);
  putIntoInbox(paths, data.secondYear);
  const run = await night(config);
  expect(currentReleaseId(paths)).toBe(run.runId);
});

test("an earlier as-of day leaves later facts out", async () => {
  const { config, paths } = afterFirstNight();
  const run = await night(config, { asOf: "2010-06-30" });
  const { asOf, windows } = readManifest(paths, run.runId);
  expect(asOf).toBe("2010-06-30");
  expect(windows["orders"]?.to.slice(0, 7)).toBe("2010-06");
  await expect(night(config, { asOf: "2010-06-31" })).rejects.toMatchObject({ code: "REQUEST_INVALID" });
});

test("--only runs the named steps with what exists, and refuses names there are none of", async () => {
  const { config } = afterFirstNight();
  const run = await night(config, { only: ["release", "marts"], force: true });
  expect(statesOf(run)).toEqual({ marts: "succeeded", release: "succeeded" });
  await expect(night(config, { only: ["fit:nothing"] })).rejects.toMatchObject({ code: "JOB_STEP_UNKNOWN" });
});

test("a model that breaks fails the run; the release before goes on serving and the next night recovers", async () => {
  const { config, paths } = afterFirstNight();
  putIntoInbox(paths, data.secondYear);
  const broken: Model = { name: "probe", fit: () => Promise.reject(new Error("singular matrix")) };
  const run = await night(config, { models: [broken] });
  expect(run).toMatchObject({ state: "failed", error: { code: "INTERNAL" }, releaseId: null });
  expect(currentReleaseId(paths)).toBe(firstRun.runId);
  const next = await night(config);
  expect(next).toMatchObject({ state: "succeeded", releaseId: next.runId });
  expect(statesOf(next)["marts"]).toBe("skipped");
});

test("a cancelled night ends as RUN_CANCELLED", async () => {
  const { config } = afterFirstNight();
  const controller = new AbortController();
  const run = await night(config, {
    force: true,
    signal: controller.signal,
    onProgress: ({ step }) => void (step === "marts" && controller.abort()),
  });
  expect(run).toMatchObject({ state: "failed", error: { code: "RUN_CANCELLED" } });
});
