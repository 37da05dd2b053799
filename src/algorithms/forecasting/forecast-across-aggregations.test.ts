import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { acrossAggregations } from "./forecast-across-aggregations.ts";
import { forecastDrift } from "./forecast-drift.ts";
import type { ForecastFunction } from "./forecast-function.ts";
import { forecastNaive } from "./forecast-naive.ts";

const naive: ForecastFunction = (train, _period, horizon) => forecastNaive(train, horizon).mean;

describe("acrossAggregations", () => {
  it("continues a line as the method does: what is read off between blocks lies on it", () => {
    const line = Float64Array.from({ length: 80 }, (_, t) => 20 + 3 * t);
    acrossAggregations(forecastDrift, 12)(line, 1, 18).forEach((value, step) =>
      expect(value).toBeCloseTo(20 + 3 * (80 + step), 8),
    );
  });

  it("is the mean of the last blocks for the naive method, by hand", () => {
    // Twelve values: blocks of 1 (last 12) and 2 (last 11.5); blocks of 3 are only four and left out.
    const train = Float64Array.from({ length: 12 }, (_, t) => t + 1);
    for (const value of acrossAggregations(naive, 12)(train, 1, 3)) expect(value).toBeCloseTo((12 + 11.5) / 2, 12);
  });

  it("is the method itself for a series too short for blocks, and for one of no season", () => {
    const train = Float64Array.of(3, 1, 4, 1, 5);
    expect(acrossAggregations(naive, 12)(train, 1, 4)).toEqual(naive(train, 1, 4));
    const long = Float64Array.from({ length: 40 }, (_, t) => t % 7);
    expect(acrossAggregations(naive, 1)(long, 1, 4)).toEqual(naive(long, 1, 4));
  });

  it("is nearer than the last value where a level hides under noise", () => {
    const rng = createRng(4);
    const train = Float64Array.from({ length: 96 }, () => 100 + 40 * (rng.next() - 0.5));
    const distance = (forecast: ForecastFunction): number => {
      let sum = 0;
      for (let end = 80; end < 96; end++) sum += Math.abs(forecast(train.subarray(0, end), 1, 1)[0] - 100);
      return sum;
    };
    expect(distance(acrossAggregations(naive, 12))).toBeLessThan(0.75 * distance(naive));
  });
});
