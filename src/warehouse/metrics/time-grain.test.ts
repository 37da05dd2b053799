import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, countDays } from "../../core/dates.ts";
import { findShift, shiftBack } from "./compared-window.ts";
import { chooseTimeGrain, listPeriods, periodOf } from "./time-grain.ts";

const day = fc.integer({ min: -8000, max: 25_000 }).map((offset) => addDays("2000-01-01", offset));

describe("time grains", () => {
  it.each([
    [92, "day"],
    [93, "week"],
    [400, "week"],
    [401, "month"],
  ])("shows %i days by %s", (days, grain) => {
    expect(chooseTimeGrain({ from: "2011-01-01", to: addDays("2011-01-01", days - 1) })).toBe(grain);
  });

  it("starts weeks on Monday and ends months on their last day", () => {
    expect(periodOf("2011-01-02", "week")).toEqual({ from: "2010-12-27", to: "2011-01-02" });
    expect(periodOf("1969-12-28", "week")).toEqual({ from: "1969-12-22", to: "1969-12-28" });
    expect(periodOf("2012-02-10", "month")).toEqual({ from: "2012-02-01", to: "2012-02-29" });
    expect(periodOf("2011-12-31", "month")).toEqual({ from: "2011-12-01", to: "2011-12-31" });
  });

  it("lays periods side by side over the whole window", () => {
    const grain = fc.constantFrom("day", "week", "month");
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 800 }), grain, (from, length, grain) => {
        const to = addDays(from, length);
        const periods = listPeriods({ from, to }, grain);
        expect(periods[0]).toEqual(periodOf(from, grain));
        expect(periods.at(-1)).toEqual(periodOf(to, grain));
        for (let i = 1; i < periods.length; i++) expect(periods[i]?.from).toBe(addDays(periods[i - 1]?.to ?? "", 1));
      }),
    );
  });
});

describe("compared windows", () => {
  it("takes the same calendar days a year earlier", () => {
    const window = { from: "2012-02-29", to: "2012-12-31" };
    expect(shiftBack(window, findShift(window, "previous-year"))).toEqual({ from: "2011-02-28", to: "2011-12-31" });
  });

  it("ends the day before and is as long", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 800 }), (from, length) => {
        const window = { from, to: addDays(from, length) };
        const compared = shiftBack(window, findShift(window, "previous-period"));
        expect(countDays(compared.from, compared.to)).toBe(length + 1);
        expect(addDays(compared.to, 1)).toBe(from);
      }),
    );
  });
});
