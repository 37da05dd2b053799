import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import { readConfig, type Config } from "../../src/core/config.ts";
import { varPaths } from "../../src/core/paths.ts";
import type { BalanceSheet } from "../../src/ingest/balance-sheet.ts";
import { ingestBundle } from "../../src/ingest/ingest-bundle.ts";
import { ingestFile } from "../../src/ingest/ingest-file.ts";
import type { Row } from "../../src/warehouse/database.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open-warehouse.ts";

/** Published or independently counted figures of the bundled data; see data/README.md for the sources. */

let varDir = "";
let config: Config;
let warehouse: Warehouse;
let sheets: Map<string, BalanceSheet>;

const FIRST_YEAR = "online_retail_2009_2010.parquet";
const SECOND_YEAR = "online_retail_2010_2011.parquet";

beforeAll(async () => {
  varDir = mkdtempSync(join(tmpdir(), "tradewind-bundle-"));
  config = readConfig({}, { varDir });
  warehouse = await openWarehouse(config);
  const loaded = await ingestBundle(warehouse, varPaths(varDir), config, systemClock);
  sheets = new Map(loaded.map((sheet) => [sheet.file, sheet]));
});
afterAll(() => {
  warehouse.close();
  rmSync(varDir, { recursive: true, force: true });
});

async function one(sql: string): Promise<Row | undefined> {
  return (await warehouse.session.rows(sql))[0];
}

test.each([
  ["eurofxref-hist.csv.gz", 200_615, 0],
  [FIRST_YEAR, 525_461, 0],
  [SECOND_YEAR, 541_909, 22_523],
  ["scms_delivery_history.csv.gz", 10_324, 0],
  ["online_shoppers_intention.csv.gz", 12_330, 0],
])("%s: %d rows in, %d known before, none refused", (file, rowsIn, rowsDuplicate) => {
  expect(sheets.get(file)).toMatchObject({
    rowsIn,
    rowsDuplicate,
    rowsLoaded: rowsIn - rowsDuplicate,
    rowsQuarantined: 0,
    reasons: [],
  });
});

test("a second load of everything adds nothing", async () => {
  const again = await ingestBundle(warehouse, varPaths(varDir), config, systemClock);
  expect(again.every((sheet) => sheet.alreadyLoaded && sheet.rowsLoaded === 0)).toBe(true);
});

describe("order lines", () => {
  test("gross value of each year to the cent", () => {
    expect(sheets.get(FIRST_YEAR)?.controlTotal?.toFixed(2)).toBe("9539484.63");
    expect(sheets.get(SECOND_YEAR)?.controlTotal?.toFixed(2)).toBe("9747747.93");
  });

  // Counted over both files one after the other: shared lines appear twice there, so each figure is checked file by file.
  test.each([
    ["cancelled lines (C…)", "starts_with(invoice_no, 'C')", "movement = 'cancellation'", 19_494],
    ["negative quantities", "quantity < 0", "quantity < 0", 22_950],
    ["negative and not cancelled", "quantity < 0 AND NOT starts_with(invoice_no, 'C')", "movement = 'write_off'", 3457],
    ["bad debts (A…)", "starts_with(invoice_no, 'A')", "starts_with(order_id, 'A')", 6],
    ["lines without a customer", "customer_id IS NULL", "customer_id IS NULL", 243_007],
    ["POST", "stock_code = 'POST'", "product_id = 'POST' AND line_kind = 'shipping'", 2121],
    ["DOT", "stock_code = 'DOT'", "product_id = 'DOT' AND line_kind = 'shipping'", 1446],
    ["M", "stock_code = 'M'", "product_id = 'M' AND line_kind = 'adjustment'", 1421],
    ["C2", "stock_code = 'C2'", "product_id = 'C2' AND line_kind = 'shipping'", 282],
    ["D", "stock_code = 'D'", "product_id = 'D' AND line_kind = 'discount'", 177],
    ["BANK CHARGES", "stock_code = 'BANK CHARGES'", "product_id = 'BANK CHARGES' AND line_kind = 'fee'", 102],
    ["AMAZONFEE", "stock_code = 'AMAZONFEE'", "product_id = 'AMAZONFEE' AND line_kind = 'fee'", 43],
  ])("%s: %s in the files, less those shared by both", async (_, inFiles, inTable, expected) => {
    const folder = join(config.dataDir, "orders");
    const files = await one(`SELECT count(*) AS n FROM read_parquet('${folder}/*.parquet') WHERE ${inFiles}`);
    expect(files?.["n"]).toBe(expected);
    const shared = await one(`SELECT count(*) AS n FROM read_parquet('${folder}/${FIRST_YEAR}')
      WHERE ${inFiles} AND invoice_date >= TIMESTAMP '2010-12-01'`);
    const kept = await one(`SELECT count(*) AS n FROM fct_order_line WHERE ${inTable}`);
    expect(kept?.["n"]).toBe(expected - Number(shared?.["n"]));
  });

  test("equal lines of one file are real lines", async () => {
    const equal = await one("SELECT count(*) AS n FROM fct_order_line WHERE occurrence > 0");
    // 12,133 over both files; those of the shared days count once.
    expect(equal?.["n"]).toBeGreaterThan(11_000);
    expect(equal?.["n"]).toBeLessThanOrEqual(12_133);
  });

  test("every country label has a market, and those that are no country their own", async () => {
    const markets = await warehouse.session.rows<{ market_id: string }>(
      "SELECT DISTINCT market_id FROM fct_order_line",
    );
    const codes = markets.map((row) => row.market_id);
    for (const code of ["GB", "IE", "ZA", "US", "NO", "XC", "EU", "XW", "ZZ"]) expect(codes).toContain(code);
    expect(codes).toHaveLength(43);
  });

  test("the files in the other order give the same lines", async () => {
    const otherDir = mkdtempSync(join(tmpdir(), "tradewind-other-"));
    const other = await openWarehouse({ ...config, varDir: otherDir });
    const digest = `SELECT count(*) AS n, sum(hash(store_id, order_id, ordered_at, ordered_on, customer_id, market_id, product_id,
      description, line_kind, movement, quantity, unit_price, currency, amount_minor, content_hash, occurrence)) AS digest
      FROM fct_order_line`;
    try {
      for (const file of [SECOND_YEAR, FIRST_YEAR]) {
        await ingestFile(other, varPaths(otherDir), {
          dataset: "order-lines",
          source: "online-retail",
          file: join(config.dataDir, "orders", file),
          clock: systemClock,
        });
      }
      expect(await other.session.rows(digest)).toEqual(await warehouse.session.rows(digest));
    } finally {
      other.close();
      rmSync(otherDir, { recursive: true, force: true });
    }
  });
});

