import { describe, expect, it } from "vitest";
import { metricsFolder } from "./default-folders.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import type { MetricResult } from "./metric-result.ts";
import { toCsv } from "./to-csv.ts";

const catalogue = loadCatalogue(metricsFolder());

const result: MetricResult = {
  columns: [
    { name: "product", kind: "dimension", unit: "text" },
    { name: "product__label", kind: "label", unit: "text" },
    { name: "net_sales", kind: "metric", unit: "money", currency: "GBP" },
    { name: "net_sales__previous", kind: "comparison", unit: "money", currency: "GBP" },
    { name: "cancellation_rate", kind: "metric", unit: "percent" },
    { name: "units", kind: "metric", unit: "count" },
  ],
  rows: [
    ["85123A", 'HEART, "WHITE"', 123450, -5, 0.07, 12],
    ["=1+1", "@cmd\nline", 0, null, null, 0],
  ],
  from: "2011-01-01",
  to: "2011-01-31",
  partialPeriods: [],
  asOf: "2011-12-09",
  release: "r",
  notes: [],
};

describe("toCsv", () => {
  it("writes what is shown: labels, major units, percentages, empty for unknown", () => {
    expect(toCsv(result, catalogue)).toBe(
      [
        'Product,"Product, name",Net sales (GBP),"Net sales, previous (GBP)",Cancellation rate (%),Units sold',
        '85123A,"HEART, ""WHITE""",1234.50,-0.05,7,12',
        "'=1+1,\"'@cmd\nline\",0.00,,,0",
        "",
      ].join("\r\n"),
    );
  });

  it("heads the columns in Chinese", () => {
    expect(toCsv(result, catalogue, "zh").split("\r\n")[0]).toBe(
      '商品,"商品, 名称",净销售额 (GBP),"净销售额, 对比期 (GBP)",取消率 (%),销售件数',
    );
  });

  it("knows currencies without a minor unit", () => {
    const yen = { name: "net_sales", kind: "metric", unit: "money", currency: "JPY" } as const;
    expect(toCsv({ ...result, columns: [yen], rows: [[1500]] }, catalogue)).toBe("Net sales (JPY)\r\n1500\r\n");
  });
});
