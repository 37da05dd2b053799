import { expect, test } from "vitest";
import { checkSampleRatio } from "./check-sample-ratio.ts";

test("by hand: 60 and 40 of 100 where half each is planned is 2² = 4 with one degree", () => {
  const check = checkSampleRatio([60, 40], [1, 1]);
  expect(check).toMatchObject({ chiSquare: 4, degrees: 1 });
  // 2 P(Z > 2).
  expect(check.pValue).toBeCloseTo(0.0455002639, 9);
});

test("Mendel's peas fit 9 : 3 : 3 : 1", () => {
  // Mendel (1866): 315, 108, 101, 32 of 556 have chi-square 0.470 with three degrees, p = 0.925 (Pearson 1900).
  const { chiSquare, degrees, pValue } = checkSampleRatio([315, 108, 101, 32], [9, 3, 3, 1]);
  expect(chiSquare).toBeCloseTo(0.47, 2);
  expect(degrees).toBe(3);
  expect(pValue).toBeCloseTo(0.925, 3);
});

test("nobody yet is no mismatch; units where none are planned are refused", () => {
  expect(checkSampleRatio([0, 0], [1, 3]).pValue).toBe(1);
  expect(checkSampleRatio([5, 5, 0], [1, 1, 0])).toMatchObject({ degrees: 1, pValue: 1 });
  expect(() => checkSampleRatio([5, 5, 1], [1, 1, 0])).toThrow(/counts\[2\] is 1/);
  expect(() => checkSampleRatio([5], [1])).toThrow(/fewer than 2/);
});
