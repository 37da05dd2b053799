import { writeFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import type { PanelSeries } from "../../src/algorithms/forecasting/global/panel-types.ts";
import { createRng } from "../../src/core/rng.ts";
import { forecastInThreads } from "../../src/models/demand/backtest/forecast-in-threads.ts";
import { readSeriesFile } from "../../src/models/demand/backtest/read-series-file.ts";

/**
 * The automatic forecast of many daily series: wall and CPU seconds, greatest memory.
 *   npx tsx bench/forecast/scale.ts [series, default 100000] [threads, default 2]
 * The series are drawn with a seed from the daily Online Retail series: each is one of them with its blocks of four weeks shuffled
 * by drawing with replacement, the newest block kept. Writes bench/forecast/scale.json for the default number of series.
 */
const DEFAULT_SERIES = 100_000;
const BLOCK = 28;
const [count = DEFAULT_SERIES, threads = 2] = process.argv.slice(2).map(Number);
const file = new URL("../../../shared/data/forecast/online_retail/online_retail_daily.csv.gz", import.meta.url);
const { series: source } = await readSeriesFile(file.pathname);
const rng = createRng(11);
const series = Array.from({ length: count }, (): PanelSeries => {
  const { train, period, horizon } = source[rng.nextInt(source.length)] ?? {
    train: new Float64Array(1),
    period: 7,
    horizon: 28,
  };
  const values = train.slice();
  const blocks = Math.floor(train.length / BLOCK);
  for (let block = 1; block < blocks; block++) {
    const from = train.length - (1 + rng.nextInt(blocks)) * BLOCK;
    values.set(train.subarray(from, from + BLOCK), train.length - (block + 1) * BLOCK);
  }
  return { values, period, horizon };
});
const startedAt = performance.now();
const startedCpu = process.cpuUsage();
const { forecasts } = await forecastInThreads(series, { seed: 1, threads });
const { user, system } = process.cpuUsage(startedCpu);
const sum = forecasts.reduce((all, { mean }) => all + mean.reduce((part, value) => part + value, 0), 0);
const result = {
  machine: `${cpus()[0]?.model ?? "unknown"}, ${arch()}, Node ${process.version}`,
  date: new Date().toISOString().slice(0, 10),
  series: series.length,
  threads,
  wallSec: Math.round(performance.now() - startedAt) / 1e3,
  wallSecTargetAtMost: 600,
  cpuSec: Math.round((user + system) / 1e3) / 1e3,
  maxMemoryGb: Math.round(process.resourceUsage().maxRSS / 1e3) / 1e3,
  maxMemoryGbTargetAtMost: 4,
  sumOfForecasts: sum,
};
if (count === DEFAULT_SERIES)
  writeFileSync(new URL("scale.json", import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