describe("shipments", () => {
  test("three date formats in one column are all read", async () => {
    const dates = await one(
      "SELECT count(purchased_on) AS n, count(*) FILTER (delivered_on IS NULL) AS open FROM fct_shipment",
    );
    expect(dates).toEqual({ n: 2880 + 1712, open: 0 });
  });

  test("on time: 88.51 % of all, and by mode", async () => {
    const rows = await warehouse.session.rows<{ mode: string; share: number }>(`
      SELECT mode, round(100 * avg(CASE WHEN delivered_on <= promised_on THEN 1 ELSE 0 END), 2) AS share
      FROM fct_shipment GROUP BY mode ORDER BY mode`);
    expect(Object.fromEntries(rows.map((row) => [row.mode, row.share]))).toEqual({
      air: 90.4,
      air_charter: 88.46,
      ocean: 82.48,
      truck: 83.92,
      unknown: 98.89,
    });
    expect(
      await one(
        "SELECT round(100 * avg(CASE WHEN delivered_on <= promised_on THEN 1 ELSE 0 END), 2) AS share FROM fct_shipment",
      ),
    ).toEqual({ share: 88.51 });
  });

  test("median freight per kilogram of what was stated, put together again from the shares", async () => {
    // A consignment's shares add up to what its leading line stated; the leading line's delivery note names it.
    const rows = await warehouse.session.rows<{ mode: string; usd: number }>(`
      WITH consignment AS (
        SELECT mode, consignment_id, product_ids, freight_minor / 100.0 / (weight_g / 1000.0) AS usd_per_kg
        FROM (
          SELECT any_value(mode) AS mode, consignment_id, count(*) AS product_ids, sum(freight_minor) AS freight_minor, sum(weight_g) AS weight_g
          FROM fct_shipment WHERE freight_basis = 'allocated' AND weight_basis = 'allocated' GROUP BY consignment_id
          UNION ALL
          SELECT mode, shipment_id, 1, freight_minor, weight_g
          FROM fct_shipment WHERE freight_basis = 'stated' AND weight_basis = 'stated'
        ) WHERE weight_g > 0
      )
      SELECT mode, round(median(usd_per_kg), 3) AS usd FROM consignment GROUP BY mode`);
    const usd = Object.fromEntries(rows.map((row) => [row.mode, row.usd]));
    expect(usd["ocean"]).toBeCloseTo(1.681, 3);
    expect(usd["truck"]).toBeCloseTo(2.503, 3);
    expect(usd["air_charter"]).toBeCloseTo(4.318, 3);
    expect(usd["air"]).toBeCloseTo(10.024, 3);
  });

  test("shared freight and weight add up to what the file states", async () => {
    const stated = await one(`SELECT
        sum(CAST(round(TRY_CAST("Freight Cost (USD)" AS DECIMAL(18, 6)) * 100) AS BIGINT)) AS freight,
        sum(TRY_CAST("Weight (Kilograms)" AS DOUBLE) * 1000) AS weight
      FROM read_csv('${config.dataDir}/shipments/*.csv.gz', all_varchar = true)`);
    expect(await one("SELECT sum(freight_minor) AS freight, sum(weight_g) AS weight FROM fct_shipment")).toEqual(
      stated,
    );
  });
});

test("sessions per month as counted in the published data", async () => {
  const rows = await warehouse.session.rows<{ month: number; n: number }>(
    "SELECT month_of_year AS month, count(*) AS n FROM fct_session GROUP BY month ORDER BY month",
  );
  expect(rows.map((row) => [row.month, row.n])).toEqual([
    [2, 184],
    [3, 1907],
    [5, 3364],
    [6, 288],
    [7, 432],
    [8, 433],
    [9, 448],
    [10, 549],
    [11, 2998],
    [12, 1727],
  ]);
  expect(
    await one("SELECT count(DISTINCT session_id) AS ids, count(*) FILTER (is_converted) AS sold FROM fct_session"),
  ).toEqual({
    ids: 12_330,
    sold: 1908,
  });
});

test("exchange rates: dead currencies end, days without a fixing have no row", async () => {
  expect(await one("SELECT max(rate_on) AS last FROM fct_fx_rate WHERE currency = 'CYP'")).toEqual({
    last: "2007-12-31",
  });
  expect(await one("SELECT count(*) AS n FROM fct_fx_rate WHERE currency = 'ISK' AND year(rate_on) = 2012")).toEqual({
    n: 0,
  });
  expect(
    await one("SELECT units_per_eur FROM fct_fx_rate WHERE currency = 'USD' AND rate_on = DATE '2024-01-19'"),
  ).toEqual({
    units_per_eur: 1.0887,
  });
});
