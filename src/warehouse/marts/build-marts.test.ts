import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { conform } from "../conform.ts";
import { insertRows, openFixtureWarehouse, orderLine, type FixtureWarehouse } from "../testing/fixture-warehouse.ts";
import { buildMarts } from "./build-marts.ts";
import { findLastDay } from "./find-last-day.ts";

let warehouse: FixtureWarehouse;
beforeEach(async () => {
  warehouse = await openFixtureWarehouse();
});
afterEach(() => warehouse.close());

const build = async (asOf = "2011-12-31") => {
  await conform(warehouse.session);
  return buildMarts(warehouse.session, { asOf });
};

/** A week of one shop: two orders, a cancellation the day after, postage, a fee, a discount, a write-off, a refund. */
async function insertWeek(): Promise<void> {
  const { session } = warehouse;
  await insertRows(session, "fct_order_line", [
    orderLine("A", "2011-03-01", "P1", 2, 10, { customer_id: "C1", description: "MUG" }),
    orderLine("A", "2011-03-01", "P1", 1, 10, { customer_id: "C1", description: "MUG" }),
    orderLine("A", "2011-03-01", "P2", 1, 5, { customer_id: "C1", description: "VASE" }),
    orderLine("A", "2011-03-01", "POST", 1, 18, { line_kind: "shipping", customer_id: "C1" }),
    orderLine("B", "2011-03-01", "P2", 4, 5, { customer_id: "C2", market_id: "FR", description: "VASE" }),
    orderLine("E", "2011-03-03", "P2", 1, 6, { customer_id: "C1", description: "VASE" }),
    orderLine("CA", "2011-03-02", "P1", -2, 10, { movement: "cancellation", customer_id: "C1" }),
    orderLine("CD", "2011-03-02", "D", -1, 1.5, {
      movement: "cancellation",
      line_kind: "discount",
      customer_id: "C1",
    }),
    orderLine("F", "2011-03-02", "AMAZONFEE", -1, 7, { line_kind: "fee" }),
    orderLine("W", "2011-03-02", "P1", -3, 0, { movement: "write_off" }),
    orderLine("T", "2011-03-02", "TEST001", 100, 9, { line_kind: "test" }),
  ]);
  await insertRows(session, "fct_sales_reversal", [
    { reversal_id: "R1", order_id: "B", product_id: "P2", reversed_on: "2011-03-04", quantity: 1, amount_minor: 500 },
    { reversal_id: "R2", order_id: "unknown", reversed_on: "2011-03-04", amount_minor: 30 },
  ]);
}

test("sales of a day: gross, cancelled, discounts, refunds and shipping stand apart and net adds up", async () => {
  await insertWeek();
  await build();
  const sales = await warehouse.session.rows(
    `SELECT sold_on, market_id, order_count AS orders, line_count AS lines, unit_count AS units, gross_minor AS gross,
       cancelled_minor AS cancelled, refund_minor AS refund, discount_minor AS discount, net_minor AS net,
       shipping_minor AS shipping, fee_minor AS fee, writeoff_minor AS writeoff, tax_minor AS tax
     FROM mart_sales_day ORDER BY sold_on, market_id`,
  );
  const none = { cancelled: 0, refund: 0, discount: 0, shipping: 0, fee: 0, writeoff: 0, tax: 0 };
  const soldInBritain = { sold_on: "2011-03-01", market_id: "GB", ...none };
  const nothing = { orders: 0, lines: 0, units: 0, gross: 0, ...none };
  expect(sales).toEqual([
    { sold_on: "2011-03-01", market_id: "FR", ...none, orders: 1, lines: 1, units: 4, gross: 2000, net: 2000 },
    { ...soldInBritain, orders: 1, lines: 3, units: 4, gross: 3500, net: 3500, shipping: 1800 },
    { sold_on: "2011-03-02", market_id: "GB", ...nothing, cancelled: 2000, discount: 150, fee: -700, net: -2150 },
    { sold_on: "2011-03-03", market_id: "GB", ...none, orders: 1, lines: 1, units: 1, gross: 600, net: 600 },
    { sold_on: "2011-03-04", market_id: "FR", ...nothing, refund: 500, net: -500 },
    { sold_on: "2011-03-04", market_id: "ZZ", ...nothing, refund: 30, net: -30 },
  ]);
});

test("orders with goods count, the first of each customer is marked, customers are numbered", async () => {
  await insertWeek();
  await build();
  expect(
    await warehouse.session.rows(
      `SELECT order_id, customer_id, customer_no, goods_minor, unit_count, is_first_order FROM mart_order
       ORDER BY order_id`,
    ),
  ).toEqual([
    { order_id: "A", customer_id: "C1", customer_no: 1, goods_minor: 3500, unit_count: 4, is_first_order: true },
    { order_id: "B", customer_id: "C2", customer_no: 2, goods_minor: 2000, unit_count: 4, is_first_order: true },
    { order_id: "E", customer_id: "C1", customer_no: 1, goods_minor: 600, unit_count: 1, is_first_order: false },
  ]);
});

