import { describe, expect, it } from "vitest";
import { forecastNaive } from "./forecast-naive.ts";
import { forecastProfile } from "./forecast-profile.ts";
import { forecastRecentMean } from "./forecast-recent-mean.ts";

describe("forecastNaive", () => {
  it("repeats the last value, and its spread grows with the root of the step", () => {
    const { mean, deviation } = forecastNaive(Float64Array.of(1, 3, 5), 3);
    expect([...mean]).toEqual([5, 5, 5]);
    expect(deviation[0]).toBeCloseTo(2, 12);
    expect(deviation[2]).toBeCloseTo(2 * Math.sqrt(3), 12);
  });

  it("repeats the last season", () => {
    const { mean, deviation } = forecastNaive(Float64Array.of(1, 9, 2, 9, 4, 9), 3, 2);
    expect([...mean]).toEqual([4, 9, 4]);
    expect(deviation[2]).toBeCloseTo(Math.sqrt(2) * deviation[0], 12);
  });

  it("falls back to the last value of a short series and to zero for an empty one", () => {
    expect([...forecastNaive(Float64Array.of(4, 6), 2, 7).mean]).toEqual([6, 6]);
    expect(forecastNaive(new Float64Array(0), 2, 7)).toEqual({
      mean: new Float64Array(2),
      deviation: new Float64Array(2),
    });
  });
});

describe("forecastRecentMean", () => {
  it("averages the last values and says how far a new one may lie", () => {
    const { mean, deviation } = forecastRecentMean(Float64Array.of(100, 1, 3), 2, 2);
    expect([...mean]).toEqual([2, 2]);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(2 * 1.5), 12);
  });

  it("makes do with one value or none", () => {
    expect([...forecastRecentMean(Float64Array.of(4), 1, 8).mean]).toEqual([4]);
    expect([...forecastRecentMean(new Float64Array(0), 1, 8).mean]).toEqual([0]);
  });
});

describe("forecastProfile", () => {
  it("spreads the recent level over the shares of the season", () => {
    // Two seasons of 3: shares (1 + 3) : (3 + 9) : 0 = ¼ : ¾ : 0, level of the last season 12.
    const series = Float64Array.of(99, 1, 3, 0, 3, 9, 0);
    const params = { period: 3, profileSeasons: 2, levelSeasons: 1 };
    expect([...forecastProfile(series, 4, params)]).toEqual([3, 9, 0, 3]);
  });

  it("gives zeros without a whole season or without demand", () => {
    const params = { period: 3, profileSeasons: 2, levelSeasons: 1 };
    expect([...forecastProfile(Float64Array.of(4, 4), 2, params)]).toEqual([0, 0]);
    expect([...forecastProfile(new Float64Array(9), 2, params)]).toEqual([0, 0]);
  });
});
