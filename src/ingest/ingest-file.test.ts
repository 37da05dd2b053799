import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestWarehouse, retailCsv, type TestWarehouse } from "./testing/test-warehouse.ts";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

const MUG = "536365,85123A, WHITE MUG ,6,2010-12-01 08:26:00,2.55,17850,United Kingdom";

describe("what a line becomes", () => {
  test("text is trimmed, money counted in pence, the local day kept and the instant in UTC", async () => {
    const summer = "536366,85123A,WHITE MUG,3,2011-07-01 00:30:00,2.555,,Norway";
    const sheet = await shop.load({ file: shop.write("lines.csv", retailCsv(MUG, summer)) });
    expect(sheet).toMatchObject({
      rowsIn: 2,
      rowsLoaded: 2,
      rowsDuplicate: 0,
      rowsQuarantined: 0,
      alreadyLoaded: false,
    });
    expect(sheet.controlTotal).toBeCloseTo(6 * 2.55 + 3 * 2.555, 10);
    expect(
      await shop.rows(
        "SELECT store_id, order_id, description, ordered_at, ordered_on, customer_id, market_id, currency, unit_price, amount_minor, row_no FROM fct_order_line ORDER BY order_id",
      ),
    ).toEqual([
      {
        store_id: "online-retail",
        order_id: "536365",
        description: "WHITE MUG",
        ordered_at: "2010-12-01T08:26:00.000Z",
        ordered_on: "2010-12-01",
        customer_id: "17850",
        market_id: "GB",
        currency: "GBP",
        unit_price: 2.55,
        amount_minor: 1530,
        row_no: 1,
      },
      {
        store_id: "online-retail",
        order_id: "536366",
        description: "WHITE MUG",
        // British summer time: half past midnight is still the day before in UTC.
        ordered_at: "2011-06-30T23:30:00.000Z",
        ordered_on: "2011-07-01",
        customer_id: null,
        market_id: "NO",
        currency: "GBP",
        unit_price: 2.555,
        // 7.665 pounds, half a penny rounds away from zero.
        amount_minor: 767,
        row_no: 2,
      },
    ]);
  });

  test("country NO, article 1E5 and leading zeros stay what they are", async () => {
    const line = "000123,1E5,NA,1,2010-12-01 08:26:00,1,007,NO";
    await shop.load({ file: shop.write("lines.csv", retailCsv(line)) });
    expect(
      await shop.rows("SELECT order_id, product_id, description, customer_id, market_id FROM fct_order_line"),
    ).toEqual([{ order_id: "000123", product_id: "1E5", description: "NA", customer_id: "007", market_id: "NO" }]);
  });

  test("labels that are no country have their own codes, a missing one ZZ", async () => {
    const labels = ["Channel Islands", "European Community", "West Indies", "Unspecified", "", "EIRE", "RSA", "usa"];
    const lines = labels.map((label, index) => `${index},A,x,1,2010-12-01 08:26:00,1,,${label}`);
    await shop.load({ file: shop.write("lines.csv", retailCsv(...lines)) });
    const rows = await shop.rows("SELECT market_id FROM fct_order_line ORDER BY order_id");
    expect(rows.map((row) => row["market_id"])).toEqual(["XC", "EU", "XW", "ZZ", "ZZ", "IE", "ZA", "US"]);
  });

  test("cancellations, write-offs and bad debts are told apart, and so are lines that are no product", async () => {
    const lines = [
      "C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527,United Kingdom",
      "536589,21777,,-10,2010-12-01 16:50:00,0,,United Kingdom",
      "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,-11062.06,,United Kingdom",
      "536370,POST,POSTAGE,3,2010-12-01 08:45:00,18,12583,France",
      "536371,gift_0001_20,Gift,1,2010-12-01 08:45:00,20,,United Kingdom",
      "536372,BANK CHARGES,Bank Charges,1,2010-12-01 08:45:00,15,,United Kingdom",
      "536373,M,Manual,1,2010-12-01 08:45:00,1,,United Kingdom",
    ];
    await shop.load({ file: shop.write("lines.csv", retailCsv(...lines)) });
    expect(
      await shop.rows("SELECT order_id AS id, line_kind, movement, amount_minor FROM fct_order_line ORDER BY row_no"),
    ).toEqual([
      { id: "C536379", line_kind: "discount", movement: "cancellation", amount_minor: -2750 },
      { id: "536589", line_kind: "product", movement: "write_off", amount_minor: 0 },
      { id: "A563185", line_kind: "adjustment", movement: "sale", amount_minor: -1106206 },
      { id: "536370", line_kind: "shipping", movement: "sale", amount_minor: 5400 },
      { id: "536371", line_kind: "gift_card", movement: "sale", amount_minor: 2000 },
      { id: "536372", line_kind: "fee", movement: "sale", amount_minor: 1500 },
      { id: "536373", line_kind: "adjustment", movement: "sale", amount_minor: 100 },
    ]);
  });
});

