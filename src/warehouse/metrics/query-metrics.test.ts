import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { metricsFolder } from "./default-folders.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import type { MetricQuery } from "./metric-query.ts";
import { queryMetrics } from "./query-metrics.ts";
import { openMetricFixture, type MetricFixture } from "./testing/metric-fixture.ts";

const catalogue = loadCatalogue(metricsFolder());
let fixture: MetricFixture;

beforeEach(async () => {
  fixture = await openMetricFixture();
});
afterEach(() => fixture.close());

const ask = (query: MetricQuery) => queryMetrics(fixture.source, catalogue, query);

/** A shop with GBP sales on five days of January 2011: GB 1,000 a day, FR 500 on the first and last. */
async function fillShop(): Promise<void> {
  const day = {
    store_id: "shop",
    currency: "GBP",
    cancelled_minor: 0,
    discount_minor: 0,
    unit_count: 2,
    order_count: 1,
  };
  for (let date = 1; date <= 5; date++) {
    const sold_on = `2011-01-0${date}`;
    await fixture.insert("mart_sales_day", { ...day, market_id: "GB", sold_on, gross_minor: 1000, net_minor: 900 });
    await fixture.insert("mart_order", {
      store_id: "shop",
      order_id: `gb${date}`,
      market_id: "GB",
      customer_id: "ann",
      customer_no: 1,
      ordered_on: sold_on,
      currency: "GBP",
      is_first_order: date === 1,
    });
  }
  for (const date of [1, 5]) {
    const sold_on = `2011-01-0${date}`;
    await fixture.insert("mart_sales_day", { ...day, market_id: "FR", sold_on, gross_minor: 500, net_minor: 500 });
    await fixture.insert("mart_order", {
      store_id: "shop",
      order_id: `fr${date}`,
      market_id: "FR",
      customer_id: date === 1 ? null : "bea",
      customer_no: date === 1 ? null : 2,
      ordered_on: sold_on,
      currency: "GBP",
      is_first_order: date === 5,
    });
  }
}

