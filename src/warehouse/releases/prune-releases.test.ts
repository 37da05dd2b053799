import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { insertRows, orderLine, type FixtureWarehouse } from "../testing/fixture-warehouse.ts";
import { nightOf, openReleaseFixture, stageNight } from "../testing/staged-release.ts";
import { listReleases } from "./list-releases.ts";
import { pruneReleases } from "./prune-releases.ts";
import { publishRelease } from "./publish-release.ts";
import { releaseFolder } from "./release-paths.ts";
import { rollbackRelease } from "./rollback-release.ts";
import { verifyRelease } from "./verify-release.ts";

let warehouse: FixtureWarehouse;
beforeEach(async () => {
  warehouse = await openReleaseFixture();
});
afterEach(() => warehouse.close());

async function publish(day: number) {
  const manifest = await stageNight(warehouse.paths, warehouse.session, day);
  publishRelease(warehouse.paths, manifest.releaseId);
  return manifest;
}
test("keeps the newest, the current one and every partition they refer to", async () => {
  const { paths, session } = warehouse;
  await publish(1);
  for (const day of [2, 3, 4]) {
    await insertRows(session, "fct_order_line", [orderLine(`N${day}`, "2011-02-03", "P1", 1, 10)]);
    await publish(day);
  }
  rollbackRelease(paths, nightOf(1));
  // February of "shop" was written four times; nights 2 and 3 go, with the two partitions only they have.
  expect(pruneReleases(paths, 1)).toEqual({ releases: [nightOf(3), nightOf(2)], partitions: 2 });
  expect(listReleases(paths).map((release) => release.releaseId)).toEqual([nightOf(4), nightOf(1)]);
  for (const day of [1, 4]) expect(await verifyRelease(paths, nightOf(day))).toMatchObject({ ok: true });
  expect(pruneReleases(paths, 1)).toEqual({ releases: [], partitions: 0 });
});

test("removes nothing while a release that stays cannot be read", async () => {
  const { paths } = warehouse;
  const first = await publish(1);
  await publish(2);
  writeFileSync(join(releaseFolder(paths, nightOf(2)), "manifest.json"), "{");
  expect(() => pruneReleases(paths, 1)).toThrow(/RELEASE_INVALID/);
  expect(existsSync(join(paths.root, first.facts[0]?.path ?? ""))).toBe(true);
});

test("keeping none is refused", () => {
  expect(() => pruneReleases(warehouse.paths, 0)).toThrow(/REQUEST_INVALID/);
});
