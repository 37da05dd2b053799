import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { experimentsFolder, loadExperiments } from "./load-experiments.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tradewind-experiments-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(
  id: string,
  days: string,
  variants = "[{ id: a, weight: 1, settings: {} }, { id: b, weight: 1, settings: {} }]",
) {
  writeFileSync(join(folder, `${id}.yaml`), `id: ${id}\ntitle: T\nunit: customer\n${days}\nvariants: ${variants}\n`);
}

test("the experiments of the product are valid and none of them runs", () => {
  const experiments = loadExperiments(experimentsFolder());
  expect(experiments.map(({ id }) => id)).toContain("more-diverse-shelf");
  expect(experiments.filter(({ endsOn }) => endsOn > "2012-01-01")).toEqual([]);
});

test("faults name file, line and field", () => {
  write("one", 'startsOn: "2026-01-01"\nendsOn: "2026-02-30"');
  write("two", 'startsOn: "2026-02-01"\nendsOn: "2026-01-31"');
  write("three", 'startsOn: "2030-01-01"\nendsOn: "2030-01-02"', "[{ id: a, weight: 0, settings: { speed: 1 } }]");
  const load = () => loadExperiments(folder);
  expect(load).toThrow(/one\.yaml:5:9 endsOn is "2026-02-30", which is no day/u);
  expect(load).toThrow(/two\.yaml:5:9 endsOn is 2026-01-31; it must not lie before 2026-02-01/u);
  expect(load).toThrow(/three\.yaml:6:\d+ variants\[0\]\.weight is 0/u);
  expect(load).toThrow(/three\.yaml:6:\d+ variants\[0\]\.settings\.speed is not a known property/u);
});

test("two experiments on one day are refused", () => {
  write("one", 'startsOn: "2026-01-01"\nendsOn: "2026-01-31"');
  write("two", 'startsOn: "2026-01-31"\nendsOn: "2026-02-28"');
  expect(() => loadExperiments(folder)).toThrow(/two\.yaml:4:11 startsOn is 2026-01-31; one runs then/u);
});
