import { describe, expect, it } from "vitest";
import { mase } from "../evaluation/mase.ts";
import { smape } from "../evaluation/smape.ts";
import { CLOSED_FORM_METHODS } from "./closed-form-methods.ts";
import { readCompetitionSeries } from "./testing/read-series.ts";

interface PublishedRow {
  readonly file: string;
  readonly name: string;
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
  { file: M4_HOURLY, name: "seasonalNaive", smape: 13.912, mase: 1.193, tolerance: PRINTED_DIGITS },
  { file: M4_HOURLY, name: "naive2", smape: 18.383, mase: 2.395, tolerance: PRINTED_DIGITS },
  { file: M4_HOURLY, name: "ses", smape: 18.094, mase: 2.385, tolerance: PRINTED_DIGITS },
  { file: M4_HOURLY, name: "theta", smape: 18.138, mase: 2.455, tolerance: [0.002, 0.002] },
  { file: M4_HOURLY, name: "damped", smape: 19.265, mase: 2.956, tolerance: [0.2, 0.05] },
  { file: "m3/m3_monthly.csv", name: "naive2", smape: 16.891, mase: 1.037, tolerance: [0.2, 0.02] },
  { file: "m3/m3_monthly.csv", name: "theta", smape: 13.892, mase: 0.858, tolerance: [0.2, 0.02] },
  { file: "m3/m3_quarterly.csv", name: "naive2", smape: 9.951, mase: 1.238, tolerance: [0.2, 0.02] },
  { file: "m3/m3_quarterly.csv", name: "ses", smape: 9.717, mase: 1.229, tolerance: [0.2, 0.02] },
];

describe("published competition results", () => {
  for (const row of PUBLISHED) {
    it(`${row.name} on ${row.file}`, (context) => {
      const series = readCompetitionSeries(row.file);
      if (series === undefined) {
        context.skip("the competition series are not beside the repository");
        return;
      }
      const method = CLOSED_FORM_METHODS.find(({ name }) => name === row.name);
      if (method === undefined) throw new Error(`there is no method ${row.name}`);
      let [smapeSum, maseSum] = [0, 0];
      for (const one of series) {
        const forecast = method.forecast(one.train, one.period, one.horizon);
        smapeSum += smape(one.test, forecast);
        maseSum += mase(one.train, one.test, forecast, one.period) ?? 0;
      }
      expect(Math.abs(smapeSum / series.length - row.smape)).toBeLessThan(row.tolerance[0]);
      expect(Math.abs(maseSum / series.length - row.mase)).toBeLessThan(row.tolerance[1]);
    });
  }
});
