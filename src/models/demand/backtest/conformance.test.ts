import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { packageRoot } from "../../../core/paths.ts";
import { backtestForecast } from "./backtest-forecast.ts";

const folder = mkdtempSync(join(tmpdir(), "conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every n-th series of a benchmark file, to keep the suite quick; undefined where the file is not beside the repository. */
function takeEvery(name: string, nth: number): string | undefined {
  const source = join(packageRoot(), "..", "shared", "data", "forecast", name);
  if (!existsSync(source)) return undefined;
  const [header = "", ...rows] = readFileSync(source, "utf8").trim().split("\n");
  const file = join(folder, name.replaceAll("/", "-"));
  writeFileSync(file, [header, ...rows.filter((_, at) => at % nth === 0)].join("\n"));
  return file;
}

/** Accuracy reached on every n-th series, with room for a change of method but not for a fault. */
const REACHED = [
  { file: "m3/m3_yearly.csv", nth: 3, measure: "owa", atMost: 0.9 },
  { file: "m3/m3_quarterly.csv", nth: 4, measure: "owa", atMost: 0.9 },
  { file: "carparts/carparts.csv", nth: 10, measure: "rmsse", atMost: 0.615 },
] as const;

it.for(REACHED)(
  "$file: $measure at most $atMost",
  { timeout: 120_000 },
  async ({ file, nth, measure, atMost }, context) => {
    const series = takeEvery(file, nth);
    if (series === undefined) {
      context.skip("the benchmark series are not beside the repository");
      return;
    }
    const result = await backtestForecast({ series, test: undefined, seed: 1 });
    expect(result[measure]).toBeLessThan(atMost);
    expect(result.coverage95).toBeGreaterThan(0.9);
  },
);
