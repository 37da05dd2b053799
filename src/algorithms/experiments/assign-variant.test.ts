import { expect, test } from "vitest";

import { assignVariant } from "./assign-variant.ts";

const UNITS = 60_000;

test("units spread over the variants by their weights", () => {
  const weights = [5, 3, 0, 2];
  const counts = [0, 0, 0, 0];
  for (let unit = 0; unit < UNITS; unit++) counts[assignVariant(String(unit), "shelf", weights)]++;
  expect(counts[2]).toBe(0);
  // Chi-square with 2 degrees of freedom: 13.82 is exceeded by chance once in a thousand salts.
  const expected = [0.5, 0.3, 0, 0.2].map((share) => share * UNITS);
  const chiSquare = [0, 1, 3].reduce((sum, i) => sum + (counts[i] - expected[i]) ** 2 / expected[i], 0);
  expect(chiSquare).toBeLessThan(13.82);
});

test("the same unit always has the same variant, and another salt is independent of it", () => {
  let same = 0;
  for (let unit = 0; unit < UNITS; unit++) {
    const first = assignVariant(`C${unit}`, "one", [1, 1]);
    expect(assignVariant(`C${unit}`, "one", [50, 50])).toBe(first);
    if (assignVariant(`C${unit}`, "two", [1, 1]) === first) same++;
  }
  // Half of them agree; four standard deviations are 490.
  expect(Math.abs(same - UNITS / 2)).toBeLessThan(490);
});

test("a variant with all the weight has everybody; weights that make no sense are refused", () => {
  expect(assignVariant("客户", "s", [0, 1, 0])).toBe(1);
  for (const weights of [[], [0, 0], [1, -1], [Number.NaN]]) {
    expect(() => assignVariant("u", "s", weights)).toThrow(/weights/u);
  }
});
