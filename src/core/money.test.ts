import { expect, test } from "vitest";
import { minorDigits, toMajor, toMinor } from "./money.ts";

test.each([
  ["EUR", 12.34, 1234],
  ["JPY", 1234, 1234],
  ["KWD", 1.234, 1234],
  ["GBP", -53_594.36, -5_359_436],
])("%s %f is %i minor units", (currency, major, minor) => {
  expect(toMinor(major, currency)).toBe(minor);
  expect(toMajor(minor, currency)).toBe(major);
});

test.each(["", "eur", "EURO", "€"])("%j is refused as a currency", (currency) => {
  expect(() => minorDigits(currency)).toThrow("ISO 4217");
});
