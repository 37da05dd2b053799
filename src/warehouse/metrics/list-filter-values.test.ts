import { afterEach, beforeEach, expect, it } from "vitest";
import { listFilterValues } from "./list-filter-values.ts";
import { readFreshness } from "./read-freshness.ts";
import { openMetricFixture, type MetricFixture } from "./testing/metric-fixture.ts";

let fixture: MetricFixture;
beforeEach(async () => {
  fixture = await openMetricFixture();
  await fixture.insert(
    "dim_store",
    { store_id: "shop", name: "Shop", currency: "GBP" },
    { store_id: "web", name: "Web", currency: "EUR" },
  );
  await fixture.insert(
    "dim_market",
    { market_id: "GB", name: "United Kingdom", iso_numeric: "826" },
    { market_id: "NO", name: "Norway", iso_numeric: "578" },
    { market_id: "ZZ", name: "Unknown", iso_numeric: null },
  );
});
afterEach(() => fixture.close());

it("lists what the data of a release lets a reader choose", async () => {
  const sale = { store_id: "shop", market_id: "GB", currency: "GBP" };
  await fixture.insert("mart_sales_day", { ...sale, sold_on: "2011-01-02" }, { ...sale, sold_on: "2011-03-04" });
  await fixture.insert("mart_session", { store_id: "web", market_id: "ZZ", month_of_year: 11, visitor_kind: "new" });
  await fixture.insert("mart_fx_day", { day: "2011-01-02", currency: "EUR", units_per_eur: 1 });
  expect(await listFilterValues(fixture.source)).toEqual({
    stores: [
      { id: "shop", name: "Shop", currency: "GBP", domains: ["orders"] },
      { id: "web", name: "Web", currency: "EUR", domains: ["traffic"] },
    ],
    markets: [
      { id: "GB", name: "United Kingdom", isoNumeric: "826" },
      { id: "ZZ", name: "Unknown", isoNumeric: null },
    ].toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    currencies: ["EUR", "GBP"],
    values: {
      category: [],
      mode: [],
      carrier: [],
      vendor: [],
      product_group: [],
      month_of_year: [11],
      visitor_kind: ["new"],
      device: [],
    },
    window: { from: "2011-01-02", to: "2011-03-04" },
    windows: { orders: { from: "2011-01-02", to: "2011-03-04" } },
  });
});

it("has no window before anything is loaded", async () => {
  expect(await listFilterValues(fixture.source)).toMatchObject({ window: null, windows: {}, markets: [] });
});

it("tells how fresh the asked domains are", async () => {
  await fixture.insert(
    "mart_freshness",
    { domain: "orders", table_name: "fct_order_line", rows: 3, first_on: "2011-01-02", last_on: "2011-03-04" },
    { domain: "payments", table_name: "fct_payment", rows: 0, first_on: null, last_on: null },
  );
  expect(await readFreshness(fixture.source, ["payments"])).toEqual([
    { domain: "payments", table: "fct_payment", rows: 0, firstOn: null, lastOn: null },
  ]);
  expect((await readFreshness(fixture.source)).map((row) => row.lastOn)).toEqual(["2011-03-04", null]);
});
