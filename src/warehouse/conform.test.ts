import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { conform } from "./conform.ts";
import { insertRows, openFixtureWarehouse, orderLine, type FixtureWarehouse } from "./testing/fixture-warehouse.ts";

let warehouse: FixtureWarehouse;
beforeEach(async () => {
  warehouse = await openFixtureWarehouse();
});
afterEach(() => warehouse.close());

test("an order sums its lines and is cancelled only when every product line is", async () => {
  const { session } = warehouse;
  await insertRows(session, "fct_order_line", [
    orderLine("A", "2011-03-01", "P1", 2, 1.5, { customer_id: "C1" }),
    orderLine("A", "2011-03-01", "P2", 1, 4, { customer_id: "C1" }),
    orderLine("A", "2011-03-01", "POST", 1, 18, { line_kind: "shipping", customer_id: "C1" }),
    orderLine("A", "2011-03-01", "D", -1, 0.5, { line_kind: "discount", movement: "cancellation", customer_id: "C1" }),
    orderLine("CA", "2011-03-02", "P1", -2, 1.5, { movement: "cancellation", customer_id: "C1" }),
  ]);
  await conform(session);
  expect(
    await session.rows(
      `SELECT order_id, status, goods_minor, discount_minor, shipping_minor, line_count, unit_count
       FROM fct_order ORDER BY order_id`,
    ),
  ).toEqual([
    {
      order_id: "A",
      status: "completed",
      goods_minor: 700,
      discount_minor: 50,
      shipping_minor: 1800,
      line_count: 2,
      unit_count: 3,
    },
    {
      order_id: "CA",
      status: "cancelled",
      goods_minor: 0,
      discount_minor: 0,
      shipping_minor: 0,
      line_count: 0,
      unit_count: 0,
    },
  ]);
});

test("what the newest order header says wins over the lines", async () => {
  const { session } = warehouse;
  await insertRows(session, "fct_order_line", [orderLine("A", "2011-03-01", "P1", 1, 5)]);
  await insertRows(session, "fct_order_header", [
    { order_id: "A", status: "refunded", discount_minor: 100, tax_minor: 80, updated_at: "2011-03-09", channel: "web" },
    { order_id: "A", status: "completed", discount_minor: 0, tax_minor: 0, updated_at: "2011-03-01", channel: "app" },
  ]);
  await conform(session);
  expect(await session.rows("SELECT status, channel, discount_minor, tax_minor FROM fct_order")).toEqual([
    { status: "refunded", channel: "web", discount_minor: 100, tax_minor: 80 },
  ]);
});

test("a product is called by its most frequent description, the smaller text among equals", async () => {
  const { session } = warehouse;
  await insertRows(session, "fct_order_line", [
    orderLine("A", "2011-03-01", "P1", 1, 5, { description: "RED MUG" }),
    orderLine("B", "2011-03-05", "P1", 1, 5, { description: "red mug, chipped" }),
    orderLine("C", "2011-03-03", "P1", 1, 5, { description: "RED MUG" }),
    orderLine("A", "2011-03-01", "P2", 1, 5, { description: "VASE" }),
    orderLine("B", "2011-03-05", "P2", 1, 5, { description: "BOWL" }),
    orderLine("A", "2011-03-01", "P3", 1, 5, { description: "  " }),
    orderLine("A", "2011-03-01", "POST", 1, 5, { description: "POSTAGE", line_kind: "shipping" }),
  ]);
  await conform(session);
  expect(
    await session.rows("SELECT product_id, title, first_sold_on, last_sold_on FROM dim_product ORDER BY product_id"),
  ).toEqual([
    { product_id: "P1", title: "RED MUG", first_sold_on: "2011-03-01", last_sold_on: "2011-03-05" },
    { product_id: "P2", title: "BOWL", first_sold_on: "2011-03-01", last_sold_on: "2011-03-05" },
    { product_id: "P3", title: null, first_sold_on: "2011-03-01", last_sold_on: "2011-03-01" },
  ]);
});

test("what a listing says of a product wins, order lines fill in the rest", async () => {
  const { session } = warehouse;
  await insertRows(session, "fct_product_listing", [
    { product_id: "P1", title: "Mug", hs_code: "6912" },
    { product_id: "P2", category: "Vases" },
    { product_id: "P3", title: "Never sold" },
  ]);
  await insertRows(session, "fct_order_line", [
    orderLine("A", "2011-03-01", "P1", 1, 5, { description: "RED MUG" }),
    orderLine("A", "2011-03-01", "P2", 1, 5, { description: "VASE" }),
  ]);
  await conform(session);
  await conform(session);
  expect(
    await session.rows(
      "SELECT product_id, title, category, hs_code, last_sold_on FROM dim_product ORDER BY product_id",
    ),
  ).toEqual([
    { product_id: "P1", title: "Mug", category: null, hs_code: "6912", last_sold_on: "2011-03-01" },
    { product_id: "P2", title: "VASE", category: "Vases", hs_code: null, last_sold_on: "2011-03-01" },
    { product_id: "P3", title: "Never sold", category: null, hs_code: null, last_sold_on: null },
  ]);
});

