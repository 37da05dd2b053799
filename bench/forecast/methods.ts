/**
 * CPU seconds per 1,000 series, sMAPE, MASE and OWA (against this library's Naive2) of each per-series method:
 *   npx tsx bench/forecast/methods.ts [file in ../shared/data/forecast, default m3/m3_monthly.csv] [every n-th series] [method]
 * One thread; prints one JSON object.
 */
import { mase } from "../../src/algorithms/evaluation/mase.ts";
import { smape } from "../../src/algorithms/evaluation/smape.ts";
import { CLOSED_FORM_METHODS } from "../../src/algorithms/forecasting/closed-form-methods.ts";
import { MODEL_METHODS } from "../../src/algorithms/forecasting/model-methods.ts";
import { readCompetitionSeries } from "../../src/algorithms/forecasting/testing/read-series.ts";

const [file = "m3/m3_monthly.csv", every = "1", only] = process.argv.slice(2);
const all = readCompetitionSeries(file);
if (all === undefined) throw new Error(`${file} is not in ../shared/data/forecast`);
const series = all.filter((_, i) => i % Number(every) === 0);

const WARM_UP_MICROSECONDS = 500_000;
const measured = [...CLOSED_FORM_METHODS, ...MODEL_METHODS]
  .filter(({ name }) => name === "naive2" || (only ?? name) === name)
  .map(({ name, forecast }) => {
    // Half a CPU second or one pass first, so that compilation, which a nightly run pays once, is not billed to the method.
    const warming = process.cpuUsage();
    for (const one of series) {
      forecast(one.train, one.period, one.horizon);
      if (process.cpuUsage(warming).user > WARM_UP_MICROSECONDS) break;
    }
    const started = process.cpuUsage();
    const means = series.map((one) => forecast(one.train, one.period, one.horizon));
    const used = process.cpuUsage(started);
    let [smapeSum, maseSum] = [0, 0];
    for (const [i, mean] of means.entries()) {
      const one = series[i];
      if (one === undefined) continue;
      smapeSum += smape(one.test, mean);
      maseSum += mase(one.train, one.test, mean, one.period) ?? 0;
    }
    return {
      name,
      cpuSecPer1000: (used.user + used.system) / 1e3 / series.length,
      smape: smapeSum / series.length,
      mase: maseSum / series.length,
    };
  });
const base = measured.find(({ name }) => name === "naive2");
if (base === undefined) throw new Error("naive2 is missing");
const methods = measured.map((one) => ({ ...one, owa: (one.smape / base.smape + one.mase / base.mase) / 2 }));
console.log(JSON.stringify({ file, series: series.length, methods }, null, 2));
