import { expect, test } from "vitest";

import { compareValues } from "./compare-values.ts";

const sales = { unit: "money", direction: "up" } as const;
const cancellations = { unit: "percent", direction: "down" } as const;

test("growth is in percent of the value before, and good where more is better", () => {
  expect(compareValues(1_124, 1_000, sales, "en")).toEqual({ way: "up", meaning: "better", amount: "12.4%" });
  expect(compareValues(900, 1_000, sales, "en")).toEqual({ way: "down", meaning: "worse", amount: "10.0%" });
});

test("shares move in points, and down is good where less is better", () => {
  expect(compareValues(0.1, 0.125, cancellations, "en")).toEqual({ way: "down", meaning: "better", amount: "2.5 pts" });
});

test("a move too small to show is none, and a neutral metric is neither better nor worse", () => {
  expect(compareValues(1_000.2, 1_000, sales, "en")).toMatchObject({ way: "flat", meaning: "neutral" });
  expect(compareValues(2, 1, { unit: "count", direction: "neutral" }, "en")?.meaning).toBe("neutral");
});

test("there is no change from nothing, from zero or to nothing", () => {
  expect(compareValues(5, null, sales, "en")).toBeUndefined();
  expect(compareValues(5, 0, sales, "en")).toBeUndefined();
  expect(compareValues(null, 5, sales, "en")).toBeUndefined();
});
