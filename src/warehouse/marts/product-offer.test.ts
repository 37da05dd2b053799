import { afterEach, beforeEach, expect, it } from "vitest";
import { conform } from "../conform.ts";
import { readSql } from "../read-sql.ts";
import { type FixtureWarehouse, insertRows, openFixtureWarehouse, orderLine } from "../testing/fixture-warehouse.ts";
import { buildMarts } from "./build-marts.ts";

let warehouse: FixtureWarehouse;
beforeEach(async () => {
  warehouse = await openFixtureWarehouse();
  await insertRows(warehouse.session, "dim_store", [{ store_id: "shop" }]);
});
afterEach(() => warehouse.close());

const build = async (): Promise<void> => {
  await conform(warehouse.session);
  await buildMarts(warehouse.session, { asOf: "2011-12-31" });
};

it("offers stand beside the newest stock of every hub, less what is reserved", async () => {
  const offer = { store_id: "shop", product_id: "P1" };
  await insertRows(warehouse.session, "fct_product_market", [
    { ...offer, market_id: null, hidden: false, available_until: "2012-01-31" },
    { ...offer, market_id: "DE", shippable: false, price_minor: 500, currency: "EUR" },
  ]);
  const stock = { store_id: "shop", product_id: "P1", snapshot_on: "2011-12-30" };
  await insertRows(warehouse.session, "fct_inventory_snapshot", [
    { ...stock, hub_id: "north", on_hand: 9, snapshot_on: "2011-12-29" },
    { ...stock, hub_id: "north", on_hand: 5, reserved: 2 },
    { ...stock, hub_id: "south", on_hand: 4 },
    { ...stock, hub_id: "south", on_hand: 0, snapshot_on: "2012-01-01" },
    { ...stock, product_id: "P2", market_id: "GB", on_hand: 0 },
  ]);
  await build();
  const rows = await warehouse.session.rows(readSql("models/recommendation/list_offers"));
  const none = { sellable: -1, shippable: -1, hidden: -1, from_day: -2147483647, until_day: 2147483647 };
  const untold = { ...none, store_id: "shop", price_minor: -1, currency: "" };
  expect(rows).toEqual([
    { ...untold, product_id: "P1", market_id: "", hidden: 0, until_day: 15370, stock_units: 7 },
    {
      ...untold,
      product_id: "P1",
      market_id: "DE",
      shippable: 0,
      price_minor: 500,
      currency: "EUR",
      stock_units: null,
    },
    { ...untold, product_id: "P2", market_id: "GB", stock_units: 0 },
  ]);
});

it("landed costs are those of the rows that tell a cost or a delivery promise", async () => {
  const offer = { store_id: "shop", product_id: "P1", hidden: false };
  await insertRows(warehouse.session, "fct_product_market", [
    { ...offer, market_id: null, delivery_days: 9 },
    { ...offer, market_id: "DE", landed_cost_minor: 310, currency: "EUR" },
    { ...offer, market_id: "FR", shippable: true },
  ]);
  await build();
  const row = { store_id: "shop", product_id: "P1" };
  expect(await warehouse.session.rows(readSql("models/recommendation/list_landed_costs"))).toEqual([
    { ...row, market_id: "", landed_cost_minor: -1, currency: "", delivery_days: 9 },
    { ...row, market_id: "DE", landed_cost_minor: 310, currency: "EUR", delivery_days: -1 },
  ]);
});

it("views are those of products in the last 90 days, by visitor and day where no session is named", async () => {
  const event = { store_id: "shop", visitor_id: "v", kind: "view_item", product_id: "P1" };
  const at = (day: string, others: object = {}) => ({
    ...event,
    event_at: `${day} 10:00:00`,
    event_on: day,
    ...others,
  });
  await insertRows(warehouse.session, "fct_traffic_event", [
    at("2011-10-02"),
    at("2011-10-03"),
    at("2011-12-31", { session_id: "s", kind: "purchase" }),
    at("2011-12-31", { kind: "begin_checkout" }),
    at("2011-12-31", { product_id: null }),
    at("2012-01-01"),
  ]);
  await build();
  expect(await warehouse.session.rows("SELECT session_id, kind FROM mart_product_view ORDER BY event_at")).toEqual([
    { session_id: "v 2011-10-03", kind: "view_item" },
    { session_id: "s", kind: "purchase" },
  ]);
});

it("sales of windows reach to the as-of day, and those before the last week back another 28 days", async () => {
  await insertRows(warehouse.session, "fct_order_line", [
    orderLine("O1", "2011-12-31", "P1", 1, 1),
    orderLine("O2", "2011-12-25", "P1", 2, 1),
    orderLine("O3", "2011-12-24", "P1", 4, 1),
    orderLine("O4", "2011-11-27", "P1", 8, 1),
    orderLine("O5", "2011-11-26", "P1", 16, 1),
    orderLine("O6", "2011-10-02", "P1", 32, 1),
  ]);
  await build();
  const rows = await warehouse.session.rows(readSql("models/recommendation/list_recent_sales"), {
    as_of: "2011-12-31",
  });
  expect(rows).toEqual([
    {
      store_id: "shop",
      product_id: "P1",
      market_id: "GB",
      units_7: 3,
      units_30: 7,
      units_90: 31,
      units_before: 12,
    },
  ]);
});
