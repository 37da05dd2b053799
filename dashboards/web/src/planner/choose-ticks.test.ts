import { expect, test } from "vitest";

import { chooseTicks } from "./choose-ticks.ts";

const HOUR = 3600;

test("ticks stand at round times within the span", () => {
  expect(chooseTicks(8 * HOUR + 61, 11 * HOUR, 8)).toEqual([8.5, 9, 9.5, 10, 10.5, 11].map((hour) => hour * HOUR));
  expect(chooseTicks(0, 8 * HOUR, 6)).toEqual([0, 2, 4, 6, 8].map((hour) => hour * HOUR));
  expect(chooseTicks(0, 60 * 24 * HOUR, 6)).toEqual([0, 12, 24, 36, 48, 60].map((day) => day * 24 * HOUR));
});

test("a span without a round time within has none, and no span is too short", () => {
  expect(chooseTicks(10, 20, 8)).toEqual([]);
  expect(chooseTicks(60, 61, 8)).toEqual([60]);
});
