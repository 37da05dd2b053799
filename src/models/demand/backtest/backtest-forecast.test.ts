import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { backtestForecast } from "./backtest-forecast.ts";
import { readSeriesFile } from "./read-series-file.ts";
import { scoreForecasts } from "./score-forecasts.ts";

const folder = mkdtempSync(join(tmpdir(), "series-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, name.endsWith(".gz") ? gzipSync(text) : text);
  return file;
}

describe("readSeriesFile", () => {
  it("reads packed and quoted files, and takes the test part of another file by id", async () => {
    const file = write("a.csv.gz", '"id","m","h","train","test"\n"A",4,2,"1 2 3","4 5"\nB,1,2,7,8\n');
    const { series } = await readSeriesFile(file, write("t.csv", "id,test\nA,9 10 11\n"));
    expect(series).toEqual([
      { id: "A", period: 4, horizon: 2, train: Float64Array.of(1, 2, 3), test: Float64Array.of(9, 10) },
      { id: "B", period: 1, horizon: 2, train: Float64Array.of(7), test: new Float64Array(0) },
    ]);
    expect([...((await readSeriesFile(file)).series[0]?.test ?? [])]).toEqual([4, 5]);
  });

  it("fills gaps with the value one season before, else one step before, and cuts leading ones off", async () => {
    const file = write("gaps.csv", "id,m,h,train,test\nA,2,1,NA 5 8 nan 9 NULL,1\nB,7,1,3 . 4,1\n");
    const { series, filledGaps } = await readSeriesFile(file);
    expect(series.map(({ train }) => [...train])).toEqual([
      [5, 8, 5, 9, 5],
      [3, 3, 4],
    ]);
    expect(filledGaps).toBe(4);
  });

  it("quarantines what cannot be used, with the line and a reason", async () => {
    const rows = ["A,2,1,1 2,3", "A,2,1,1 2,3", "B,2,1,1 x2 3,3", "C,2,1,,3", "D,0,1,1,1", "E,1,1.5,1,1", "F,1,1,1,z"];
    const file = write("bad.csv", `id,m,h,train,test\n${rows.join("\n")}\nG,1,1,NA NA NA 1,1\n,1,1,1,1\n`);
    const { series, quarantined } = await readSeriesFile(file);
    expect(series.map(({ id }) => id)).toEqual(["A"]);
    expect(quarantined.map(({ fallback }) => fallback)).toEqual([null, 2, 0, null, null, 1, 1, null]);
    expect(quarantined.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      "3 id stands in the file twice; the first row counts",
      '4 train holds "x2", which is no number',
      "5 train is empty",
      '6 m "0" is no whole number from 1 to 10000',
      '7 h "1.5" is no whole number from 1 to 10000',
      '8 test holds "z", which is no number',
      "9 train lacks 3 of its 4 values",
      "10 id is empty",
    ]);
  });

  it("refuses files that are none", async () => {
    await expect(readSeriesFile(join(folder, "none.csv"))).rejects.toMatchObject({ code: "INGEST_FILE_NOT_FOUND" });
    await expect(readSeriesFile(write("c.csv", "id,m,train,test\nA,1,1,1\n"))).rejects.toMatchObject({
      code: "INGEST_COLUMN_MISSING",
      detail: expect.stringContaining('no column "h"'),
    });
    await expect(readSeriesFile(write("d.csv", "id,m,h,train,test\n"))).rejects.toMatchObject({
      code: "INGEST_FILE_UNREADABLE",
    });
  });
});

it("scores by hand-worked figures", () => {
  // Naive2 of [2, 4] is 4, 4: sMAPE ½(200·4/12 + 0), MASE ½·4/2. The forecast: ½(200·2/14 + 0), ½·2/2.
  const series = [{ id: "A", period: 1, horizon: 2, train: Float64Array.of(2, 4), test: Float64Array.of(8, 4) }];
  const mean = Float64Array.of(6, 4);
  const bounds = { lower95: Float64Array.of(0, 0), lower80: Float64Array.of(5, 5) };
  const scores = scoreForecasts(series, [
    {
      mean,
      ...bounds,
      lower50: mean,
      median: mean,
      upper50: mean,
      upper80: Float64Array.of(9, 9),
      upper95: Float64Array.of(9, 9),
    },
  ]);
  expect(scores.smape).toBeCloseTo(100 / 7, 9);
  expect(scores.mase).toBeCloseTo(0.5, 9);
  expect(scores.owa).toBeCloseTo((3 / 7 + 0.5) / 2, 9);
  expect(scores.rmsse).toBeCloseTo(Math.SQRT2 / 2, 9);
  expect(scores.wape).toBeCloseTo(2 / 12, 9);
  expect(scores.bias).toBeCloseTo(-1 / 3, 9);
  expect([scores.coverage80, scores.coverage95]).toEqual([0.5, 1]);
});

it("one bad series does not stop the others; lengths 1 to 5, constants and zeros work; same bytes twice", async () => {
  const rows = [1, 2, 3, 4, 5].map((n) => `L${n},7,3,${Array.from({ length: n }, (_, t) => t + 1).join(" ")},1 2 3`);
  rows.push(`Z,7,3,${"0 ".repeat(40)},0 0 0`, `C,7,3,${"5 ".repeat(40)},5 5 5`, "X,7,3,1 two 3,1 2 3");
  const file = write("mixed.csv", `id,m,h,train,test\n${rows.join("\n")}\n`);
  const request = { series: file, test: undefined, seed: 1 };
  const { cpuSecPer1000: _, ...result } = await backtestForecast(request);
  expect(result).toMatchObject({ series: 7, scored: 7, quarantined: [{ id: "X", line: 9 }] });
  expect(result.smape).toBeGreaterThan(0);
  const { cpuSecPer1000: __, ...again } = await backtestForecast(request);
  expect(again).toEqual(result);
});
