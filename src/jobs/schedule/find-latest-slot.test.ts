import { createTask } from "node-cron";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findLatestSlot } from "./find-latest-slot.ts";

const find = (expression: string, after: string, upTo: string): string | undefined =>
  findLatestSlot(expression, new Date(after), new Date(upTo))?.toISOString();

test("the newest firing after the first instant and up to the second", () => {
  expect(find("30 3 * * *", "2026-03-01T00:00:00Z", "2026-03-04T03:29:59Z")).toBe("2026-03-03T03:30:00.000Z");
  expect(find("30 3 * * *", "2026-03-01T00:00:00Z", "2026-03-04T03:30:00Z")).toBe("2026-03-04T03:30:00.000Z");
  expect(find("30 3 * * *", "2026-03-04T03:30:00Z", "2026-03-05T03:29:59Z")).toBeUndefined();
  expect(find("0 */6 * * *", "2026-03-01T00:00:00Z", "2026-03-01T13:00:00Z")).toBe("2026-03-01T12:00:00.000Z");
});

test("week days, last days of a month and leap days", () => {
  expect(find("0 4 * * 1", "2026-01-01T00:00:00Z", "2026-03-08T23:00:00Z")).toBe("2026-03-02T04:00:00.000Z");
  expect(find("0 4 L * *", "2026-01-01T00:00:00Z", "2026-03-15T00:00:00Z")).toBe("2026-02-28T04:00:00.000Z");
  expect(find("0 4 29 2 *", "2023-01-01T00:00:00Z", "2027-12-31T00:00:00Z")).toBe("2024-02-29T04:00:00.000Z");
});

test("the nights when clocks change elsewhere are nights like any other in UTC", () => {
  expect(find("30 2 * * *", "2027-03-13T12:00:00Z", "2027-03-14T12:00:00Z")).toBe("2027-03-14T02:30:00.000Z");
  expect(find("30 2 * * *", "2027-03-27T12:00:00Z", "2027-03-28T12:00:00Z")).toBe("2027-03-28T02:30:00.000Z");
});

test("a bad expression is refused by field", () => {
  expect(() => find("99 3 * * *", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")).toThrow(
    /CONFIG_INVALID: TRADEWIND_NIGHTLY_CRON="99 3 \* \* \*".*minute/,
  );
});

test("it agrees with a minute by minute search of node-cron's own matcher", () => {
  const expressions = ["30 3 * * *", "*/7 */5 * * *", "0 12 * * 1-5", "15 1 1,15 * *", "0 0 * * 0"];
  fc.assert(
    fc.property(
      fc.constantFrom(...expressions),
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 0, max: 2 * 1440 }),
      (expression, startHour, minutes) => {
        const after = Date.parse("2026-01-01T00:00:00Z") + startHour * 3_600_000;
        const task = createTask(expression, () => {}, { timezone: "UTC" });
        let expected: number | undefined;
        for (let at = after + 60_000; at <= after + minutes * 60_000; at += 60_000) {
          if (task.match(new Date(at))) expected = at;
        }
        void task.destroy();
        expect(findLatestSlot(expression, new Date(after), new Date(after + minutes * 60_000))?.getTime()).toBe(
          expected,
        );
      },
    ),
    { numRuns: process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 300 : 20 },
  );
});
