import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { insertRows, orderLine, type FixtureWarehouse } from "../testing/fixture-warehouse.ts";
import { nightOf, openReleaseFixture, stageNight } from "../testing/staged-release.ts";
import { type DurableFiles } from "./durable-files.ts";
import { listReleases } from "./list-releases.ts";
import { currentReleaseId, publishRelease } from "./publish-release.ts";
import { releaseFolder } from "./release-paths.ts";
import { rollbackRelease } from "./rollback-release.ts";

let warehouse: FixtureWarehouse;
beforeEach(async () => {
  warehouse = await openReleaseFixture();
});
afterEach(() => warehouse.close());

const stage = (day: number, files?: DurableFiles) => stageNight(warehouse.paths, warehouse.session, day, files);

async function publish(day: number) {
  const manifest = await stageNight(warehouse.paths, warehouse.session, day);
  publishRelease(warehouse.paths, manifest.releaseId);
  return manifest;
}
test("points at the release, and rolling back at the one before or the one named", async () => {
  const { paths } = warehouse;
  expect(() => rollbackRelease(paths)).toThrow(/RELEASE_NONE/);
  for (const day of [1, 2, 3]) await publish(day);
  expect(currentReleaseId(paths)).toBe(nightOf(3));
  expect(rollbackRelease(paths)).toBe(nightOf(2));
  expect(rollbackRelease(paths)).toBe(nightOf(1));
  expect(() => rollbackRelease(paths)).toThrow(/RELEASE_NOT_FOUND/);
  expect(rollbackRelease(paths, nightOf(3))).toBe(nightOf(3));
  expect(currentReleaseId(paths)).toBe(nightOf(3));
  expect(listReleases(paths).map((release) => release.releaseId)).toEqual([nightOf(3), nightOf(2), nightOf(1)]);
});

test("a release that misses a file is not published", async () => {
  const { paths } = warehouse;
  await publish(1);
  await insertRows(warehouse.session, "fct_order_line", [orderLine("D", "2011-02-03", "P1", 1, 10)]);
  const second = await stage(2);
  writeFileSync(join(releaseFolder(paths, second.releaseId), "models/co-purchase.arrow"), "short");
  expect(() => publishRelease(paths, second.releaseId)).toThrow(/RELEASE_INVALID.*co-purchase/);
  expect(currentReleaseId(paths)).toBe(nightOf(1));
});