describe("queryMetrics", () => {
  it("sums the whole data when no window is named, in the only currency there is", async () => {
    await fillShop();
    const result = await ask({ metrics: ["gross_sales", "net_sales", "orders", "average_order_value", "customers"] });
    expect(result.rows).toEqual([[6000, 5500, 7, 857, 2]]);
    expect(result.columns[0]).toEqual({ name: "gross_sales", kind: "metric", unit: "money", currency: "GBP" });
    expect(result.columns[2]).toEqual({ name: "orders", kind: "metric", unit: "count" });
    expect(result).toMatchObject({ from: "2011-01-01", to: "2011-01-05", asOf: "2011-12-09", notes: [] });
  });

  it("cuts by market, the largest first, and filters", async () => {
    await fillShop();
    const byMarket = await ask({ metrics: ["net_sales", "orders"], dimensions: ["market"] });
    expect(byMarket.rows).toEqual([
      ["GB", 4500, 5],
      ["FR", 1000, 2],
    ]);
    const french = await ask({ metrics: ["net_sales"], filters: { market: ["FR"] } });
    expect(french.rows).toEqual([[1000]]);
  });

  it("tells new from returning customers by the window", async () => {
    await fillShop();
    const metrics = ["customers", "new_customers", "returning_customers", "returning_share"];
    expect((await ask({ metrics })).rows).toEqual([[2, 2, 0, 0]]);
    expect((await ask({ metrics, from: "2011-01-04", to: "2011-01-05" })).rows).toEqual([[2, 1, 1, 0.5]]);
  });

  it("fills days without sales with zero, and their ratios with nothing", async () => {
    await fillShop();
    const result = await ask({
      metrics: ["net_sales", "average_order_value"],
      dimensions: ["time"],
      filters: { market: ["FR"] },
      from: "2011-01-01",
      to: "2011-01-05",
    });
    expect(result.columns[0]).toEqual({ name: "time", kind: "dimension", unit: "day" });
    expect(result.rows).toEqual([
      ["2011-01-01", 500, 500],
      ["2011-01-02", 0, null],
      ["2011-01-03", 0, null],
      ["2011-01-04", 0, null],
      ["2011-01-05", 500, 500],
    ]);
  });

  it("compares with as many days right before", async () => {
    await fillShop();
    const result = await ask({
      metrics: ["net_sales", "orders"],
      from: "2011-01-04",
      to: "2011-01-05",
      compare: "previous-period",
    });
    expect(result).toMatchObject({ comparedFrom: "2011-01-02", comparedTo: "2011-01-03", notes: [] });
    expect(result.columns.map((column) => column.name)).toEqual([
      "net_sales",
      "net_sales__previous",
      "orders",
      "orders__previous",
    ]);
    expect(result.rows).toEqual([[2300, 1800, 3, 2]]);
  });

  it("lines compared days up with the current ones", async () => {
    await fillShop();
    const result = await ask({
      metrics: ["net_sales"],
      dimensions: ["day"],
      from: "2011-01-03",
      to: "2011-01-04",
      compare: "previous-period",
    });
    expect(result.rows).toEqual([
      ["2011-01-03", 900, 1400],
      ["2011-01-04", 900, 900],
    ]);
  });

  it("leaves comparisons empty where the data does not reach, and says so", async () => {
    await fillShop();
    const result = await ask({
      metrics: ["net_sales"],
      dimensions: ["day"],
      from: "2011-01-02",
      to: "2011-01-04",
      compare: "previous-period",
    });
    expect(result.rows).toEqual([
      ["2011-01-02", 900, null],
      ["2011-01-03", 900, null],
      ["2011-01-04", 900, 1400],
    ]);
    expect(result.notes).toEqual([
      "The compared window reaches beyond the data (2011-01-01 to 2011-01-05); what it does not cover is left empty.",
    ]);
    const total = await ask({ metrics: ["net_sales"], from: "2011-01-02", to: "2011-01-04", compare: "previous-year" });
    expect(total.rows).toEqual([[2700, null]]);
  });

  it("leaves days after the data empty rather than zero", async () => {
    await fillShop();
    const result = await ask({ metrics: ["net_sales"], dimensions: ["day"], from: "2011-01-05", to: "2011-01-06" });
    expect(result.rows).toEqual([
      ["2011-01-05", 1400],
      ["2011-01-06", null],
    ]);
    expect(result.notes).toEqual(["The window reaches beyond the data, which runs from 2011-01-01 to 2011-01-05."]);
  });

  it("names weeks by their Monday and says which are partial", async () => {
    await fillShop();
    // 1 January 2011 was a Saturday; the first full week starts on the 3rd and the data ends on its Wednesday.
    const result = await ask({ metrics: ["gross_sales"], dimensions: ["week"] });
    expect(result.rows).toEqual([
      ["2010-12-27", 2500],
      ["2011-01-03", 3500],
    ]);
    expect(result.partialPeriods).toEqual(["2010-12-27", "2011-01-03"]);
    expect(result.notes).toContain("The period starting on 2010-12-27 is covered only in part.");
  });

  it("converts by the rate of each day and the minor digits of both currencies", async () => {
    const sale = { store_id: "shop", market_id: "JP", gross_minor: 0, unit_count: 1 };
    await fixture.insert(
      "mart_sales_day",
      { ...sale, sold_on: "2011-01-01", currency: "JPY", net_minor: 1000 },
      { ...sale, sold_on: "2011-01-02", currency: "JPY", net_minor: 1000 },
      { ...sale, sold_on: "2011-01-02", currency: "GBP", net_minor: 250 },
      { ...sale, sold_on: "2011-01-03", currency: "JPY", net_minor: 7000 },
    );
    await fixture.insert(
      "mart_fx_day",
      { day: "2011-01-01", currency: "JPY", units_per_eur: 100 },
      { day: "2011-01-01", currency: "GBP", units_per_eur: 0.8 },
      { day: "2011-01-02", currency: "JPY", units_per_eur: 125 },
      { day: "2011-01-02", currency: "GBP", units_per_eur: 0.5 },
    );
    // ¥1,000 is €10 or £8 on the 1st, €8 or £4 on the 2nd; the 3rd has no rate.
    const result = await ask({ metrics: ["net_sales", "units"] });
    expect(result.rows).toEqual([[800 + 400 + 250, 4]]);
    expect(result.columns[0]).toMatchObject({ currency: "GBP" });
    expect(result.notes).toEqual([
      "Amounts of other currencies are converted to GBP at the reference rate of each day.",
      "Left out of amounts for want of a JPY exchange rate on their day: 1 row.",
    ]);
    const yen = await ask({ metrics: ["net_sales"], dimensions: ["day"], currency: "JPY" });
    expect(yen.rows).toEqual([
      ["2011-01-01", 1000],
      ["2011-01-02", 1000 + 625],
      ["2011-01-03", 7000],
    ]);
    await expect(ask({ metrics: ["net_sales"], currency: "XYZ" })).rejects.toMatchObject({
      code: "METRIC_QUERY_INVALID",
      detail: 'currency is "XYZ", for which there are no rates; accepted are GBP, JPY.',
    });
  });

  it("shows products with their titles, and with their store where several sell", async () => {
    const sold = { market_id: "GB", sold_on: "2011-01-01", currency: "GBP", order_count: 1 };
    await fixture.insert(
      "mart_product_day",
      { ...sold, store_id: "shop", product_id: "A", unit_count: 1, net_minor: 100 },
      { ...sold, store_id: "shop", product_id: "B", unit_count: 5, net_minor: 300 },
      { ...sold, store_id: "other", product_id: "A", unit_count: 9, net_minor: 200 },
    );
    await fixture.insert(
      "mart_product",
      { store_id: "shop", product_id: "A", title: "Lamp", category: "home" },
      { store_id: "other", product_id: "A", title: "Scarf", category: "wear" },
    );
    const all = await ask({ metrics: ["product_net_sales"], dimensions: ["product"] });
    expect(all.rows).toEqual([
      ["B", null, "shop", 300],
      ["A", "Scarf", "other", 200],
      ["A", "Lamp", "shop", 100],
    ]);
    expect(all.notes).toEqual(["Product numbers belong to a store, so the store is shown with them."]);
    const one = await ask({
      metrics: ["product_net_sales", "product_units"],
      dimensions: ["product"],
      filters: { store: ["shop"] },
      orderBy: { by: "product_units", direction: "asc" },
    });
    expect(one.rows).toEqual([
      ["A", "Lamp", 100, 1],
      ["B", null, 300, 5],
    ]);
    const categories = await ask({ metrics: ["product_units", "products_sold"], dimensions: ["category"] });
    expect(categories.rows).toEqual([
      ["wear", 9, 1],
      [null, 5, 1],
      ["home", 1, 1],
    ]);
    expect((await ask({ metrics: ["product_units"], filters: { category: ["home"] } })).rows).toEqual([[1]]);
  });

  it("knows nothing of a store that a table does not hold", async () => {
    await fillShop();
    await fixture.insert("mart_shipment", { store_id: "scms", promised_on: "2011-01-03", currency: "USD" });
    const result = await ask({ metrics: ["orders", "shipments"], dimensions: ["store"] });
    expect(result.rows).toEqual([
      ["shop", 7, null],
      ["scms", null, 1],
    ]);
  });

  it("takes both sides of a ratio over the same shipments", async () => {
    const shipment = { store_id: "scms", market_id: "VN", currency: "USD", promised_on: "2010-05-01", goods_minor: 0 };
    await fixture.insert(
      "mart_shipment",
      { ...shipment, mode: "Air", is_on_time: true, weight_g: 2000, freight_minor: 3000 },
      { ...shipment, mode: "Air", is_on_time: false, weight_g: 8000, freight_minor: 1000 },
      { ...shipment, mode: "Air", is_on_time: null, weight_g: null, freight_minor: 9000 },
      { ...shipment, mode: "Ocean", is_on_time: true, weight_g: 5000, freight_minor: null },
    );
    const result = await ask({
      metrics: ["shipments", "on_time_delivery_rate", "freight_cost", "freight_cost_per_kg"],
      dimensions: ["mode"],
    });
    expect(result.rows).toEqual([
      ["Air", 3, 0.5, 13000, 400],
      ["Ocean", 1, 1, null, null],
    ]);
    expect(result.columns.at(-1)).toMatchObject({ unit: "money", currency: "USD" });
  });

  it("answers from data that has months but no dates", async () => {
    const session = { store_id: "web", visitor_kind: "new", page_views: 4 };
    await fixture.insert(
      "mart_session",
      { ...session, month_of_year: 11, is_converted: true },
      { ...session, month_of_year: 11, is_converted: false },
      { ...session, month_of_year: 2, is_converted: false },
    );
    const result = await ask({
      metrics: ["conversion_rate", "sessions"],
      dimensions: ["month_of_year"],
      compare: "previous-period",
    });
    expect(result).toMatchObject({
      from: null,
      to: null,
      rows: [
        [2, 0, null, 1, null],
        [11, 0.5, null, 2, null],
      ],
      notes: ["The data carries no dates, so there is no earlier period to compare with."],
    });
    expect((await ask({ metrics: ["sessions"], filters: { month_of_year: ["11"] } })).rows).toEqual([[2]]);
    const dated = await ask({ metrics: ["sessions"], from: "2011-01-01", to: "2011-12-31" });
    expect(dated).toMatchObject({ rows: [[null]], notes: ["Left out for want of a date: 3 rows."] });
  });

  it("says that nothing is loaded instead of showing zero", async () => {
    const result = await ask({ metrics: ["net_sales", "orders"], language: "zh" });
    expect(result).toMatchObject({
      rows: [[null, null]],
      from: null,
      notes: ["此选择尚未加载任何数据；数值为空，而不是零。"],
    });
  });

  it("keeps rows that only the compared window has", async () => {
    await fillShop();
    const result = await ask({
      metrics: ["net_sales", "average_order_value"],
      dimensions: ["market"],
      from: "2011-01-02",
      to: "2011-01-02",
      compare: "previous-period",
    });
    expect(result.rows).toEqual([
      ["GB", 900, 900, 1000, 1000],
      ["FR", 0, 500, null, 500],
    ]);
  });

  it("cuts long answers and says how long they were", async () => {
    await fillShop();
    const result = await ask({ metrics: ["net_sales"], dimensions: ["day"], limit: 2 });
    expect(result.rows.map((row) => row[0])).toEqual(["2011-01-01", "2011-01-02"]);
    expect(result.notes).toEqual(["Showing 2 of 5 rows."]);
  });

  it("takes hostile values for what they are: values", async () => {
    await fillShop();
    const result = await ask({
      metrics: ["orders"],
      filters: { market: ["GB' OR '1'='1", "'); DROP TABLE mart_order; --"] },
    });
    expect(result.rows).toEqual([[0]]);
    expect((await ask({ metrics: ["orders"] })).rows).toEqual([[7]]);
  });
});

