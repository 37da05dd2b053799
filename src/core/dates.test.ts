import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, countDays, fromDayNumber, isIsoDate, toDayNumber, toIsoDate } from "./dates.ts";

test("day numbers count from 1970-01-01", () => {
  expect(toDayNumber("1970-01-01")).toBe(0);
  expect(toDayNumber("2011-12-09")).toBe(15_317);
  expect(fromDayNumber(15_317)).toBe("2011-12-09");
});

test("day number and back is the identity", () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), (n) => {
      expect(toDayNumber(fromDayNumber(n))).toBe(n);
    }),
  );
});

test("adding days crosses months and leap days", () => {
  expect(addDays("2012-02-28", 1)).toBe("2012-02-29");
  expect(addDays("2011-12-31", 1)).toBe("2012-01-01");
  expect(countDays("2010-12-01", "2010-12-09")).toBe(9);
});

test.each(["2011-02-29", "2011-13-01", "11-01-01", "2011-1-1", "2011-01-01T00:00:00Z", ""])(
  "%s is no calendar day",
  (text) => {
    expect(isIsoDate(text)).toBe(false);
    expect(() => toDayNumber(text)).toThrow("YYYY-MM-DD");
  },
);

test("an instant's day is its UTC day", () => {
  expect(toIsoDate(new Date("2011-12-09T23:59:59Z"))).toBe("2011-12-09");
});
