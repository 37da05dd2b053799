import { expect, it } from "vitest";
import type { DemandSeries } from "./demand-series.ts";
import type { StepForecast } from "./forecast-demand.ts";
import { reconcileWeeks } from "./reconcile-weeks.ts";

const series = (product: string, category: string, market: string): DemandSeries => ({
  store: "s",
  product,
  category,
  market,
  unit: "week",
  values: Float64Array.of(1),
});
const forecast = (...mean: readonly number[]): StepForecast => ({
  method: "m",
  mean: Float64Array.from(mean),
  scale: new Float64Array(mean.length).fill(0.5),
});

const ALL = [
  series("p", "tea", "GB"),
  series("p", "tea", "FR"),
  series("q", "", "GB"),
  series("p", "tea", ""),
  series("q", "", ""),
  series("", "tea", "GB"),
  series("", "tea", "FR"),
  series("", "tea", ""),
  series("", "", "GB"),
  series("", "", "FR"),
  series("", "", ""),
];
/** One forecast a series, in order of ALL. */
const BASE = [
  [2, 2],
  [1, 1],
  [3, 3],
  [3, 3],
  [3, 3],
  [2, 2],
  [1, 1],
  [3, 3],
  [5, 5],
  [1, 1],
  [12, 0],
].map((mean) => forecast(...mean));

it("makes weeks add up to the forecast of the store, in proportion, a closed week included", () => {
  const coherent = reconcileWeeks(ALL, BASE, () => 0).map(({ mean }) => mean);
  [4, 2, 6, 6, 6, 4, 2, 6, 10, 2, 12].forEach((value, at) => expect(coherent[at]?.[0]).toBeCloseTo(value, 4));
  coherent.forEach((mean) => expect(mean[1]).toBe(0));
});

it("leaves more to newcomers where a market says so", () => {
  const coherent = reconcileWeeks(ALL, BASE, (_, market) => (market === "FR" ? 0.5 : 0)).map(({ mean }) => mean[0]);
  expect(coherent[9]).toBeCloseTo(2, 4);
  expect(coherent[1]).toBeLessThan(1.3);
  expect((coherent[0] ?? 0) + (coherent[2] ?? 0)).toBeCloseTo(10, 1);
});

it("leaves newcomers their share of every market, in the sums alone", () => {
  const coherent = reconcileWeeks(ALL, BASE, () => 0.25).map(({ mean }) => mean[0]);
  const [pGb, pFr, qGb] = coherent as [number, number, number];
  expect(coherent[10]).toBeCloseTo(12, 4);
  expect(coherent[8]).toBeCloseTo(10, 4);
  expect(pGb + qGb).toBeCloseTo(7.5, 1);
  expect(pFr).toBeCloseTo(1.5, 1);
  expect(coherent[3]).toBeCloseTo(pGb + pFr, 9);
});
