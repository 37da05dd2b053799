import { describe, expect, it } from "vitest";
import { conformalQuantile } from "./conformal-quantile.ts";
import { forecastFixedSmoothing } from "./forecast-fixed-smoothing.ts";
import { selectSmoothing } from "./select-smoothing.ts";

describe("forecastFixedSmoothing", () => {
  it("moves the level by α of each error", () => {
    // Level 3 (mean of 2 and 4), then 3 − 0.5 = 2.5 after the 2, then 2.5 + 0.75 = 3.25 after the 4.
    const { mean, deviation } = forecastFixedSmoothing(Float64Array.of(2, 4), 2, 0.5);
    expect([...mean]).toEqual([3.25, 3.25]);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(1 + 1.5 ** 2), 12);
    expect(deviation[1]).toBeCloseTo(deviation[0] * Math.sqrt(1.25), 12);
  });

  it("keeps a constant and a single value", () => {
    expect(forecastFixedSmoothing(new Float64Array(9).fill(5), 1, 0.3)).toEqual({
      mean: Float64Array.of(5),
      deviation: Float64Array.of(0),
    });
    expect([...forecastFixedSmoothing(Float64Array.of(7), 1, 0.3).mean]).toEqual([7]);
  });
});

describe("selectSmoothing", () => {
  it("finds a season where there is one, a level where there is none", () => {
    const noise = (t: number): number => ((t * 7919) % 13) - 6;
    const weekly = Float64Array.from({ length: 70 }, (_, t) => 50 + 40 * Number(t % 7 === 0) + noise(t) / 4);
    expect(selectSmoothing(weekly, 7).form.period).toBe(7);
    expect(
      selectSmoothing(
        Float64Array.from({ length: 70 }, (_, t) => 50 + noise(t)),
        7,
      ).form.period,
    ).toBe(1);
    expect(selectSmoothing(Float64Array.of(3, 4), 7).form).toEqual({ trend: "none", period: 1 });
  });
});

describe("conformalQuantile", () => {
  it("takes the order statistic that covers a new value", () => {
    const sorted = Array.from({ length: 9 }, (_, i) => i + 1);
    expect(conformalQuantile(sorted, 0.9)).toBe(9);
    expect(conformalQuantile(sorted, 0.8)).toBe(8);
    expect(conformalQuantile(sorted, 0.5)).toBe(5);
    expect(conformalQuantile(sorted, 0.1)).toBe(1);
    expect(conformalQuantile([3], 0.99)).toBe(3);
  });
});
