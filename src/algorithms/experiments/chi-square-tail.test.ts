import { expect, test } from "vitest";
import { chiSquareTail } from "./chi-square-tail.ts";

test("the tabulated 5 % points have 5 % beyond them", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
  const points = { 1: 3.841, 2: 5.991, 3: 7.815, 4: 9.488, 5: 11.07, 10: 18.307, 25: 37.652 };
  for (const [degrees, point] of Object.entries(points)) {
    expect(chiSquareTail(point, Number(degrees))).toBeCloseTo(0.05, 4);
  }
});

test("everything lies beyond 0; bad input is refused", () => {
  for (const degrees of [1, 2, 3, 8]) expect(chiSquareTail(0, degrees)).toBe(1);
  expect(() => chiSquareTail(-1, 1)).toThrow(/x is -1/);
  expect(() => chiSquareTail(1, 1.5)).toThrow(/degrees is 1.5/);
});
