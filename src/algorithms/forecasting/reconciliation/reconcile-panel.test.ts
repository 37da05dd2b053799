import { expect, it } from "vitest";
import type { PanelForecast } from "../global/panel-types.ts";
import { chooseReconciliation } from "./choose-reconciliation.ts";
import { RECONCILIATIONS, reconcilePanel } from "./reconcile-panel.ts";
import { buildSummingStructure } from "./summing-structure.ts";

const pair = buildSummingStructure(2, [Int32Array.of(0, 0)]);

function forecastOf(mean: number, width: number): PanelForecast {
  const at = (value: number): Float64Array => Float64Array.of(value, value);
  const below = (share: number): Float64Array => at(mean - share * width);
  return {
    mean: at(mean),
    lower95: below(0.5),
    lower80: below(0.3),
    lower50: below(0.1),
    median: at(mean),
    upper50: below(-0.1),
    upper80: below(-0.3),
    upper95: below(-0.5),
  };
}
const base = [forecastOf(10, 4), forecastOf(20, 4), forecastOf(36, 2)];

it("adds up in every way there is, and bounds keep their ratio to the mean", () => {
  for (const method of RECONCILIATIONS) {
    const [a, b, top] = reconcilePanel(pair, base, method);
    expect((a?.mean[1] ?? 0) + (b?.mean[1] ?? 0)).toBeCloseTo(top?.mean[1] ?? 0, 9);
    expect((a?.upper95[0] ?? 0) / (a?.mean[0] ?? 0)).toBeCloseTo(12 / 10, 9);
    expect((top?.lower80[0] ?? 0) / (top?.mean[0] ?? 0)).toBeCloseTo(35.4 / 36, 9);
  }
});

it("leaves the sum where it is the more, the more its interval or its place is trusted", () => {
  const topOf = (method: (typeof RECONCILIATIONS)[number]): number =>
    reconcilePanel(pair, base, method)[2]?.mean[0] ?? 0;
  expect(topOf("bottomUp")).toBe(30);
  expect(topOf("wlsStructural")).toBeCloseTo(33, 9);
  // Shared 1 : 1 : 1 by ols; 4 : 4 : 1 by variances of widths 4, 4 and 2; 2 : 2 : 1 where the sum is aligned.
  expect(topOf("ols")).toBeCloseTo(34, 9);
  expect(topOf("wlsVariance")).toBeCloseTo(36 - 6 / 9, 9);
  expect(topOf("topAligned")).toBeCloseTo(36 - 6 / 5, 9);
});

it("takes the way that did best at its worst level on the past windows, nothing known of today", () => {
  const series = [
    Float64Array.of(9, 9, 9, 10, 10),
    Float64Array.of(19, 19, 19, 20, 20),
    Float64Array.of(28, 28, 28, 30, 30),
  ];
  const past = [10, 20, 36].map((mean, index) => ({ index, origin: 3, mean: Float64Array.of(mean, mean) }));
  expect(chooseReconciliation(pair, series, base, past)).toBe("bottomUp");
  const grown = series.map((values, node) => values.map((value, t) => (t < 3 ? value : ([12, 23, 35][node] ?? 0))));
  expect(chooseReconciliation(pair, grown, base, past)).not.toBe("bottomUp");
  expect(chooseReconciliation(pair, series, base, past.slice(1))).toBe("ols");
});