test("a customer has the market of the newest order and only orders with goods count", async () => {
  const { session } = warehouse;
  await insertRows(session, "fct_order_line", [
    orderLine("A", "2011-03-01", "P1", 1, 5, { customer_id: "C1", market_id: "GB" }),
    orderLine("B", "2011-03-04", "P1", 1, 5, { customer_id: "C1", market_id: "FR" }),
    orderLine("CB", "2011-03-09", "P1", -1, 5, { customer_id: "C1", market_id: "DE", movement: "cancellation" }),
    orderLine("CX", "2011-03-09", "P1", -1, 5, { customer_id: "C2", market_id: "DE", movement: "cancellation" }),
    orderLine("D", "2011-03-09", "P1", 1, 5),
  ]);
  expect(await conform(session)).toEqual({ orders: 5, products: 1, customers: 2 });
  expect(
    await session.rows(
      "SELECT customer_id, market_id, first_order_on, last_order_on, order_count FROM dim_customer ORDER BY customer_id",
    ),
  ).toEqual([
    { customer_id: "C1", market_id: "FR", first_order_on: "2011-03-01", last_order_on: "2011-03-04", order_count: 2 },
    { customer_id: "C2", market_id: "DE", first_order_on: null, last_order_on: null, order_count: 0 },
  ]);
});

test("carriers, lanes and stores that only facts name get a row, described ones keep theirs", async () => {
  const { session } = warehouse;
  await session.run("INSERT INTO dim_carrier (carrier_id, name, kind) VALUES ('dhl', 'DHL Express', 'integrator')");
  await insertRows(session, "dim_store", [{ store_id: "shop", name: "The Shop" }]);
  await insertRows(session, "fct_shipment", [
    { shipment_id: "1", carrier_id: "dhl", origin_market_id: "IN", market_id: "NG" },
    { shipment_id: "2", carrier_id: "ups", market_id: "NG" },
    { shipment_id: "3", carrier_id: "ups", market_id: "NG", store_id: "other" },
  ]);
  await conform(session);
  await conform(session);
  expect(await session.rows("SELECT carrier_id, name FROM dim_carrier ORDER BY carrier_id")).toEqual([
    { carrier_id: "dhl", name: "DHL Express" },
    { carrier_id: "ups", name: "ups" },
  ]);
  expect(await session.rows("SELECT lane_id FROM dim_lane ORDER BY lane_id")).toEqual([
    { lane_id: "IN-NG:Air" },
    { lane_id: "ZZ-NG:Air" },
  ]);
  expect(await session.rows("SELECT store_id, name, currency FROM dim_store ORDER BY store_id")).toEqual([
    { store_id: "other", name: "other", currency: "USD" },
    { store_id: "shop", name: "The Shop", currency: "GBP" },
  ]);
});

test("the order of ingest does not matter", async () => {
  const lines = [
    orderLine("A", "2011-03-01", "P1", 1, 5, { description: "X", customer_id: "C1", market_id: "GB" }),
    orderLine("A", "2011-03-01", "P2", 2, 3, { description: "Y", customer_id: "C2", market_id: "FR" }),
    orderLine("B", "2011-03-01", "P1", 1, 5, { description: "Y", customer_id: "C1", market_id: "DE" }),
    orderLine("C", "2011-03-02", "P1", -1, 5, { movement: "cancellation", customer_id: "C2" }),
    orderLine("C", "2011-03-02", "P2", 4, 3, { description: "Z", customer_id: "C2" }),
  ].map((line, index) => ({ ...line, content_hash: index }));
  const snapshot = async (order: typeof lines) => {
    const { session } = warehouse;
    await session.run("TRUNCATE fct_order_line");
    await insertRows(session, "fct_order_line", order);
    await conform(session);
    return [
      await session.rows("SELECT * FROM fct_order ORDER BY ALL"),
      await session.rows("SELECT * FROM dim_product ORDER BY ALL"),
      await session.rows("SELECT * FROM dim_customer ORDER BY ALL"),
    ];
  };
  const expected = await snapshot(lines);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (order) => {
      expect(await snapshot(order)).toEqual(expected);
    }),
    { numRuns: process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 100 : 8 },
  );
});
