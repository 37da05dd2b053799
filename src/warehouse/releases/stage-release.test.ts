import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { insertRows, orderLine, type FixtureWarehouse } from "../testing/fixture-warehouse.ts";
import { nightOf, openReleaseFixture, stageNight } from "../testing/staged-release.ts";
import { createDurableFiles, type DurableFiles } from "./durable-files.ts";
import { currentReleaseId, publishRelease } from "./publish-release.ts";
import { releaseFolder } from "./release-paths.ts";
import { verifyRelease } from "./verify-release.ts";
import type { FactPartition } from "./release-manifest.ts";

let warehouse: FixtureWarehouse;
beforeEach(async () => {
  warehouse = await openReleaseFixture();
});
afterEach(() => warehouse.close());

const stage = (day: number, files?: DurableFiles) => stageNight(warehouse.paths, warehouse.session, day, files);

const describePartition = (fact: FactPartition) => `${fact.table} ${fact.store} ${fact.month} ${fact.rows}`;
test("a release lists its files, partitions, windows and figures and is not yet served", async () => {
  const manifest = await stage(1);
  expect(manifest.files.map((file) => file.path)).toEqual(["marts.duckdb", "models/co-purchase.arrow"]);
  expect(manifest.facts.map(describePartition)).toEqual([
    "fct_order_line Läden/2 2011-02 1",
    "fct_order_line shop 2011-01 1",
    "fct_order_line shop 2011-02 1",
    "fct_session shop undated 1",
    "fct_fx_rate all undated 1",
  ]);
  expect(manifest.facts[0]?.path).toMatch(/^facts\/fct_order_line\/store=L%C3%A4den%2F2\/month=2011-02\/[0-9a-f]{64}/);
  expect(manifest.windows).toEqual({
    fx: { from: "2011-01-14", to: "2011-01-14" },
    orders: { from: "2011-01-15", to: "2011-02-28" },
  });
  expect(manifest.figures).toMatchObject({ mart_order: 3, mart_product: 2 });
  expect(currentReleaseId(warehouse.paths)).toBeUndefined();
  expect(await verifyRelease(warehouse.paths, manifest.releaseId)).toEqual({ ok: true, problems: [] });
});

test("the marts file stands alone, without a write-ahead log", async () => {
  const { releaseId } = await stage(1);
  expect(readdirSync(releaseFolder(warehouse.paths, releaseId)).sort()).toEqual([
    "manifest.json",
    "manifest.sha256",
    "marts.duckdb",
    "models",
  ]);
});

test("a partition holds the facts of its month, without engine-specific hashes", async () => {
  const manifest = await stage(1);
  const january = manifest.facts.find((fact) => fact.store === "shop" && fact.month === "2011-01");
  const rows = await warehouse.session.rows("SELECT * FROM read_parquet($file)", {
    file: join(warehouse.paths.root, january?.path ?? ""),
  });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ order_id: "A", ordered_on: "2011-01-15", amount_minor: 2000 });
  expect(Object.keys(rows[0] ?? {})).not.toContain("content_hash");
});

test("only what changed is written again", async () => {
  const first = await stage(1);
  await insertRows(warehouse.session, "fct_order_line", [orderLine("D", "2011-02-03", "P1", 1, 10)]);
  const written: string[] = [];
  const second = await stage(
    2,
    createDurableFiles((change) => written.push(change)),
  );
  expect(written.filter((change) => change === "write staged.tmp")).toHaveLength(1);
  const paths = new Set(first.facts.map((fact) => fact.path));
  expect(second.facts.filter((fact) => !paths.has(fact.path)).map(describePartition)).toEqual([
    "fct_order_line shop 2011-02 2",
  ]);
});

test("a partition whose file was lost is written again", async () => {
  const first = await stage(1);
  rmSync(join(warehouse.paths.root, first.facts[1]?.path ?? ""));
  const second = await stage(2);
  expect(second.facts).toEqual(first.facts);
  expect(await verifyRelease(warehouse.paths, second.releaseId)).toMatchObject({ ok: true });
});

test("staging twice returns the release that is there; a left-over of another night is discarded", async () => {
  const first = await stage(1);
  mkdirSync(join(warehouse.paths.releases, `${nightOf(9)}.tmp`));
  expect(await stage(1)).toEqual(first);
  await stage(2);
  expect(readdirSync(warehouse.paths.releases).sort()).toEqual([nightOf(1), nightOf(2)]);
});

test("a release id or model file that leads elsewhere is refused", async () => {
  const { paths, session } = warehouse;
  await expect(stageNight(paths, session, 123)).rejects.toMatchObject({ code: "RELEASE_INVALID" });
  expect(() => publishRelease(paths, "../../etc")).toThrow(/RELEASE_NOT_FOUND/);
});
