import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { fitSmoothing, type SmoothingForm } from "./fit-smoothing.ts";
import { forecastSmoothing } from "./forecast-smoothing.ts";

const SIMPLE: SmoothingForm = { trend: "none", period: 1 };
const DAMPED: SmoothingForm = { trend: "damped", period: 1 };
const SEASONAL: SmoothingForm = { trend: "none", period: 4 };

describe("fitSmoothing", () => {
  it("continues a constant exactly, without any spread", () => {
    for (const form of [SIMPLE, DAMPED, SEASONAL]) {
      const { mean, deviation } = forecastSmoothing(fitSmoothing(new Float64Array(12).fill(7), form), 3);
      for (const value of mean) expect(value).toBeCloseTo(7, 9);
      for (const value of deviation) expect(value).toBeCloseTo(0, 6);
    }
  });

  it("continues a pure season exactly", () => {
    const series = Float64Array.from({ length: 16 }, (_, t) => [10, 20, 30, 20][t % 4]);
    const { mean } = forecastSmoothing(fitSmoothing(series.subarray(0, 14), SEASONAL), 4);
    [30, 20, 10, 20].forEach((value, step) => expect(mean[step]).toBeCloseTo(value, 6));
  });

  it("follows a line with a damped trend, flattening step by step", () => {
    const series = Float64Array.from({ length: 30 }, (_, t) => 5 + 2 * t);
    const { mean } = forecastSmoothing(fitSmoothing(series, DAMPED), 3);
    expect(mean[0]).toBeGreaterThan(series[29] + 1.5);
    expect(mean[2] - mean[1]).toBeLessThan(mean[1] - mean[0]);
  });

  it("finds the weight that made the series", () => {
    // A local level model with α = 0.3: level ← level + 0.3 e.
    const rng = createRng(11);
    let level = 100;
    const series = Float64Array.from({ length: 4000 }, () => {
      const error = 2 * (rng.next() + rng.next() + rng.next() - 1.5);
      const value = level + error;
      level += 0.3 * error;
      return value;
    });
    const fit = fitSmoothing(series, SIMPLE);
    expect(fit.weights.alpha).toBeCloseTo(0.3, 1);
    expect(fit.errorVariance).toBeCloseTo(1, 1);
    // σ² (1 + (h − 1) α²) at h = 5.
    const { deviation } = forecastSmoothing(fit, 5);
    expect(deviation[4] ** 2).toBeCloseTo(fit.errorVariance * (1 + 4 * fit.weights.alpha ** 2), 9);
    expect(fit.aicc).toBeLessThan(fitSmoothing(series, { trend: "none", period: 7 }).aicc);
  });

  it("gives finite numbers for any short or odd series, and scales with it", () => {
    const values = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100_000 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(values, (list) => {
        const series = Float64Array.from(list);
        for (const form of [SIMPLE, DAMPED, ...(list.length >= 8 ? [SEASONAL] : [])]) {
          const fit = fitSmoothing(series, form);
          const { mean, deviation } = forecastSmoothing(fit, 6);
          expect(mean.every(Number.isFinite) && deviation.every((value) => value >= 0)).toBe(true);
          const doubled = forecastSmoothing(
            fitSmoothing(
              series.map((value) => 2 * value),
              form,
            ),
            6,
          ).mean;
          doubled.forEach((value, step) => expect(value).toBeCloseTo(2 * mean[step], 4));
        }
      }),
    );
  });

  it("refuses what it cannot fit by name", () => {
    expect(() => fitSmoothing(new Float64Array(0), SIMPLE)).toThrow("series is empty");
    expect(() => fitSmoothing(Float64Array.of(1, Number.NaN), SIMPLE)).toThrow("series[1]");
    expect(() => fitSmoothing(new Float64Array(7), SEASONAL)).toThrow("season of 4");
  });
});
