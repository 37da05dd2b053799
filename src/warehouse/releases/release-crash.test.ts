import { cpSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { insertRows, orderLine, type FixtureWarehouse } from "../testing/fixture-warehouse.ts";
import { buildAll, nightOf, openReleaseFixture, stageBuilt, stageNight } from "../testing/staged-release.ts";
import { createDurableFiles } from "./durable-files.ts";
import { pruneReleases } from "./prune-releases.ts";
import { currentReleaseId, publishRelease } from "./publish-release.ts";
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
class Crash extends Error {}

/** Stages and publishes night 2 and prunes, stopped before the n-th change to the disk. Tells whether it was. */
async function isStoppedAt(limit: number): Promise<boolean> {
  let changes = 0;
  const files = createDurableFiles(() => {
    if (changes === limit) throw new Crash();
    changes += 1;
  });
  try {
    const manifest = await stageBuilt(warehouse.paths, warehouse.session, 2, files);
    publishRelease(warehouse.paths, manifest.releaseId, files);
    pruneReleases(warehouse.paths, 1, files);
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

test("stopped between any two changes, a complete release is served and the next run finishes the work", async () => {
  const { paths, session } = warehouse;
  await publish(1);
  await insertRows(session, "fct_order_line", [orderLine("D", "2011-02-03", "P1", 1, 10)]);
  await buildAll(session);
  const before = join(paths.root, "before");
  for (const folder of [paths.releases, paths.facts])
    cpSync(folder, join(before, basename(folder)), { recursive: true });

  const servedAfter: string[] = [];
  for (let limit = 0; await isStoppedAt(limit); limit++) {
    const current = currentReleaseId(paths) ?? "";
    expect(await verifyRelease(paths, current), `stopped before change ${limit}`).toEqual({ ok: true, problems: [] });
    servedAfter.push(current);
    expect(await isStoppedAt(Infinity)).toBe(false);
    expect(readdirSync(paths.releases).sort()).toEqual([nightOf(2), "CURRENT"]);
    expect(await verifyRelease(paths, nightOf(2))).toEqual({ ok: true, problems: [] });
    for (const folder of [paths.releases, paths.facts]) {
      rmSync(folder, { recursive: true });
      cpSync(join(before, basename(folder)), folder, { recursive: true });
    }
  }
  // Served is night 1 up to one point and night 2 from there on.
  expect(servedAfter).toEqual([...servedAfter].sort());
  expect(new Set(servedAfter)).toEqual(new Set([nightOf(1), nightOf(2)]));
  expect(servedAfter.length).toBeGreaterThan(20);
});
