import { expect, test } from "vitest";

import { describeDimension } from "./describe-dimension.ts";

const column = (name: string, unit: "text" | "number" | "week" | "month" = "text") => ({ name, unit });

test("markets are named in the language of the page", () => {
  expect(describeDimension(column("market"), "DE", "Germany", "zh")).toBe("德国");
  expect(describeDimension(column("market"), "DE", undefined, "en")).toBe("Germany");
});

test("a market that is no country keeps the name the answer gives it", () => {
  expect(describeDimension(column("market"), "other-eu", "Elsewhere in the EU", "en")).toBe("Elsewhere in the EU");
});

test("periods say what they are; on an axis they are short", () => {
  expect(describeDimension(column("week", "week"), "2011-12-05", undefined, "en")).toBe("Week of 5 Dec 2011");
  expect(describeDimension(column("week", "week"), "2011-12-05", undefined, "en", "axis")).toBe("5 Dec");
  expect(describeDimension(column("month", "month"), "2011-12-01", undefined, "zh")).toBe("2011年12月");
  expect(describeDimension(column("month_of_year", "number"), 3, undefined, "en")).toBe("March");
});

test("codes become words, titles stay as they are", () => {
  expect(describeDimension(column("mode"), "air-charter", undefined, "en")).toBe("Air charter");
  expect(describeDimension(column("product"), "22423", "REGENCY CAKESTAND 3 TIER", "en")).toBe(
    "REGENCY CAKESTAND 3 TIER",
  );
  expect(describeDimension(column("vendor"), null, undefined, "en")).toBe("—");
});
