import { describe, expect, it } from "vitest";
import { fitCes, forecastCes } from "./forecast-ces.ts";
import { readCompetitionSeries } from "./testing/read-series.ts";

describe("forecastCes", () => {
  it("finds the weight and error of R's smooth on N2457 of M3 without its last 18 values", (context) => {
    const series = readCompetitionSeries("m3/m3_monthly.csv")?.find(({ id }) => id === "N2457");
    if (series === undefined) {
      context.skip("the M3 series are not beside the repository");
      return;
    }
    // Vignette of smooth 1.6 (2017): ces(M3$N2457$x, h=18, holdout=TRUE) gives 1.10852+1.01143i and a mean squared error of 1951899.
    const known = series.train.subarray(0, 97);
    const { real, imaginary, squares } = fitCes(known);
    expect(Math.abs(real - 1.10852)).toBeLessThan(0.005);
    expect(Math.abs(imaginary - 1.01143)).toBeLessThan(0.005);
    expect(Math.abs(squares / known.length / 1951899 - 1)).toBeLessThan(0.002);
  });

  it("stays on a constant, and follows a line with less than two thirds of the error of stopping at its end", () => {
    for (const value of forecastCes(new Float64Array(40).fill(7), 1, 6)) expect(value).toBeCloseTo(7, 1);
    const line = Float64Array.from({ length: 60 }, (_, t) => 100 + 5 * t);
    forecastCes(line, 1, 12).forEach((value, step) =>
      expect(Math.abs(value - (400 + 5 * step))).toBeLessThan(0.65 * 5 * (step + 1)),
    );
  });

  it("is scale equivariant and finite on wild, short and empty-handed series", () => {
    const values = Float64Array.from({ length: 30 }, (_, t) => 50 + 9 * Math.sin(t) + (t % 7));
    const [one, ten] = [values, values.map((value) => 16 * value)].map((train) => forecastCes(train, 1, 5));
    one.forEach((value, step) => expect(ten[step] / value).toBeCloseTo(16, 3));
    for (const train of [[0, 0, 0, 0, 0, 0, 0], [1], [1, 2, 3], [0, 1e9, 0, 1e9, 0, 1e9, 0, 1e9]]) {
      expect(forecastCes(Float64Array.from(train), 1, 4).every(Number.isFinite)).toBe(true);
    }
  });
});
