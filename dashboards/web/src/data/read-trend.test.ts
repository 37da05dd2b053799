import { expect, test } from "vitest";

import type { MetricResult } from "../api-types.ts";
import { readTrend } from "./read-trend.ts";

const RESULT: MetricResult = {
  columns: [
    { name: "week", kind: "dimension", unit: "week" },
    { name: "orders", kind: "metric", unit: "count" },
    { name: "orders__previous", kind: "comparison", unit: "count" },
  ],
  rows: [
    ["2011-11-28", 300, 280],
    ["2011-12-05", 120, null],
  ],
  from: "2011-11-28",
  to: "2011-12-09",
  partialPeriods: ["2011-12-05"],
  asOf: "2011-12-09",
  release: "r",
  notes: [],
};

test("a point knows its value, the value before, and whether its period is complete", () => {
  const points = readTrend(RESULT, "en")?.chart.points ?? [];
  expect(points.map(({ value, before, isPartial }) => ({ value, before, isPartial }))).toEqual([
    { value: 300, before: 280, isPartial: false },
    { value: 120, before: null, isPartial: true },
  ]);
});

test("months that the data does not know leave a gap", () => {
  const columns = [
    { name: "month_of_year", kind: "dimension", unit: "number" },
    { name: "orders", kind: "metric", unit: "count" },
  ] as const;
  const rows = [
    [2, 10],
    [12, 30],
  ];
  const values = readTrend({ ...RESULT, columns, rows, partialPeriods: [] }, "en")?.chart.points.map(({ value }) => value);
  expect(values).toEqual([null, 10, null, null, null, null, null, null, null, null, null, 30]);
});

test("every point can be spoken", () => {
  expect(readTrend(RESULT, "en")?.spoken).toEqual([
    "Week of 28 Nov 2011, This window 300, Before 280",
    "Week of 5 Dec 2011 (incomplete), This window 120, Before —",
  ]);
});
