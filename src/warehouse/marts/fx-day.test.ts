import { afterEach, beforeEach, expect, test } from "vitest";
import { insertRows, openFixtureWarehouse, orderLine, type FixtureWarehouse } from "../testing/fixture-warehouse.ts";
import { buildMarts } from "./build-marts.ts";

let warehouse: FixtureWarehouse;
beforeEach(async () => {
  warehouse = await openFixtureWarehouse();
});
afterEach(() => warehouse.close());

/** Rates as `[day, currency, units for one euro]`. */
async function fix(...rates: readonly (readonly [string, string, number])[]): Promise<void> {
  await insertRows(
    warehouse.session,
    "fct_fx_rate",
    rates.map(([rate_on, currency, units_per_eur]) => ({ rate_on, currency, units_per_eur })),
  );
}

/** One order line of that amount in minor units, then the marts as of `asOf`. */
async function sell(day: string, currency: string, amountMinor: number, asOf = day): Promise<void> {
  await insertRows(warehouse.session, "fct_order_line", [
    orderLine("A", day, "P1", 1, amountMinor / 100, { currency, amount_minor: amountMinor }),
  ]);
  await buildMarts(warehouse.session, { asOf });
}

/** Gross sales of the marts in minor units of `currency`; null when an amount has no rate. */
async function grossIn(currency: string): Promise<number | null> {
  const [row] = await warehouse.session.rows<{ gross: number | null }>(
    `SELECT round(sales.gross_minor * fx.factor)::BIGINT AS gross FROM mart_sales_day AS sales
     LEFT JOIN fx_factor_to($currency) AS fx ON fx.day = sales.sold_on AND fx.currency = sales.currency`,
    { currency },
  );
  return row?.gross ?? null;
}

test("a weekend order converts at Friday's fixing", async () => {
  // 2011-03-05 is a Saturday. 10.00 USD ÷ 1.25 × 0.80 = 6.40 GBP; Monday's rate must not be used.
  await fix(
    ["2011-03-04", "USD", 1.25],
    ["2011-03-04", "GBP", 0.8],
    ["2011-03-07", "USD", 2],
    ["2011-03-07", "GBP", 1],
  );
  await sell("2011-03-05", "USD", 1000, "2011-03-07");
  expect(await grossIn("GBP")).toBe(640);
  expect(await grossIn("EUR")).toBe(800);
  expect(await grossIn("USD")).toBe(1000);
});

test("a rate carries for ten days and no longer", async () => {
  await fix(
    ["2008-12-10", "ISK", 290],
    ["2008-12-10", "GBP", 0.88],
    ["2008-12-20", "GBP", 0.9],
    ["2008-12-21", "GBP", 0.9],
  );
  await sell("2008-12-10", "GBP", 100, "2008-12-22");
  const days = await warehouse.session.rows<{ currency: string; last_on: string }>(
    "SELECT currency, max(day) AS last_on FROM mart_fx_day WHERE currency IN ('ISK', 'GBP') GROUP BY currency ORDER BY 1",
  );
  expect(days).toEqual([
    { currency: "GBP", last_on: "2008-12-22" },
    { currency: "ISK", last_on: "2008-12-20" },
  ]);
});

test("an amount without a rate converts to nothing and is listed as a gap", async () => {
  // The ECB fixed no króna from 2008-12-10 to 2018-01-31.
  await fix(["2008-12-09", "ISK", 290], ["2012-05-02", "GBP", 0.8]);
  await sell("2012-05-02", "ISK", 5000);
  expect(await grossIn("GBP")).toBeNull();
  expect(await warehouse.session.rows("SELECT * FROM mart_fx_gap")).toEqual([
    { store_id: "shop", currency: "ISK", first_on: "2012-05-02", last_on: "2012-05-02", day_count: 1 },
  ]);
});

test("old lira of 2004 convert, in their own unit and in the new one", async () => {
  // 18,000,000 TRL ÷ 1,800,000 = 10 EUR, which was 18 TRY.
  await fix(["2004-06-01", "TRL", 1_800_000], ["2004-06-01", "GBP", 0.7]);
  await sell("2004-06-01", "TRL", 1_800_000_000);
  expect(await grossIn("EUR")).toBe(1000);
  expect(await grossIn("GBP")).toBe(700);
  expect(await grossIn("TRY")).toBe(1800);
});

test("after a redenomination the old unit still converts, and new-unit amounts do so on both sides", async () => {
  // ROL became RON on 2005-07-01 at 10,000 to 1.
  await fix(["2005-06-30", "ROL", 36_000], ["2005-07-01", "RON", 3.6], ["2005-07-01", "ROL", 1]);
  await sell("2005-06-30", "RON", 3600, "2005-07-01");
  expect(await grossIn("EUR")).toBe(1000);
  const rates = await warehouse.session.rows(
    "SELECT day, currency, units_per_eur FROM mart_fx_day WHERE currency IN ('RON', 'ROL') ORDER BY day, currency",
  );
  expect(rates).toEqual([
    { day: "2005-06-30", currency: "ROL", units_per_eur: 36_000 },
    { day: "2005-06-30", currency: "RON", units_per_eur: 3.6 },
    { day: "2005-07-01", currency: "ROL", units_per_eur: 36_000 },
    { day: "2005-07-01", currency: "RON", units_per_eur: 3.6 },
  ]);
});

test("a currency that joined the euro keeps its irrevocable rate", async () => {
  // 75.345 kuna are 10 euro from 2023 on, whatever the last fixing was.
  await fix(["2022-12-30", "HRK", 7.6], ["2024-01-15", "GBP", 0.86]);
  await sell("2024-01-15", "HRK", 753_450);
  expect(await grossIn("EUR")).toBe(100_000);
  expect(await grossIn("GBP")).toBe(86_000);
});

test("currencies without cents and with thousandths convert by their own minor unit", async () => {
  // 12,000 JPY ÷ 120 = 100 EUR × 0.35 = 35 KWD = 35,000 fils.
  await fix(["2011-03-04", "JPY", 120], ["2011-03-04", "KWD", 0.35]);
  await sell("2011-03-04", "JPY", 12_000);
  expect(await grossIn("EUR")).toBe(10_000);
  expect(await grossIn("KWD")).toBe(35_000);
});

test("rates after the as-of day are not known", async () => {
  await fix(["2011-03-04", "USD", 1.25], ["2011-03-07", "USD", 2]);
  await sell("2011-03-04", "USD", 100, "2011-03-06");
  expect(
    await warehouse.session.rows("SELECT day, units_per_eur FROM mart_fx_day WHERE currency = 'USD' ORDER BY day"),
  ).toEqual([
    { day: "2011-03-04", units_per_eur: 1.25 },
    { day: "2011-03-05", units_per_eur: 1.25 },
    { day: "2011-03-06", units_per_eur: 1.25 },
  ]);
});
