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

test("candidates need a variant that explores, and ids of their own", () => {
  const variants = (exploration: string) =>
    `[{ id: a, weight: 1, settings: {}${exploration} }, { id: b, weight: 1, settings: {} }]`;
  const candidates = "\ncandidates: [{ id: c, settings: { model: popular } }, { id: c, settings: {} }]";
  write("one", 'startsOn: "2026-01-01"\nendsOn: "2026-01-31"', variants("") + candidates);
  expect(() => loadExperiments(folder)).toThrow(/candidates is stated, but no variant explores/u);
  expect(() => loadExperiments(folder)).toThrow(/candidates\[1\]\.id is "c", which another candidate has already/u);
  const explores = ", exploration: { method: thompson, share: 0.1 }";
  write(
    "one",
    'startsOn: "2026-01-01"\nendsOn: "2026-01-31"',
    variants(explores) + candidates.replace("c, settings: {}", "d, settings: {}"),
  );
  expect(loadExperiments(folder)[0]).toMatchObject({
    variants: [{ exploration: { method: "thompson", share: 0.1 } }, {}],
    candidates: [{ id: "c" }, { id: "d" }],
  });
});

test("two experiments on one day are refused", () => {
  write("one", 'startsOn: "2026-01-01"\nendsOn: "2026-01-31"');
  write("two", 'startsOn: "2026-01-31"\nendsOn: "2026-02-28"');
  expect(() => loadExperiments(folder)).toThrow(/two\.yaml:4:11 startsOn is 2026-01-31; one runs then/u);
});
