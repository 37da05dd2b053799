import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { forecastAirline } from "./forecast-airline.ts";
import { forecastDifferences } from "./forecast-differences.ts";
import { forecastNaive } from "./forecast-naive.ts";

const SEASON = [-3, 5, 0, -2];

function meanError(forecast: Float64Array, truth: readonly number[]): number {
  return forecast.reduce((sum, value, at) => sum + Math.abs(value - truth[at]), 0) / forecast.length;
}

describe("forecastDifferences", () => {
  it("goes on with a line, and with a single value", () => {
    const line = Float64Array.from({ length: 20 }, (_, t) => 5 + 2 * t);
    forecastDifferences(line, 1, 3).forEach((value, step) => expect(value).toBeCloseTo(45 + 2 * step, 9));
    expect([...forecastDifferences(Float64Array.of(4), 1, 2)]).toEqual([4, 4]);
  });

  it("finds changes that carry on", () => {
    // Each change is 0.8 of the last one, from 10: the rest sums to 10 · 0.8^n / 0.2, where the mean change would go on for ever.
    const series = Float64Array.from({ length: 40 }, (_, t) => 50 * (1 - 0.8 ** t));
    const kept = forecastDifferences(series, 1, 4);
    expect(kept[0]).toBeGreaterThan(series[39]);
    expect(kept[3]).toBeLessThan(series[39] + (4 * (series[39] - series[0])) / 39);
  });

  it("follows the unit and the level of the series", () => {
    const rng = createRng(2);
    const series = Float64Array.from({ length: 40 }, (_, t) => 20 + 0.3 * t + rng.next());
    const plain = forecastDifferences(series, 1, 5);
    forecastDifferences(
      series.map((value) => 8 * value + 64),
      1,
      5,
    ).forEach((value, step) => expect(value).toBeCloseTo(8 * plain[step] + 64, 3));
  });
});

describe("forecastAirline", () => {
  it("goes on with a season about a line exactly", () => {
    const series = Float64Array.from({ length: 24 }, (_, t) => 10 + t + SEASON[t % 4]);
    forecastAirline(series, 4, 6).forEach((value, step) => expect(value).toBeCloseTo(34 + step + SEASON[step % 4], 9));
  });

  it("takes noise back, where repeating the last season keeps it", () => {
    const rng = createRng(4);
    const series = Float64Array.from({ length: 48 }, (_, t) => 50 + SEASON[t % 4] + 4 * (rng.next() - 0.5));
    const truth = Array.from({ length: 8 }, (_, step) => 50 + SEASON[step % 4]);
    expect(meanError(forecastAirline(series, 4, 8), truth)).toBeLessThan(
      0.8 * meanError(forecastNaive(series, 8, 4).mean, truth),
    );
  });

  it("has no season of short series", () => {
    const short = Float64Array.of(5, 7, 6, 8, 7, 9, 8, 10, 9, 11, 10);
    expect(forecastAirline(short, 4, 3)).toEqual(forecastDifferences(short, 4, 3));
    expect(forecastAirline(short, 1, 3)).toEqual(forecastDifferences(short, 1, 3));
  });
});
