import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FixtureWarehouse } from "../testing/fixture-warehouse.ts";
import { nightOf, openReleaseFixture, stageNight } from "../testing/staged-release.ts";
import { publishRelease } from "./publish-release.ts";
import { releaseFolder } from "./release-paths.ts";
import { verifyRelease } from "./verify-release.ts";

let warehouse: FixtureWarehouse;
beforeEach(async () => {
  warehouse = await openReleaseFixture();
});
afterEach(() => warehouse.close());

const isNightly = process.env["TRADEWIND_TEST_PROFILE"] === "nightly";

async function publish(day: number) {
  const manifest = await stageNight(warehouse.paths, warehouse.session, day);
  publishRelease(warehouse.paths, manifest.releaseId);
  return manifest;
}
test("a flipped bit anywhere in any file of a release is found", async () => {
  const { paths } = warehouse;
  const manifest = await publish(1);
  const folder = releaseFolder(paths, manifest.releaseId);
  const files = [
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
    ...manifest.facts.map((fact) => join(paths.root, fact.path)),
  ];
  expect(files).toHaveLength(9);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.nat(7), async (file, position, bit) => {
      const original = readFileSync(file);
      const damaged = Buffer.from(original);
      const at = position % damaged.length;
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      writeFileSync(file, damaged);
      const { ok } = await verifyRelease(paths, manifest.releaseId);
      writeFileSync(file, original);
      expect(ok, `${relative(paths.root, file)} byte ${at} bit ${bit}`).toBe(false);
    }),
    { numRuns: isNightly ? 2000 : 60 },
  );
  expect(await verifyRelease(paths, manifest.releaseId)).toMatchObject({ ok: true });
});

test("a manifest whose fields bear other names is damage, not a crash", async () => {
  const { paths } = warehouse;
  const { releaseId } = await publish(1);
  const path = join(releaseFolder(paths, releaseId), "manifest.json");
  writeFileSync(path, readFileSync(path, "utf8").replaceAll('"path"', '"qath"'));
  expect(await verifyRelease(paths, releaseId)).toEqual({
    ok: false,
    problems: ["manifest.json does not match manifest.sha256."],
  });
});

test("missing, changed and foreign files are named", async () => {
  const { paths } = warehouse;
  const manifest = await publish(1);
  const [first, second] = manifest.facts;
  rmSync(join(paths.root, first?.path ?? ""));
  writeFileSync(join(paths.root, second?.path ?? ""), "changed");
  writeFileSync(join(releaseFolder(paths, manifest.releaseId), "models/guest.arrow"), "");
  expect((await verifyRelease(paths, manifest.releaseId)).problems).toEqual([
    "models/guest.arrow does not belong to the release.",
    `${first?.path} is missing.`,
    `${second?.path} was changed after it was released.`,
  ]);
});

test("an unknown release is a problem, not a crash", async () => {
  expect(await verifyRelease(warehouse.paths, nightOf(9))).toMatchObject({ ok: false });
});
