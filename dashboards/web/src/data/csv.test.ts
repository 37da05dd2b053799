import { expect, test } from "vitest";

import { nameCsvFile, writeCsv } from "./csv.ts";
import type { TableCell } from "./table-model.ts";

const cell = (plain: string): TableCell => ({ text: plain, plain, sortBy: plain });

test("writes headings with units, quotes what needs it, ends lines as RFC 4180 asks", () => {
  const csv = writeCsv({
    columns: [
      { key: "product", heading: "Product", isNumber: false },
      { key: "net_sales", heading: "Net sales", unit: "GBP", isNumber: true },
    ],
    rows: [
      [cell('CHILD\'S "GARDEN", BLUE'), cell("12.50")],
      [cell("Plain"), cell("-3.00")],
    ],
  });
  expect(csv).toBe('\uFEFFProduct,Net sales (GBP)\r\n"CHILD\'S ""GARDEN"", BLUE",12.50\r\nPlain,-3.00\r\n');
});

test("a text that a spreadsheet would run stays text, a negative number stays a number", () => {
  const csv = writeCsv({
    columns: [
      { key: "vendor", heading: "Vendor", isNumber: false },
      { key: "units", heading: "Units", isNumber: true },
    ],
    rows: [[cell("=1+1"), cell("-5")]],
  });
  expect(csv).toContain("'=1+1,-5");
});

test("the file is named after page, card and window", () => {
  expect(nameCsvFile("sales-geography", "top-products", "2011-09-11", "2011-12-09")).toBe(
    "sales-geography_top-products_2011-09-11_2011-12-09.csv",
  );
  expect(nameCsvFile("traffic", "sessions", null, null)).toBe("traffic_sessions_all.csv");
});