test("an anonymous order is neither first nor repeated", async () => {
  await insertRows(warehouse.session, "fct_order_line", [orderLine("A", "2011-03-01", "P1", 1, 5)]);
  await build();
  expect(await warehouse.session.rows("SELECT customer_no, is_first_order FROM mart_order")).toEqual([
    { customer_no: null, is_first_order: null },
  ]);
});

test("a product's day nets cancellations and refunds, and counts returned units", async () => {
  await insertWeek();
  await build();
  expect(
    await warehouse.session.rows(
      `SELECT product_id, sold_on, market_id, unit_count, gross_minor, net_minor, order_count, returned_units
       FROM mart_product_day ORDER BY product_id, sold_on, market_id`,
    ),
  ).toEqual(
    [
      ["P1", "2011-03-01", "GB", 3, 3000, 3000, 1, 0],
      ["P1", "2011-03-02", "GB", 0, 0, -2000, 0, 2],
      ["P2", "2011-03-01", "FR", 4, 2000, 2000, 1, 0],
      ["P2", "2011-03-01", "GB", 1, 500, 500, 1, 0],
      ["P2", "2011-03-03", "GB", 1, 600, 600, 1, 0],
      ["P2", "2011-03-04", "FR", 0, 0, -500, 0, 1],
    ].map(([product_id, sold_on, market_id, unit_count, gross_minor, net_minor, order_count, returned_units]) => ({
      product_id,
      sold_on,
      market_id,
      unit_count,
      gross_minor,
      net_minor,
      order_count,
      returned_units,
    })),
  );
});

test("a product's price is the median of the daily prices of its last 90 sold days", async () => {
  const { session } = warehouse;
  // 50 days at 1.00, then 50 at 2.00: the window of 90 holds 40 old and 50 new days.
  const days = Array.from({ length: 100 }, (_, index) => index);
  await insertRows(
    session,
    "fct_order_line",
    days.map((index) =>
      orderLine(
        `O${index}`,
        new Date(Date.UTC(2011, 0, 1 + index)).toISOString().slice(0, 10),
        "P1",
        1,
        index < 50 ? 1 : 2,
      ),
    ),
  );
  await build();
  expect(await session.rows("SELECT price_minor, unit_count, net_minor, last_sold_on FROM mart_product")).toEqual([
    { price_minor: 200, unit_count: 100, net_minor: 15_000, last_sold_on: "2011-04-10" },
  ]);
});

test("a basket names each product of an order once", async () => {
  await insertWeek();
  await build();
  expect(
    await warehouse.session.rows(
      "SELECT order_id, product_id, customer_id, market_id, quantity FROM mart_basket_line ORDER BY order_id, product_id",
    ),
  ).toEqual([
    { order_id: "A", product_id: "P1", customer_id: "C1", market_id: "GB", quantity: 3 },
    { order_id: "A", product_id: "P2", customer_id: "C1", market_id: "GB", quantity: 1 },
    { order_id: "B", product_id: "P2", customer_id: "C2", market_id: "FR", quantity: 4 },
    { order_id: "E", product_id: "P2", customer_id: "C1", market_id: "GB", quantity: 1 },
  ]);
});

test("on time is judged as of the day: delivered, overdue, still open, never promised, reported twice", async () => {
  await insertRows(warehouse.session, "fct_shipment", [
    { shipment_id: "early", promised_on: "2011-03-10", delivered_on: "2011-03-10" },
    { shipment_id: "late", promised_on: "2011-03-10", delivered_on: "2011-03-11" },
    { shipment_id: "later", purchased_on: "2011-03-01", promised_on: "2011-03-10", delivered_on: "2011-05-01" },
    { shipment_id: "open", purchased_on: "2011-03-01", promised_on: "2011-04-20" },
    { shipment_id: "unpromised", delivered_on: "2011-03-11" },
    { shipment_id: "twice", promised_on: "2011-03-10" },
    { shipment_id: "twice", promised_on: "2011-03-10", delivered_on: "2011-03-09" },
    { shipment_id: "misdated", purchased_on: "2011-12-24", promised_on: "2011-03-10", delivered_on: "2011-03-10" },
    { shipment_id: "future", purchased_on: "2011-04-02", promised_on: "2011-04-20" },
  ]);
  await build("2011-04-01");
  expect(
    await warehouse.session.rows(
      "SELECT shipment_id, delivered_on, is_on_time FROM mart_shipment ORDER BY shipment_id",
    ),
  ).toEqual([
    { shipment_id: "early", delivered_on: "2011-03-10", is_on_time: true },
    { shipment_id: "late", delivered_on: "2011-03-11", is_on_time: false },
    { shipment_id: "later", delivered_on: null, is_on_time: false },
    { shipment_id: "misdated", delivered_on: "2011-03-10", is_on_time: true },
    { shipment_id: "open", delivered_on: null, is_on_time: null },
    { shipment_id: "twice", delivered_on: "2011-03-09", is_on_time: true },
    { shipment_id: "unpromised", delivered_on: "2011-03-11", is_on_time: null },
  ]);
});