describe("loading again", () => {
  test("equal lines of one file are all kept, and the same file again adds nothing", async () => {
    const file = shop.write("lines.csv", retailCsv(MUG, MUG, MUG));
    expect(await shop.load({ file })).toMatchObject({ rowsLoaded: 3, rowsDuplicate: 0 });
    expect(await shop.load({ file })).toMatchObject({
      rowsIn: 3,
      rowsLoaded: 0,
      rowsDuplicate: 3,
      alreadyLoaded: true,
    });
    expect(await shop.rows("SELECT occurrence FROM fct_order_line ORDER BY occurrence")).toEqual([
      { occurrence: 0 },
      { occurrence: 1 },
      { occurrence: 2 },
    ]);
  });

  test("overlapping files count shared lines once and keep the larger number of equal ones", async () => {
    const other = MUG.replace("536365", "536366");
    await shop.load({ file: shop.write("first.csv", retailCsv(MUG, MUG, other)) });
    const sheet = await shop.load({ file: shop.write("second.csv", retailCsv(MUG, MUG, MUG)) });
    expect(sheet).toMatchObject({ rowsIn: 3, rowsLoaded: 1, rowsDuplicate: 2 });
    expect(await shop.rows("SELECT count(*) AS n FROM fct_order_line")).toEqual([{ n: 4 }]);
  });

  test("another blank, another date format and another file type are the same line", async () => {
    await shop.load({ file: shop.write("first.csv", retailCsv(MUG)) });
    const restated = "536365,85123A,WHITE MUG  ,6,12/01/2010 08:26,2.550,17850.0,United Kingdom";
    expect(await shop.load({ file: shop.write("second.csv", retailCsv(restated)) })).toMatchObject({
      rowsDuplicate: 1,
    });
    const parquet = join(shop.folder, "third.parquet");
    await shop.warehouse.session.run(
      `COPY (SELECT '536365' AS invoice_no, '85123A' AS stock_code, 'WHITE MUG' AS description, 6::BIGINT AS quantity,
        TIMESTAMP '2010-12-01 08:26:00' AS invoice_date, 2.55::DOUBLE AS unit_price, 17850::BIGINT AS customer_id,
        'United Kingdom' AS country) TO '${parquet}' (FORMAT parquet)`,
    );
    expect(await shop.load({ file: parquet })).toMatchObject({ rowsIn: 1, rowsDuplicate: 1 });
    const json = {
      InvoiceNo: "536365",
      StockCode: "85123A",
      Description: "WHITE MUG",
      Quantity: 6,
      InvoiceDate: "2010-12-01T08:26:00",
      UnitPrice: 2.55,
      CustomerID: 17850,
      Country: "United Kingdom",
    };
    const ndjson = shop.write("fourth.ndjson.gz", gzipSync(`${JSON.stringify(json)}\n`));
    expect(await shop.load({ file: ndjson })).toMatchObject({ rowsIn: 1, rowsDuplicate: 1 });
  });

  test("two stores with equal lines are two stores", async () => {
    const file = shop.write("lines.csv", retailCsv(MUG));
    await shop.load({ file });
    expect(await shop.load({ file, storeId: "second-shop" })).toMatchObject({ rowsLoaded: 1 });
  });

  test("a changed mapping loads the file again and finds nothing new", async () => {
    const file = shop.write("lines.csv", retailCsv(MUG, MUG));
    await shop.load({ file });
    const mapping = shop.write(
      "sources/online-retail.yaml",
      `source: online-retail
title: Another
store: { id: online-retail, name: Shop, currency: GBP, timeZone: Europe/London }
datasets:
  order-lines:
    fields: { order_id: invoice_no, product_id: stock_code, description: description, quantity: quantity, ordered_at: invoice_date,
      unit_price: unit_price, customer_id: customer_id, market: country }
`,
    );
    const sheet = await shop.load({ file, sourcesDir: join(mapping, "..") });
    expect(sheet).toMatchObject({ alreadyLoaded: false, rowsLoaded: 0, rowsDuplicate: 2 });
  });
});

test("the received file is kept under its checksum and registered with its balance", async () => {
  const file = shop.write("lines.csv", retailCsv(MUG));
  const sheet = await shop.load({ file });
  writeFileSync(file, "overwritten");
  const [registered] = await shop.rows("SELECT * FROM raw_file");
  expect(registered).toMatchObject({
    file_id: sheet.fileId,
    file_name: "lines.csv",
    dataset: "order-lines",
    source: "online-retail",
    store_id: "online-retail",
    rows_in: 1,
    rows_loaded: 1,
    control_total: 15.3,
  });
  expect(readFileSync(join(shop.paths.rawFiles, `${String(registered?.["sha256"])}.csv`), "utf8")).toBe(retailCsv(MUG));
});

test("what a killed load left behind is cleared, and a finished one leaves nothing", async () => {
  mkdirSync(join(shop.paths.temp, "ingest-dead"), { recursive: true });
  shop.write("var/tmp/ingest-dead/staged.parquet", "half");
  shop.write("var/raw/.receiving-1", "half");
  const sheet = await shop.load({ file: shop.write("lines.csv.gz", gzipSync(retailCsv(MUG))) });
  expect(sheet.rowsLoaded).toBe(1);
  expect(readdirSync(shop.paths.temp)).toEqual([]);
  expect(readdirSync(shop.paths.rawFiles)).toHaveLength(1);
});
