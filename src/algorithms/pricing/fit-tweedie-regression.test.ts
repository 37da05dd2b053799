import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { fitLeastSquares } from "./fit-least-squares.ts";
import { fitTweedieRegression, tweedieDeviance } from "./fit-tweedie-regression.ts";

const ones = (length: number): Float64Array => new Float64Array(length).fill(1);
const when = (marks: readonly boolean[]): Float64Array => Float64Array.from(marks, Number);

/** Poisson count by multiplication of uniforms (Knuth). */
function drawCount(mean: number, next: () => number): number {
  let [count, product] = [0, next()];
  for (; product > Math.exp(-mean); count++) product *= next();
  return count;
}

describe("regression with log link and power variance", () => {
  it("gives what R prints for the randomised trial of Dobson", () => {
    // Dobson, "An Introduction to Generalized Linear Models" (1990), p. 93, the first example of R's help page of glm:
    // coefficients and deviance as printed there; errors are R's (0.1709, 0.2022, 0.1927, 0.2, 0.2) times √1.2933, the
    // dispersion that its quasipoisson family takes.
    const counts = Float64Array.of(18, 17, 15, 20, 10, 20, 25, 13, 12);
    const outcome = counts.map((_, at) => (at % 3) + 1);
    const treatment = counts.map((_, at) => Math.floor(at / 3) + 1);
    const level = (of: Float64Array, value: number): Float64Array => when(Array.from(of, (found) => found === value));
    const columns = [ones(9), level(outcome, 2), level(outcome, 3), level(treatment, 2), level(treatment, 3)];
    const fit = fitTweedieRegression(counts, columns, new Float64Array(9), { power: 1 });
    [3.0445, -0.4543, -0.293, 0, 0].forEach((value, at) => expect(fit.coefficients[at]).toBeCloseTo(value, 4));
    expect(fit.deviance).toBeCloseTo(5.1291, 4);
    expect(fit.dispersion).toBeCloseTo(1.2933, 4);
    [0.1709, 0.2022, 0.1927, 0.2, 0.2].forEach((error, at) => {
      expect(fit.errors[at] / Math.sqrt(fit.dispersion)).toBeCloseTo(error, 4);
    });
  });

  it("has the deviances that scikit-learn documents, and those of a power as its limit", () => {
    // The example of sklearn.metrics.mean_tweedie_deviance with power 1; with 0 it is the squared error.
    const [actual, expected] = [
      [2, 0, 1, 4],
      [0.5, 0.5, 2, 2],
    ];
    const meanOf = (power: number): number =>
      actual.reduce((sum, value, at) => sum + tweedieDeviance(value, expected[at], power), 0) / actual.length;
    expect(meanOf(1)).toBeCloseTo(1.426, 3);
    expect(meanOf(0)).toBeCloseTo((1.5 ** 2 + 0.5 ** 2 + 1 + 4) / 4, 12);
    expect(meanOf(1 + 1e-6)).toBeCloseTo(meanOf(1), 4);
    expect(tweedieDeviance(3, 3, 1.5)).toBeCloseTo(0, 12);
  });

  it.each([0, 1, 1.5, 1.9])("finds the means of two groups for power %d, with the errors worked by hand", (power) => {
    // Var log of a group's mean = φ·μ^(power − 2) / n.
    const y = Float64Array.of(1, 3, 0, 4, 5, 7, 9, 3);
    const second = when([false, false, false, false, true, true, true, true]);
    const fit = fitTweedieRegression(y, [ones(8), second], new Float64Array(8), { power });
    expect(fit.coefficients[0]).toBeCloseTo(Math.log(2), 6);
    expect(fit.coefficients[1]).toBeCloseTo(Math.log(3), 6);
    const variance = (mean: number): number => (fit.dispersion * mean ** (power - 2)) / 4;
    expect(fit.errors[0]).toBeCloseTo(Math.sqrt(variance(2)), 5);
    expect(fit.errors[1]).toBeCloseTo(Math.sqrt(variance(2) + variance(6)), 5);
  });

  it("finds a slope again in sums of gamma orders, nearer than Poisson does, with errors of the right size", () => {
    const rng = createRng(21);
    const fits = { poisson: [] as number[], tweedie: [] as number[], ratio: [] as number[] };
    for (let round = 0; round < 120; round++) {
      const x = Float64Array.from({ length: 80 }, () => 2 * rng.next() - 1);
      // Orders come by chance; each is exponential: compound Poisson–gamma of power 1.5.
      const y = x.map((value) => {
        const mean = 4 * Math.exp(-1.5 * value);
        const orders = drawCount(Math.sqrt(mean), () => rng.next());
        let sum = 0;
        for (let order = 0; order < orders; order++) sum -= Math.sqrt(mean) * Math.log(1 - rng.next());
        return sum;
      });
      const offset = new Float64Array(80);
      const tweedie = fitTweedieRegression(y, [ones(80), x], offset, { power: 1.5 });
      fits.tweedie.push(tweedie.coefficients[1] + 1.5);
      fits.ratio.push((tweedie.coefficients[1] + 1.5) / tweedie.errors[1]);
      fits.poisson.push(fitTweedieRegression(y, [ones(80), x], offset, { power: 1 }).coefficients[1] + 1.5);
    }
    const size = (values: readonly number[]): number =>
      Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(Math.abs(fits.tweedie.reduce((sum, value) => sum + value, 0) / 120)).toBeLessThan(0.06);
    expect(size(fits.tweedie)).toBeLessThan(0.97 * size(fits.poisson));
    expect(Math.abs(size(fits.ratio) - 1)).toBeLessThan(0.2);
  });

  it("refuses powers without a likelihood of 0 and lengths that differ", () => {
    const fit = (power: number, rows: number) =>
      fitTweedieRegression(ones(rows), [ones(4)], new Float64Array(4), { power });
    expect(() => fit(2, 4)).toThrow(/power of 2/);
    expect(() => fit(-1, 4)).toThrow(/power/);
    expect(() => fit(1, 3)).toThrow(/rows/);
  });
});

describe("least squares", () => {
  it("gives a line worked by hand", () => {
    // x −1, 0, 1 and y 1, 2, 6: slope 2.5, level 3, residuals ½, −1, ½, so s² = 1.5 and errors √(1.5/3), √(1.5/2).
    const { coefficients, errors } = fitLeastSquares(Float64Array.of(1, 2, 6), [ones(3), Float64Array.of(-1, 0, 1)]);
    expect(coefficients[0]).toBeCloseTo(3, 6);
    expect(coefficients[1]).toBeCloseTo(2.5, 6);
    expect(errors[0]).toBeCloseTo(Math.sqrt(0.5), 6);
    expect(errors[1]).toBeCloseTo(Math.sqrt(0.75), 6);
    expect(() => fitLeastSquares(ones(2), [ones(2), ones(2)])).toThrow(/rows/);
  });
});
