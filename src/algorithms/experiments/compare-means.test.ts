import { expect, test } from "vitest";
import { createRng } from "../../core/rng.ts";
import { compareMeans } from "./compare-means.ts";

test("the interval by hand: means 2 and 5, variances 1 and 4 of three values each", () => {
  const { difference, low, high } = compareMeans([1, 2, 3], [3, 5, 7]);
  expect(difference).toBe(3);
  // Standard error √(1/3 + 4/3) = 1.290994; degrees (5/3)² / ((1/3)²/2 + (4/3)²/2) = 50/17; t(0.975; 50/17) = 3.2187.
  expect((high - low) / 2 / Math.sqrt(5 / 3)).toBeCloseTo(3.2187, 3);
  expect(high + low).toBeCloseTo(6, 12);
});

test("equal sizes and variances are Student's test: 2n − 2 degrees", () => {
  // t(0.975; 4) = 2.776445; standard error √(2/3).
  expect(compareMeans([1, 2, 3], [2, 3, 4]).high).toBeCloseTo(1 + 2.776445 * Math.sqrt(2 / 3), 5);
});

test("of intervals of 90 % about nine in ten hold the truth", () => {
  const rng = createRng(7);
  const draw = (n: number, spread: number, mean: number) =>
    Array.from({ length: n }, () => mean + spread * (rng.next() + rng.next() + rng.next() - 1.5));
  let held = 0;
  for (let round = 0; round < 2000; round++) {
    const { low, high } = compareMeans(draw(12, 1, 0), draw(30, 4, 0.5), 0.9);
    if (low <= 0.5 && 0.5 <= high) held++;
  }
  // Two thousand tosses at 0.9 have a standard deviation of 0.0067.
  expect(Math.abs(held / 2000 - 0.9)).toBeLessThan(0.021);
});

test("no spread is an interval of no width; a single value and NaN are refused", () => {
  expect(compareMeans([1, 1], [4, 4])).toEqual({ difference: 3, low: 3, high: 3 });
  expect(() => compareMeans([1], [1, 2])).toThrow(/control has 1 values/);
  expect(() => compareMeans([1, 2], [1, Number.NaN])).toThrow(/treated\[1\] is NaN/);
});
