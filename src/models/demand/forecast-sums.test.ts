import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { forecastSums } from "./forecast-sums.ts";
import type { DemandSeries } from "./demand-series.ts";
import { measureYearlyRatios } from "./yearly-ratios.ts";

const HORIZON = 13;

function makeSum(market: string, weeks: number, expect: (week: number) => number, seed: number): DemandSeries {
  const rng = createRng(seed);
  const values = Float64Array.from({ length: weeks }, (_, week) => expect(week) * (0.95 + 0.1 * rng.next()));
  return { store: "s", product: "", category: "", market, unit: "week", values };
}

/** A summer trade: three times as much in July as in January, growing by a tenth a year. */
const summer = (week: number): number => 1000 * 1.1 ** (week / 52) * (1 - 0.5 * Math.cos((2 * Math.PI * week) / 52));

describe("sums", () => {
  it("take the year from a decomposition where several years are known", () => {
    const weeks = 270;
    const all = [makeSum("", weeks, summer, 1), makeSum("GB", weeks, summer, 2), makeSum("FR", 20, summer, 3)];
    const { methods, forecasts, past } = forecastSums(all, measureYearlyRatios(all));
    expect(methods.total).toMatch(/^mstl/);

    const error = forecasts[0]?.mean.reduce((sum, value, step) => sum + Math.abs(value - summer(weeks + step)), 0) ?? 0;
    const wanted = Array.from({ length: HORIZON }, (_, step) => summer(weeks + step)).reduce(
      (sum, value) => sum + value,
    );
    expect(error / wanted).toBeLessThan(0.06);
    // A young market has no year of its own, and is forecast all the same.
    forecasts[2]?.mean.forEach((value) => expect(value).toBeGreaterThan(0));
    expect(past.length).toBeGreaterThan(0);
  });

  it("are a level times the ratio of the store where one year is all there is", () => {
    const all = [makeSum("", 100, summer, 1)];
    const { methods, forecasts } = forecastSums(all, measureYearlyRatios(all));
    expect(methods.total).not.toMatch(/^mstl/);
    expect(forecasts[0]?.method).toBe(`${methods.total ?? ""}+yearly-ratio`);
  });

  it("follow growth by a model of it", () => {
    const all = [makeSum("", 60, (week) => 200 + 40 * week, 4)];
    const { methods, forecasts } = forecastSums(all, measureYearlyRatios(all));
    expect(["autoEts", "dynamicTheta"]).toContain(methods.total);
    expect((forecasts[0]?.mean[12] ?? 0) / (200 + 40 * 72)).toBeGreaterThan(0.9);
  });
});
