import { expect, test } from "vitest";

import type { MetricResult } from "../api-types.ts";
import { buildTableModel, sortRows } from "./table-model.ts";

const RESULT: MetricResult = {
  columns: [
    { name: "product", kind: "dimension", unit: "text" },
    { name: "product__label", kind: "label", unit: "text" },
    { name: "product_net_sales", kind: "metric", unit: "money", currency: "GBP" },
    { name: "return_rate", kind: "metric", unit: "percent" },
  ],
  rows: [
    ["22423", "Cakestand", 1_250_000, 0.125],
    ["85123A", "T-light holder", 90_050, null],
    ["47566", "Bunting", null, 0.5],
  ],
  from: "2011-12-01",
  to: "2011-12-09",
  partialPeriods: [],
  asOf: "2011-12-09",
  release: "r",
  notes: [],
};
const WORDS = { metric: (name: string) => name, dimension: () => "Product", value: () => undefined };

const model = buildTableModel(RESULT, WORDS, "en");

test("a product has its title and its code; money is aligned and shares are percent", () => {
  expect(model.columns.map((column) => [column.heading, column.unit])).toEqual([
    ["Product", undefined],
    ["Code", undefined],
    ["product_net_sales", "GBP"],
    ["return_rate", "%"],
  ]);
  expect(model.rows.map((row) => row.map((cell) => cell.text))).toEqual([
    ["Cakestand", "22423", "£12,500", "12.5%"],
    ["T-light holder", "85123A", "£901", "—"],
    ["Bunting", "47566", "—", "50.0%"],
  ]);
});

test("a file keeps the pence and plain numbers, and nothing where there is no value", () => {
  expect(model.rows.map((row) => row.map((cell) => cell.plain))).toEqual([
    ["Cakestand", "22423", "12500.00", "12.5"],
    ["T-light holder", "85123A", "900.50", ""],
    ["Bunting", "47566", "", "50"],
  ]);
});

test("sorting goes by value, and rows without one come last both ways", () => {
  const titles = (direction: "asc" | "desc") => sortRows(model, 2, direction, "en").map((row) => row[0]?.text);
  expect(titles("desc")).toEqual(["Cakestand", "T-light holder", "Bunting"]);
  expect(titles("asc")).toEqual(["T-light holder", "Cakestand", "Bunting"]);
});
