import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listDatasets } from "./list-datasets.ts";
import { listSources } from "./list-sources.ts";
import { openTestWarehouse, type TestWarehouse } from "./testing/test-warehouse.ts";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

test("every bundled mapping and contract is valid", () => {
  expect(listSources().map((source) => source.source)).toEqual([
    "ecb-fx",
    "ga4",
    "generic",
    "online-retail",
    "scms",
    "shopify-orders",
    "uci-shoppers",
  ]);
  expect(listDatasets()).toHaveLength(21);
});

describe("a source of one's own", () => {
  const file = "Beleg;Artikel;Menge;Preis;Datum;Land\n7;A1;2;1.234,50;31.12.2023 23:30;Schweiz\n";

  test("is a YAML file: separators, decimal commas, day first, own labels and an own time zone", async () => {
    shop.write(
      "sources/kasse.yaml",
      `source: kasse
title: Till export
store: { id: kasse, name: Shop, currency: CHF, timeZone: Europe/Zurich }
delimiter: ";"
datasets:
  order-lines:
    fields:
      order_id: Beleg
      product_id: Artikel
      quantity: Menge
      unit_price: { from: Preis, decimalComma: true }
      ordered_at: { from: Datum, formats: ["%d.%m.%Y %H:%M"] }
      market: { from: Land, values: { Schweiz: CH } }
`,
    );
    const sheet = await shop.load({
      file: shop.write("till.csv", file),
      source: "kasse",
      sourcesDir: `${shop.folder}/sources`,
    });
    expect(sheet).toMatchObject({ rowsLoaded: 1, rowsQuarantined: 0 });
    expect(
      await shop.rows("SELECT market_id, ordered_at, ordered_on, amount_minor, currency FROM fct_order_line"),
    ).toEqual([
      {
        market_id: "CH",
        ordered_at: "2023-12-31T22:30:00.000Z",
        ordered_on: "2023-12-31",
        amount_minor: 246_900,
        currency: "CHF",
      },
    ]);
    expect(await shop.rows("SELECT store_id, time_zone FROM dim_store")).toEqual([
      { store_id: "kasse", time_zone: "Europe/Zurich" },
    ]);
  });

  test.each([
    [
      "a word that is not known",
      "fields: { order_id: Beleg }\n    colour: red",
      /sources\/kasse\.yaml:6: "datasets\.order-lines\.colour" is not known here/,
    ],
    [
      "a field that the contract lacks",
      "fields:\n      order_id: Beleg\n      weight: Gewicht",
      /kasse\.yaml:7: "weight" is no field of order-lines; it has store_id, order_id/,
    ],
    ["a key that stands twice", "fields: { order_id: Beleg, order_id: Nr }", /kasse\.yaml:5: Map keys must be unique/],
    [
      "a condition that is not known",
      "rules: { movement: [{ set: sale, when: { quantity: { above: 1 } } }] }",
      /kasse\.yaml:5: .*above" is not known here/,
    ],
    ["broken YAML", "fields: { order_id: ", /kasse\.yaml:\d+: /],
  ])("with %s is refused with file and line", async (_, body, message) => {
    shop.write("sources/kasse.yaml", `source: kasse\ntitle: Till export\ndatasets:\n  order-lines:\n    ${body}\n`);
    const load = shop.load({
      file: shop.write("till.csv", file),
      source: "kasse",
      sourcesDir: `${shop.folder}/sources`,
    });
    await expect(load).rejects.toMatchObject({
      code: "INGEST_CONTRACT_INVALID",
      detail: expect.stringMatching(message),
    });
  });

  test("with a time zone that does not exist is refused", async () => {
    shop.write(
      "sources/kasse.yaml",
      "source: kasse\ntitle: Till\nstore: { id: k, name: K, currency: EUR, timeZone: Mars/Base }\ndatasets: { order-lines: {} }\n",
    );
    const load = shop.load({
      file: shop.write("till.csv", file),
      source: "kasse",
      sourcesDir: `${shop.folder}/sources`,
    });
    await expect(load).rejects.toMatchObject({
      detail: expect.stringContaining('kasse.yaml:3: "Mars/Base" is no IANA time zone'),
    });
  });
});

