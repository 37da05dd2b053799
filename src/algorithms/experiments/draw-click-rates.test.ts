import { expect, test } from "vitest";
import { createRng } from "../../core/rng.ts";
import { drawClickRates } from "./draw-click-rates.ts";

const momentsOf = (values: Float64Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
};

test.each([
  [
    { impressions: 0, clicks: 0 },
    { mean: 0.02, weight: 20 },
  ],
  [
    { impressions: 100, clicks: 9 },
    { mean: 0.1, weight: 10 },
  ],
  [
    { impressions: 3, clicks: 3 },
    { mean: 0.5, weight: 2 },
  ],
])("draws for %j under the prior %j have the mean and variance of the Beta", (counts, prior) => {
  const alpha = counts.clicks + prior.mean * prior.weight;
  const beta = counts.impressions - counts.clicks + (1 - prior.mean) * prior.weight;
  const total = alpha + beta;
  const [mean, variance] = [alpha / total, (alpha * beta) / (total ** 2 * (total + 1))];
  const n = 40_000;
  const drawn = momentsOf(drawClickRates(counts, prior, n, createRng(5)));
  expect(Math.abs(drawn.mean - mean)).toBeLessThan(4 * Math.sqrt(variance / n));
  expect(drawn.variance / variance).toBeCloseTo(1, 1);
});

test("the same seed draws the same; more clicks than impressions are refused", () => {
  const prior = { mean: 0.1, weight: 10 };
  const draw = () => drawClickRates({ impressions: 4, clicks: 1 }, prior, 5, createRng(9));
  expect(draw()).toEqual(draw());
  expect(() => drawClickRates({ impressions: 1, clicks: 2 }, prior, 5, createRng(9))).toThrow(
    /impressions − clicks is -1/,
  );
});
