import { describe, expect, it } from "vitest";
import { mase } from "../evaluation/mase.ts";
import { smape } from "../evaluation/smape.ts";
import { fitSmoothing } from "./fit-smoothing.ts";
import { forecastNaive } from "./forecast-naive.ts";
import { forecastSmoothing } from "./forecast-smoothing.ts";
import { seasonallyAdjust } from "./testing/naive2.ts";
import { readCompetitionSeries, type CompetitionSeries } from "./testing/read-series.ts";

type Method = (series: CompetitionSeries) => Float64Array;

const seasonalNaive: Method = ({ train, horizon, period }) => forecastNaive(train, horizon, period).mean;
const adjusted =
  (method: (train: Float64Array, horizon: number) => Float64Array): Method =>
  ({ train, horizon, period }) => {
    const { adjusted, factor } = seasonallyAdjust(train, period);
    return method(adjusted, horizon).map((value, step) => value * factor(train.length + step));
  };
const naive2 = adjusted((train, horizon) => forecastNaive(train, horizon).mean);
const ses = adjusted(
  (train, horizon) => forecastSmoothing(fitSmoothing(train, { trend: "none", period: 1 }), horizon).mean,
);
const damped = adjusted(
  (train, horizon) => forecastSmoothing(fitSmoothing(train, { trend: "damped", period: 1 }), horizon).mean,
);

interface PublishedRow {
  readonly file: string;
  readonly name: string;
  readonly method: Method;
  readonly smape: number;
  readonly mase: number;
  /** Largest accepted difference, sMAPE and MASE. */
  readonly tolerance: readonly [number, number];
}

const M4_HOURLY = "m4_hourly/m4_hourly.csv.gz";
const PRINTED_DIGITS = [0.0006, 0.0006] as const;

/**
 * M4: official results by frequency (Makridakis, Spiliotis and Assimakopoulos, 2020), to the printed digits.
 * M3: forecasts submitted in 2000 (R package Mcomp); their seasonal adjustment differs in detail, hence the tolerance.
 */
const PUBLISHED: readonly PublishedRow[] = [
  { file: M4_HOURLY, name: "sNaive", method: seasonalNaive, smape: 13.912, mase: 1.193, tolerance: PRINTED_DIGITS },
  { file: M4_HOURLY, name: "Naive2", method: naive2, smape: 18.383, mase: 2.395, tolerance: PRINTED_DIGITS },
  { file: M4_HOURLY, name: "SES", method: ses, smape: 18.094, mase: 2.385, tolerance: PRINTED_DIGITS },
  { file: M4_HOURLY, name: "Damped", method: damped, smape: 19.265, mase: 2.956, tolerance: [0.2, 0.05] },
  { file: "m3/m3_monthly.csv", name: "Naive2", method: naive2, smape: 16.891, mase: 1.037, tolerance: [0.2, 0.02] },
  { file: "m3/m3_quarterly.csv", name: "Naive2", method: naive2, smape: 9.951, mase: 1.238, tolerance: [0.2, 0.02] },
  { file: "m3/m3_quarterly.csv", name: "Single", method: ses, smape: 9.717, mase: 1.229, tolerance: [0.2, 0.02] },
];

describe("published competition results", () => {
  for (const row of PUBLISHED) {
    it(`${row.name} on ${row.file}`, (context) => {
      const series = readCompetitionSeries(row.file);
      if (series === undefined) {
        context.skip("the competition series are not beside the repository");
        return;
      }
      let [smapeSum, maseSum] = [0, 0];
      for (const one of series) {
        const forecast = row.method(one);
        smapeSum += smape(one.test, forecast);
        maseSum += mase(one.train, one.test, forecast, one.period) ?? 0;
      }
      expect(Math.abs(smapeSum / series.length - row.smape)).toBeLessThan(row.tolerance[0]);
      expect(Math.abs(maseSum / series.length - row.mase)).toBeLessThan(row.tolerance[1]);
    });
  }
});