test("wide exchange rates become one row a currency; N/A and the nameless last column are no rates", async () => {
  const text =
    "Date,USD,JPY,CYP,\n2024-01-19,1.0887,161.17,N/A,\n2024-01-18,1.0875,160.89,N/A,\n2007-12-31,1.4721,164.93,0.585274,\n";
  const sheet = await shop.load({ file: shop.write("fx.csv", text), dataset: "fx_rates", source: "ecb-fx" });
  expect(sheet).toMatchObject({ rowsIn: 7, rowsLoaded: 7 });
  expect(await shop.rows("SELECT rate_on, units_per_eur, row_no FROM fct_fx_rate WHERE currency = 'CYP'")).toEqual([
    { rate_on: "2007-12-31", units_per_eur: 0.585274, row_no: 3 },
  ]);
});

test("one bad cell of a wide line is refused alone", async () => {
  const text = "Date,USD,XXQ,JPY,\n2024-01-19,one,2,161.17,\n2024-01-18,1.0875,N/A,160.89,\n";
  const sheet = await shop.load({ file: shop.write("fx.csv", text), dataset: "fx-rates", source: "ecb-fx" });
  expect(sheet).toMatchObject({ rowsIn: 5, rowsLoaded: 3, rowsQuarantined: 2 });
  expect(await shop.rows("SELECT line_no, reason_code, message FROM raw_quarantine ORDER BY reason_code")).toEqual([
    { line_no: 2, reason_code: "CURRENCY_UNKNOWN", message: expect.stringContaining('currency is "XXQ"') },
    { line_no: 2, reason_code: "VALUE_NOT_A_NUMBER", message: expect.stringContaining('units_per_eur is "one"') },
  ]);
});

test("an order export that states the order once a group yields lines and headers", async () => {
  const text = `Name,Email,Financial Status,Currency,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Country
#1001,a@example.com,paid,EUR,4.90,1.00,30.90,0,2024-03-01 10:00:00 +0100,2,Mug,10.00,MUG,DE
#1001,a@example.com,,,,,,,2024-03-01 10:00:00 +0100,1,Spoon,5.00,SPOON,
`;
  const file = shop.write("orders.csv", text);
  expect(await shop.load({ file, source: "shopify-orders", storeId: "shop" })).toMatchObject({
    rowsLoaded: 2,
    rowsQuarantined: 0,
  });
  expect(
    await shop.rows(
      "SELECT product_id, market_id, currency, ordered_at, amount_minor FROM fct_order_line ORDER BY row_no",
    ),
  ).toEqual([
    { product_id: "MUG", market_id: "DE", currency: "EUR", ordered_at: "2024-03-01T09:00:00.000Z", amount_minor: 2000 },
    {
      product_id: "SPOON",
      market_id: "DE",
      currency: "EUR",
      ordered_at: "2024-03-01T09:00:00.000Z",
      amount_minor: 500,
    },
  ]);
  const orders = await shop.load({ file, dataset: "orders", source: "shopify-orders", storeId: "shop" });
  expect(orders).toMatchObject({ rowsIn: 2, rowsLoaded: 1, rowsDuplicate: 1 });
  expect(await shop.rows("SELECT order_id, status, shipping_minor, total_minor FROM fct_order_header")).toEqual([
    { order_id: "#1001", status: "paid", shipping_minor: 490, total_minor: 3090 },
  ]);
});

test("analytics ids that look like numbers stay text, and microseconds become instants", async () => {
  const text =
    "user_pseudo_id,item_id,item_name,price_in_usd,price,quantity,item_revenue_in_usd,item_revenue,event_date,event_timestamp,country,region,mobile_brand_name,mobile_model_name\n" +
    "2697787.2422183099,(not set),(not set),,,,,,20201121,1605937059520352,Sri Lanka,Western Province,<Other>,<Other>\n" +
    "10.50,GGOE,Mug,5,5,2,10.0,10.0,20201121,1605952726508472,(not set),,Apple,Safari\n";
  const sheet = await shop.load({ file: shop.write("ga.csv", text), dataset: "traffic-events", source: "ga4" });
  expect(sheet).toMatchObject({ rowsLoaded: 2 });
  expect(
    await shop.rows(
      "SELECT visitor_id, kind, product_id, event_at, event_on, market_id, amount_minor, device FROM fct_traffic_event ORDER BY row_no",
    ),
  ).toEqual([
    {
      visitor_id: "2697787.2422183099",
      kind: "visit",
      product_id: null,
      event_at: "2020-11-21T05:37:39.520Z",
      // In Los Angeles it was still the evening before.
      event_on: "2020-11-20",
      market_id: "LK",
      amount_minor: null,
      device: null,
    },
    {
      visitor_id: "10.50",
      kind: "purchase",
      product_id: "GGOE",
      event_at: "2020-11-21T09:58:46.508Z",
      event_on: "2020-11-21",
      market_id: null,
      amount_minor: 1000,
      device: "Apple",
    },
  ]);
});
