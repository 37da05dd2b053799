import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRng, type Rng } from "../../src/core/rng.ts";
import { varPaths } from "../../src/core/paths.ts";
import { readRuns } from "../../src/jobs/ledger/read-runs.ts";
import { createReleaseReader } from "../../src/warehouse/release-reader.ts";
import { currentReleaseId } from "../../src/warehouse/releases/publish-release.ts";
import { verifyRelease } from "../../src/warehouse/releases/verify-release.ts";
import { type Installation, runCli, startCli } from "../support/cli-process.ts";
import { listLedgers, waitForLines } from "../support/follow-ledger.ts";
import { createSmallData, type SmallData } from "../support/small-data.ts";
import { readWarehouseState, type WarehouseState } from "../support/warehouse-state.ts";

const isNightlyProfile = process.env["TRADEWIND_TEST_PROFILE"] === "nightly";
/** 50 kills in the nightly profile, 12 otherwise. */
const NIGHTLY_KILLS = isNightlyProfile ? 35 : 8;
const INGEST_KILLS = isNightlyProfile ? 15 : 4;
const SEED = Number(process.env["FAULT_SEED"] ?? 20_260_301);

let root: string;
let data: SmallData;
/** One released year; copied for every test. */
let firstYear: Installation;
/** Both years, never disturbed. */
let undisturbed: WarehouseState;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tradewind-kill-"));
  data = await createSmallData(root);
  firstYear = { varDir: join(root, "first-year"), dataDir: data.dataDir };
  await run(firstYear, ["nightly"]);
  const both = copyOf(firstYear, "both-years");
  putIntoInbox(both);
  await run(both, ["nightly"]);
  undisturbed = await readWarehouseState(both);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test(`a night killed at any moment leaves the release serving and resumes to the same tables (seed ${SEED})`, async () => {
  const rng = createRng(SEED);
  const installation = copyOf(firstYear, "killed-nights");
  putIntoInbox(installation);
  const stepsHit = new Set<string>();
  for (let kill = 0; kill < NIGHTLY_KILLS; kill++) {
    // Forced, so that each night goes through all steps and each can be hit: 8 steps write 18 lines.
    const step = await killAtRandom(installation, ["nightly", "--force"], 1 + rng.nextInt(18), rng);
    stepsHit.add(step);
    await expectWhole(installation);
  }
  await run(installation, ["nightly"]);
  await expectWhole(installation);
  const end = await readWarehouseState(installation);
  expect(end).toEqual(undisturbed);
  expect(end.files.map((file) => file.name)).toEqual(["orders.csv", "rates.csv", "second-year.csv"]);
  expect(readdirSync(varPaths(installation.varDir).temp).filter((name) => name.startsWith("ingest-"))).toEqual([]);
  expect(stepsHit.size).toBeGreaterThanOrEqual(isNightlyProfile ? 6 : 3);
});

test(`an ingest killed at any moment leaves the whole file or nothing of it (seed ${SEED})`, async () => {
  const rng = createRng(SEED + 1);
  const words = ["ingest", "order-lines", data.secondYear, "--source", "online-retail"];
  for (let kill = 0; kill < INGEST_KILLS; kill++) {
    const installation = copyOf(firstYear, `killed-ingest-${kill}`);
    await killAtRandom(installation, words, 1 + rng.nextInt(2), rng);
    await expectWhole(installation);
    const { stdout } = await run(installation, [...words, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject([{ file: "second-year.csv" }]);
    const end = await readWarehouseState(installation);
    expect(factsOf(end)).toEqual(factsOf(undisturbed));
    rmSync(installation.varDir, { recursive: true });
  }
});

test("of two nights started at once exactly one runs, the other reports RUN_IN_PROGRESS", async () => {
  const installation = copyOf(firstYear, "two-at-once");
  const ends = await Promise.all([
    runCli(installation, ["nightly", "--force"]),
    runCli(installation, ["nightly", "--force"]),
  ]);
  expect(ends.map((end) => end.code).sort((a, b) => Number(a) - Number(b))).toEqual([0, 75]);
  expect(ends.find((end) => end.code === 75)?.stderr).toContain("RUN_IN_PROGRESS");
  await expectWhole(installation);
});

/** Kills a command after its `line`-th ledger line and up to 300 ms. Returns the step it was in. */
async function killAtRandom(
  installation: Installation,
  words: readonly string[],
  line: number,
  rng: Rng,
): Promise<string> {
  const { runs } = varPaths(installation.varDir);
  const known = listLedgers(runs);
  const command = startCli(installation, words);
  await waitForLines(runs, known, line, command.ended);
  await sleep(rng.nextInt(300));
  command.kill("SIGKILL");
  await command.ended;
  const [last] = readRuns(varPaths(installation.varDir), 1);
  return last?.steps.at(-1)?.step ?? "none";
}

/** What holds at any moment: the release is whole and answers, no file is half loaded, no run looks alive. */
async function expectWhole(installation: Installation): Promise<void> {
  const paths = varPaths(installation.varDir);
  const releaseId = currentReleaseId(paths) ?? "none";
  expect(await verifyRelease(paths, releaseId)).toEqual({ ok: true, problems: [] });
  const reader = await createReleaseReader(paths, { memory: "200MB", threads: 1, tempDir: join(paths.temp, "reader") });
  const [orders] = await reader.current().rows<{ count: number }>("SELECT count(*) AS count FROM mart_order");
  expect(orders?.count).toBeGreaterThan(400);
  await reader.close();
  const { files } = await readWarehouseState(installation);
  for (const file of files) expect(file.found).toBe(file.said);
  expect(readRuns(paths).filter((run) => run.state === "running")).toEqual([]);
}

/** What an ingest writes; the rest follows from it in the next night. */
function factsOf({ tables }: WarehouseState): [string, string][] {
  return Object.entries(tables).filter(([name]) => /^(fct_(?!order$)|raw_)/.test(name));
}

async function run(installation: Installation, words: readonly string[]): Promise<{ stdout: string }> {
  const end = await runCli(installation, words);
  if (end.code !== 0) throw new Error(`${words.join(" ")} ended with ${end.code}: ${end.stderr}`);
  return end;
}

function copyOf(installation: Installation, name: string): Installation {
  const varDir = join(root, name);
  cpSync(installation.varDir, varDir, { recursive: true });
  return { ...installation, varDir };
}

function putIntoInbox(installation: Installation): void {
  const folder = join(varPaths(installation.varDir).inbox, "order-lines@online-retail");
  mkdirSync(folder, { recursive: true });
  cpSync(data.secondYear, join(folder, "second-year.csv"));
}
