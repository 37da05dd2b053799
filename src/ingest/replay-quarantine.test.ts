import { afterEach, beforeEach, expect, test } from "vitest";
import { replayQuarantine } from "./replay-quarantine.ts";
import { CLOCK, openTestWarehouse, retailCsv, type TestWarehouse } from "./testing/test-warehouse.ts";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

const GOOD = "1,A,x,1,2010-12-01 08:26:00,1,,NO";
const ODD = "2,A,x,1,2010-12-01 08:26:00,1,,Fairyland";

const FIXED_MAPPING = `source: online-retail
title: Fixed
store: { id: online-retail, name: Shop, currency: GBP, timeZone: Europe/London }
datasets:
  order-lines:
    fields: { order_id: invoice_no, product_id: stock_code, description: description, quantity: quantity, ordered_at: invoice_date,
      unit_price: unit_price, customer_id: customer_id, market: { from: country, values: { Fairyland: ZZ } } }
`;

test("refused rows go through once the mapping is fixed, with the lineage of their file", async () => {
  const sheet = await shop.load({ file: shop.write("lines.csv", retailCsv(GOOD, ODD, ODD)) });
  expect(sheet).toMatchObject({ rowsLoaded: 1, rowsQuarantined: 2 });
  expect(await replayQuarantine(shop.warehouse, shop.paths, { clock: CLOCK })).toEqual({
    retried: 2,
    loaded: 0,
    duplicate: 0,
    stillQuarantined: 2,
  });

  shop.write("sources/online-retail.yaml", FIXED_MAPPING);
  const fixed = { clock: CLOCK, sourcesDir: `${shop.folder}/sources`, dataset: "order_lines" };
  expect(await replayQuarantine(shop.warehouse, shop.paths, fixed)).toEqual({
    retried: 2,
    loaded: 2,
    duplicate: 0,
    stillQuarantined: 0,
  });
  expect(
    await shop.rows(
      "SELECT order_id, occurrence, file_id, row_no, market_id FROM fct_order_line ORDER BY order_id, occurrence",
    ),
  ).toEqual([
    { order_id: "1", occurrence: 0, file_id: sheet.fileId, row_no: 1, market_id: "NO" },
    { order_id: "2", occurrence: 0, file_id: sheet.fileId, row_no: 3, market_id: "ZZ" },
    { order_id: "2", occurrence: 1, file_id: sheet.fileId, row_no: 4, market_id: "ZZ" },
  ]);
  expect(await shop.rows("SELECT DISTINCT state FROM raw_quarantine")).toEqual([{ state: "replayed" }]);
  expect(await replayQuarantine(shop.warehouse, shop.paths, fixed)).toMatchObject({ retried: 0 });
});

test("a row refused twice is stored once, and a row loaded meanwhile is a duplicate when replayed", async () => {
  await shop.load({ file: shop.write("lines.csv", retailCsv(GOOD, ODD)) });
  await shop.load({ file: shop.write("more.csv", retailCsv(ODD)) });
  expect(await shop.rows("SELECT count(*) AS n FROM raw_quarantine")).toEqual([{ n: 1 }]);

  shop.write("sources/online-retail.yaml", FIXED_MAPPING);
  const sourcesDir = `${shop.folder}/sources`;
  await shop.load({ file: shop.write("again.csv", retailCsv(GOOD, ODD)), sourcesDir });
  expect(await replayQuarantine(shop.warehouse, shop.paths, { clock: CLOCK, sourcesDir })).toEqual({
    retried: 1,
    loaded: 0,
    duplicate: 1,
    stillQuarantined: 0,
  });
  expect(await shop.rows("SELECT count(*) AS n FROM fct_order_line")).toEqual([{ n: 2 }]);
});

test("lines that did not parse stay in the quarantine and are not tried again", async () => {
  await shop.load({ file: shop.write("lines.csv", retailCsv(GOOD, "1,2")) });
  expect(await replayQuarantine(shop.warehouse, shop.paths, { clock: CLOCK })).toMatchObject({ retried: 0 });
  expect(await shop.rows("SELECT state, raw_values FROM raw_quarantine")).toEqual([
    { state: "open", raw_values: null },
  ]);
});