test("sessions keep the month when the day is unknown", async () => {
  await insertRows(warehouse.session, "fct_session", [
    { session_id: "1", month_of_year: 5, is_converted: true, page_views: 4 },
    { session_id: "2", started_at: "2011-02-03 23:59:00", market_id: "FR" },
  ]);
  await build();
  expect(
    await warehouse.session.rows(
      "SELECT session_id, started_on, month_of_year, market_id, is_converted FROM mart_session ORDER BY session_id",
    ),
  ).toEqual([
    { session_id: "1", started_on: null, month_of_year: 5, market_id: "ZZ", is_converted: true },
    { session_id: "2", started_on: "2011-02-03", month_of_year: 2, market_id: "FR", is_converted: false },
  ]);
});

test("freshness lists every domain, the empty ones too", async () => {
  await insertWeek();
  await build();
  const rows = await warehouse.session.rows<{ table_name: string }>("SELECT * FROM mart_freshness");
  expect(rows).toHaveLength(13);
  expect(rows.find((row) => row.table_name === "fct_sales_reversal")).toEqual({
    domain: "refunds",
    table_name: "fct_sales_reversal",
    rows: 2,
    first_on: "2011-03-04",
    last_on: "2011-03-04",
  });
  expect(rows.find((row) => row.table_name === "fct_payment")).toMatchObject({ rows: 0, first_on: null });
});

test("facts after the as-of day are not known yet", async () => {
  await insertWeek();
  expect(await build("2011-03-01")).toMatchObject({ mart_order: 2, mart_sales_day: 2, mart_basket_line: 3 });
  expect(await findLastDay(warehouse.session)).toBe("2011-03-04");
});

test("an empty warehouse has empty marts and no last day", async () => {
  const counts = await build();
  expect(Object.entries(counts).filter(([, rows]) => rows > 0)).toEqual([["mart_freshness", 13]]);
  expect(await findLastDay(warehouse.session)).toBeUndefined();
});

test("whatever is sold, the marts agree with the lines and with each other", async () => {
  const { session } = warehouse;
  const line = fc.record({
    order: fc.integer({ min: 1, max: 6 }),
    day: fc.integer({ min: 1, max: 9 }),
    product: fc.constantFrom("P1", "P2", "P3"),
    quantity: fc.integer({ min: 1, max: 50 }),
    priceMinor: fc.integer({ min: 0, max: 9999 }),
    kind: fc.constantFrom("product", "product", "product", "shipping", "fee", "discount"),
    isCancelled: fc.boolean(),
    market: fc.constantFrom("GB", "FR"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (lines) => {
      await session.run("TRUNCATE fct_order_line");
      await insertRows(
        session,
        "fct_order_line",
        lines.map((drawn) =>
          orderLine(
            `${drawn.isCancelled ? "C" : ""}${drawn.order}`,
            `2011-03-0${drawn.day}`,
            drawn.product,
            drawn.isCancelled ? -drawn.quantity : drawn.quantity,
            drawn.priceMinor / 100,
            { line_kind: drawn.kind, movement: drawn.isCancelled ? "cancellation" : "sale", market_id: drawn.market },
          ),
        ),
      );
      await build();
      const [totals] = await session.rows(
        `SELECT (SELECT sum(net_minor + discount_minor) FROM mart_sales_day) AS sales,
           (SELECT sum(net_minor) FROM mart_product_day) AS products,
           (SELECT sum(order_count) FROM mart_sales_day) AS sales_orders,
           (SELECT sum(goods_minor) FROM mart_order) AS order_goods,
           (SELECT sum(gross_minor) FROM mart_sales_day) AS gross`,
      );
      const goods = lines.filter((drawn) => drawn.kind === "product");
      const amount = (drawn: (typeof lines)[number]) => drawn.quantity * drawn.priceMinor;
      const gross = goods.filter((drawn) => !drawn.isCancelled).reduce((sum, drawn) => sum + amount(drawn), 0);
      const cancelled = goods.filter((drawn) => drawn.isCancelled).reduce((sum, drawn) => sum + amount(drawn), 0);
      const orders = new Set(goods.filter((drawn) => !drawn.isCancelled).map((drawn) => drawn.order)).size;
      expect(totals).toEqual({
        sales: gross - cancelled,
        products: goods.length === 0 ? null : gross - cancelled,
        sales_orders: orders,
        order_goods: orders === 0 ? null : gross,
        gross,
      });
    }),
    { numRuns: process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 200 : 10 },
  );
});
