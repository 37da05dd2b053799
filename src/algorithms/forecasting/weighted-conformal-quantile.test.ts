import { expect, it } from "vitest";
import { conformalQuantile } from "./conformal-quantile.ts";
import { weightedConformalQuantile, weighErrors } from "./weighted-conformal-quantile.ts";

it("with weights of 1 it is the order statistic of split conformal prediction", () => {
  const errors = [3, -1, 7, 7, 2, 0, 5, -4, 9];
  const sorted = Float64Array.from(errors).sort();
  const weighed = weighErrors(errors.map((error) => ({ error, weight: 1 })));
  for (const level of [0.025, 0.1, 0.25, 0.33, 0.5, 0.62, 0.75, 0.9, 0.975]) {
    expect(weightedConformalQuantile(weighed, level)).toBe(conformalQuantile(sorted, level));
  }
});

it("errors that weigh more decide more", () => {
  // Weights 1, 1 and 4 of −1, 0 and 5, and 1 above: half of 7 is first reached at 5, a third is not passed by −1 and 0.
  const weighed = weighErrors([
    { error: 5, weight: 4 },
    { error: -1, weight: 1 },
    { error: 0, weight: 1 },
  ]);
  expect(weightedConformalQuantile(weighed, 0.5)).toBe(5);
  expect(weightedConformalQuantile(weighed, 0.3)).toBe(0);
  expect(weightedConformalQuantile(weighed, 0.1)).toBe(-1);
  expect(weightedConformalQuantile(weighErrors([]), 0.5)).toBe(0);
});
