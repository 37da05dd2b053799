import { describe, expect, test } from "vitest";

import { chooseRoom, DASH, formatDay, formatMonthOfYear, formatPeriod, formatValue, minorDigits } from "./format.ts";

const pounds = { unit: "money", currency: "GBP" } as const;

describe("formatValue", () => {
  test("writes pence where they matter and leaves them out of large sums", () => {
    expect(formatValue(47_015, pounds, "en")).toBe("£470.15");
    expect(formatValue(242_100_051, pounds, "en")).toBe("£2,421,001");
  });

  test("knows that a yen has no minor unit and a dinar has three digits", () => {
    expect(formatValue(1_234, { unit: "money", currency: "JPY" }, "en")).toBe("¥1,234");
    expect(minorDigits("KWD")).toBe(3);
    expect(formatValue(1_234, { unit: "money", currency: "KWD" }, "en")).toContain("1.234");
  });

  test("writes a fraction as percent, a count without decimals it does not have, a ratio with two", () => {
    expect(formatValue(0.2534, { unit: "percent" }, "en")).toBe("25.3%");
    expect(formatValue(5_130, { unit: "count" }, "zh")).toBe("5,130");
    expect(formatValue(2.5, { unit: "ratio" }, "en")).toBe("2.50");
  });

  test("is a dash where there is no value, and a zero where there is a zero", () => {
    expect(formatValue(null, pounds, "en")).toBe(DASH);
    expect(formatValue(0, pounds, "en")).toBe("£0.00");
  });

  test("shortens the ticks of an axis in the language of the page", () => {
    expect(formatValue(25_000_000, pounds, "en", "compact")).toBe("£250k");
    expect(formatValue(25_000_000, pounds, "zh", "compact")).toBe("£25万");
    expect(formatValue(0.3, { unit: "percent" }, "en", "compact")).toBe("30%");
  });
});

test("one large sum takes the pence from its whole column, so that the numbers align", () => {
  expect(chooseRoom([895_770, 203_848_200], pounds)).toBe("whole");
  expect(chooseRoom([895_770, null], pounds)).toBe("full");
  expect(chooseRoom([203_848_200], { unit: "count" })).toBe("full");
  expect(formatValue(895_770, pounds, "en", "whole")).toBe("£8,958");
});

test("days do not move with the time zone of the reader", () => {
  expect(formatDay("2011-12-09", "en", "long")).toBe("9 December 2011");
  expect(formatDay("2011-12-09", "zh", "long")).toBe("2011年12月9日");
});

test("a period names the shared month once", () => {
  expect(formatPeriod("2011-12-01", "2011-12-09", "en").replaceAll(/\s/g, "")).toBe("1–9Dec2011");
});

test("a month of any year has a name in both languages", () => {
  expect(formatMonthOfYear(5, "en")).toBe("May");
  expect(formatMonthOfYear(5, "zh")).toBe("五月");
});
