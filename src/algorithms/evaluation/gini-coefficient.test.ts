import { expect, test } from "vitest";
import { giniCoefficient } from "./gini-coefficient.ts";

test("equal shares give 0, one owner of n gives (n − 1) / n, order does not matter", () => {
  expect(giniCoefficient([3, 3, 3])).toBe(0);
  expect(giniCoefficient([0, 8, 0, 0])).toBe(0.75);
  // (−2·1 + 0·2 + 2·3) / (3·6)
  expect(giniCoefficient([2, 3, 1])).toBeCloseTo(4 / 18, 12);
  expect(giniCoefficient([0, 0])).toBe(0);
});