describe("a query that cannot be answered", () => {
  it("names unknown metrics and the known ones", async () => {
    await expect(ask({ metrics: ["net_salse"] })).rejects.toMatchObject({
      code: "METRIC_UNKNOWN",
      detail: expect.stringMatching(
        /^metrics names "net_salse"; accepted are average_order_value, .*net_sales/,
      ) as string,
    });
  });

  it("names every other fault at once", async () => {
    const query = {
      metrics: ["orders"],
      dimensions: ["mode", "colour", "day", "week"],
      filters: { vendor: ["x"], month: ["1"] },
      from: "2011-02-30",
      compare: "last-year",
      orderBy: { by: "units", direction: "desc" },
      limit: 5001,
      currency: "euro",
    };
    // The wire can carry what the types refuse.
    await expect(ask(query as unknown as MetricQuery)).rejects.toMatchObject({
      code: "METRIC_QUERY_INVALID",
      errors: [
        { pointer: "dimensions", message: "has 4 names; accepted are 0 to 3." },
        {
          pointer: "dimensions",
          message: 'names "mode", but orders can be cut by time, day, week, month, store, market only.',
        },
        {
          pointer: "dimensions",
          message: expect.stringContaining('"colour", which is no dimension; accepted are time, day') as string,
        },
        { pointer: "dimensions", message: "hold more than one of time, day, week and month; name one." },
        { pointer: "filters.vendor", message: expect.stringContaining("orders can be cut by") as string },
        { pointer: "filters.month", message: "is a time; narrow it with from and to." },
        { pointer: "from", message: 'is "2011-02-30", which is no calendar day; write it as YYYY-MM-DD.' },
        { pointer: "compare", message: 'is "last-year"; accepted are none, previous-period, previous-year.' },
        { pointer: "limit", message: "is 5001; accepted is a whole number from 1 to 5000." },
        { pointer: "currency", message: 'is "euro"; use an ISO 4217 code such as EUR.' },
        {
          pointer: "orderBy.by",
          message: 'is "units"; accepted are orders, orders__previous, mode, colour, day, week.',
        },
      ],
    });
  });

  it("names an end that lies before the data's start", async () => {
    await fillShop();
    await expect(ask({ metrics: ["orders"], to: "2001-01-01" })).rejects.toMatchObject({
      detail: "to is 2001-01-01, before the first day of data (2011-01-01).",
    });
  });
});
