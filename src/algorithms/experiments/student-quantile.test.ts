import { expect, test } from "vitest";
import { normalQuantile } from "../normal-distribution.ts";
import { studentQuantile } from "./student-quantile.ts";

test("one and two degrees of freedom have closed forms", () => {
  for (const p of [0.6, 0.9, 0.975, 0.9995]) {
    const cauchy = Math.tan(Math.PI * (p - 0.5));
    const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
    expect(studentQuantile(p, 1) / cauchy).toBeCloseTo(1, 10);
    expect(studentQuantile(p, 2) / two).toBeCloseTo(1, 10);
    expect(studentQuantile(1 - p, 2) / -two).toBeCloseTo(1, 10);
  }
  expect(studentQuantile(0.5, 3)).toBe(0);
});

test("tabulated values, and the normal distribution for many degrees", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228, 3);
  expect(studentQuantile(0.975, 25)).toBeCloseTo(2.06, 3);
  expect(studentQuantile(0.995, 60)).toBeCloseTo(2.66, 3);
  expect(studentQuantile(0.975, 1e7)).toBeCloseTo(normalQuantile(0.975), 5);
});

test("shares and degrees outside their ranges are refused", () => {
  expect(() => studentQuantile(1, 5)).toThrow(/p is 1/);
  expect(() => studentQuantile(0.9, 0.5)).toThrow(/degrees is 0.5/);
});
