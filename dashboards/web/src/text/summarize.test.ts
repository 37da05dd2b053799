import { expect, test } from "vitest";

import { summarizeChart } from "./summarize.ts";

const pounds = { unit: "money", currency: "GBP" } as const;

test("a trend is summed up by its ends, its extremes and its latest value", () => {
  const points = [
    { name: "1 Dec 2011", value: 1_000 },
    { name: "2 Dec 2011", value: 3_000 },
    { name: "3 Dec 2011", value: null },
    { name: "4 Dec 2011", value: 2_000 },
  ];
  expect(summarizeChart("trend", "Net sales", points, pounds, "en")).toBe(
    "Net sales, line chart of 3 periods from 1 Dec 2011 to 4 Dec 2011. " +
      "Lowest £10.00 (1 Dec 2011), highest £30.00 (2 Dec 2011), latest £20.00.",
  );
});

test("a map is summed up in Chinese too", () => {
  const markets = [
    { name: "德国", value: 0.5 },
    { name: "法国", value: 0.25 },
  ];
  expect(summarizeChart("map", "准时率", markets, { unit: "percent" }, "zh")).toBe(
    "准时率，世界地图，共 2 个市场。最高 50.0%（德国），最低 25.0%（法国）。",
  );
});

test("a chart without a value says so", () => {
  expect(summarizeChart("bar", "Orders", [{ name: "DE", value: null }], { unit: "count" }, "en")).toBe(
    "Orders: no data.",
  );
});
