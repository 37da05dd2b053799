import { expect, test } from "vitest";
import { createRng } from "../../core/rng.ts";
import { adjustByCovariate } from "./adjust-by-covariate.ts";
import { compareMeans } from "./compare-means.ts";

test("by hand: covariates 1, 2, 3, 6 and outcomes 2, 3, 3, 8", () => {
  // Means 3 and 4; sums xx = 4+1+0+9 = 14, xy = 4+1+0+12 = 17, yy = 4+1+1+16 = 22.
  const { adjusted, theta, explained } = adjustByCovariate([2, 3, 3, 8], [1, 2, 3, 6]);
  expect(theta).toBeCloseTo(17 / 14, 12);
  expect(explained).toBeCloseTo(289 / 308, 12);
  [2 + 34 / 14, 3 + 17 / 14, 3, 8 - 51 / 14].forEach((value, index) => expect(adjusted[index]).toBeCloseTo(value, 12));
});

test("a covariate that explains most narrows the interval and leaves the effect where it is", () => {
  const rng = createRng(3);
  const n = 4000;
  const before = Array.from({ length: n }, () => 10 * rng.next());
  const outcomes = before.map((value, index) => value + rng.next() + (index < n / 2 ? 0 : 0.2));
  const { adjusted, explained } = adjustByCovariate(outcomes, before);
  const raw = compareMeans(outcomes.slice(0, n / 2), outcomes.slice(n / 2));
  const cuped = compareMeans(adjusted.subarray(0, n / 2), adjusted.subarray(n / 2));
  expect(explained).toBeGreaterThan(0.97);
  const ratio = (cuped.high - cuped.low) / (raw.high - raw.low);
  // The effect itself is part of what is left: a tenth more or less.
  expect(Math.abs(ratio / Math.sqrt(1 - explained) - 1)).toBeLessThan(0.1);
  expect(cuped.low).toBeLessThan(0.2);
  expect(cuped.high).toBeGreaterThan(0.2);
});

test("a covariate without spread changes nothing; unequal lengths are refused", () => {
  expect([...adjustByCovariate([1, 5], [3, 3]).adjusted]).toEqual([1, 5]);
  expect(() => adjustByCovariate([1], [1, 2])).toThrow(/covariates has 2 values/);
});
