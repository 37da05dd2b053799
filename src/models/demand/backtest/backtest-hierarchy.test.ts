import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../../core/paths.ts";
import { backtestHierarchy } from "./backtest-hierarchy.ts";
import { readHierarchyFile } from "./read-hierarchy-file.ts";

const folder = mkdtempSync(join(tmpdir(), "hierarchy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const COLUMNS = { time: "month", keys: ["state", "region"], value: "trips" };

function write(text: string): string {
  const file = join(folder, `${Math.random()}.csv`);
  writeFileSync(file, text);
  return file;
}

describe("the file of a hierarchy", () => {
  it("sorts times, reads quoted names and takes a missing row as 0", async () => {
    const file = write(
      'month,region,state,trips\n2024-02,"Isles, north",S,4\n2024-01,"Isles, north",S,3\n2024-02,West,S,5\n',
    );
    const { paths, values } = await readHierarchyFile(file, COLUMNS);
    expect(paths).toEqual([
      ["S", "Isles, north"],
      ["S", "West"],
    ]);
    expect(values.map((series) => [...series])).toEqual([
      [3, 4],
      [0, 5],
    ]);
  });

  it("refuses by name what it cannot read", async () => {
    const read = (text: string): Promise<unknown> => readHierarchyFile(write(text), COLUMNS);
    await expect(read("month,region,trips\n")).rejects.toThrow('no column "state"');
    await expect(read("month,region,state,trips\n")).rejects.toThrow("no rows");
    await expect(read("month,region,state,trips\n2024-01,W,S,many\n")).rejects.toThrow('line 2: "many" is no number');
    await expect(read("month,region,state,trips\n2024-01,W,S,1\n2024-01,W,S,1\n")).rejects.toThrow(
      "second row of 2024-01",
    );
    await expect(readHierarchyFile(join(folder, "none.csv"), COLUMNS)).rejects.toThrow("INGEST_FILE_NOT_FOUND");
  });

  it("is refused where it is too short for the origins", async () => {
    const rows = Array.from({ length: 20 }, (_, month) => `2024-${String(month).padStart(2, "0")},W,S,${month}`);
    const series = write(["month,region,state,trips", ...rows].join("\n"));
    const request = { series, columns: COLUMNS, period: 4, horizon: 8, origins: 4, seed: 1 };
    await expect(backtestHierarchy(request)).rejects.toThrow("ask for fewer");
  });
});

it(
  "tourism: coherent, no level over 1 % worse than base, upper levels better than bottom-up",
  {
    timeout: 240_000,
  },
  async (context) => {
    const series = join(packageRoot(), "..", "shared", "data", "forecast", "tourism", "australia_tourism.csv");
    if (!existsSync(series)) {
      context.skip("the tourism series are not beside the repository");
      return;
    }
    const columns = { time: "date_time", keys: ["State", "Region", "Purpose"], value: "Trips" };
    const result = await backtestHierarchy({ series, columns, period: 4, horizon: 8, origins: 2, seed: 1 });
    expect(result.levels.map(({ nodes }) => nodes)).toEqual([1, 8, 76, 304]);
    expect(result.incoherence).toBeLessThan(1e-9);
    for (const { rmse } of result.levels) expect(rmse["automatic"]).toBeLessThan(1.01 * (rmse["base"] ?? 0));
    for (const { rmse } of result.levels.slice(0, 2)) expect(rmse["automatic"]).toBeLessThan(rmse["bottomUp"] ?? 0);
  },
);
