import { expect, test } from "vitest";
import { popularityBands } from "./popularity-bands.ts";

test("thirds of all interactions, most popular items first", () => {
  expect([...popularityBands([1, 4, 2, 1, 1])]).toEqual([2, 0, 1, 2, 2]);
  expect([...popularityBands([10, 1, 1])]).toEqual([0, 2, 2]);
});
