import { expect, test } from "vitest";

import { chooseGrain, isStale, resolveWindow } from "./date-window.ts";

test("presets count back from the last day of data, both ends included", () => {
  expect(resolveWindow({ preset: "last-7-days" }, "2011-12-09")).toEqual({ from: "2011-12-03", to: "2011-12-09" });
  expect(resolveWindow({ preset: "last-90-days" }, "2012-03-01")).toEqual({ from: "2011-12-03", to: "2012-03-01" });
});

test("all data has no ends of its own, nor has a preset over undated data", () => {
  expect(resolveWindow({ preset: "all" }, "2011-12-09")).toBeUndefined();
  expect(resolveWindow({ preset: "last-7-days" }, null)).toBeUndefined();
});

test("data is stale when its last day is more than two days ago", () => {
  expect(isStale("2011-12-07", "2011-12-09")).toBe(false);
  expect(isStale("2011-12-06", "2011-12-09")).toBe(true);
});

test("a month is read by days, a quarter by weeks, two years by months", () => {
  expect(chooseGrain({ from: "2011-12-01", to: "2011-12-31" })).toBe("day");
  expect(chooseGrain({ from: "2011-09-11", to: "2011-12-09" })).toBe("week");
  expect(chooseGrain({ from: "2010-01-01", to: "2011-12-09" })).toBe("month");
  expect(chooseGrain(undefined)).toBe("month");
});
