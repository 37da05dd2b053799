import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestWarehouse, type TestWarehouse } from "./testing/test-warehouse.ts";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

const HEADER = "store_id,payment_id,method,status,currency,amount,settled_on";
let written = 0;

function loadPayments(...lines: readonly string[]): ReturnType<TestWarehouse["load"]> {
  written++;
  const file = shop.write(`payments-${written}.csv`, `${[HEADER, ...lines].join("\n")}\n`);
  return shop.load({ file, dataset: "payments", source: "generic" });
}

describe("payments, whose version is the day of settlement", () => {
  test("a payment sent again is a duplicate", async () => {
    await loadPayments("s,p1,card,paid,EUR,12.34,2024-01-05");
    expect(await loadPayments("s,p1,card,paid,EUR,12.340,2024-01-05")).toMatchObject({ rowsDuplicate: 1, reasons: [] });
    expect(await shop.rows("SELECT amount_minor FROM fct_payment")).toEqual([{ amount_minor: 1234 }]);
  });

  test("a newer state replaces the older, and an older one that arrives late does not", async () => {
    const older = "s,p1,card,pending,EUR,12.34,";
    const newer = "s,p1,card,paid,EUR,12.34,2024-01-05";
    await loadPayments(older);
    expect(await loadPayments(newer)).toMatchObject({ rowsLoaded: 1, rowsDuplicate: 0 });
    const late = await loadPayments(older.replace("pending", "open"));
    expect(late).toMatchObject({ rowsLoaded: 0, rowsDuplicate: 1 });
    expect(late.reasons).toEqual([
      {
        code: "KEY_SUPERSEDED",
        column: "store_id, payment_id",
        count: 1,
        example: expect.stringContaining("newer settled_on"),
      },
    ]);
    expect(await shop.rows("SELECT status FROM fct_payment")).toEqual([{ status: "paid" }]);
  });

  test("two states without a newer version are counted, and the same one is kept in any order", async () => {
    const line = fc.record({
      id: fc.constantFrom("p1", "p2"),
      status: fc.constantFrom("open", "paid", "failed"),
      settled: fc.constantFrom("", "2024-01-05", "2024-01-06"),
    });
    const lines = fc.array(line, { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(lines, async (records) => {
        const text = records.map(({ id, status, settled }) => `s,${id},card,${status},EUR,1,${settled}`);
        const states: unknown[] = [];
        for (const order of [text, text.toReversed()]) {
          await shop.rows("DELETE FROM fct_payment");
          await shop.rows("DELETE FROM raw_file");
          for (const one of order) await loadPayments(one);
          states.push(await shop.rows("SELECT payment_id, status, settled_on FROM fct_payment ORDER BY ALL"));
        }
        await shop.rows("DELETE FROM fct_payment");
        await shop.rows("DELETE FROM raw_file");
        const sheet = await loadPayments(...text);
        expect(sheet.rowsLoaded + sheet.rowsDuplicate).toBe(records.length);
        states.push(await shop.rows("SELECT payment_id, status, settled_on FROM fct_payment ORDER BY ALL"));
        expect(states[1]).toEqual(states[0]);
        expect(states[2]).toEqual(states[0]);
      }),
      { numRuns: process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 100 : 5 },
    );
    const conflict = await loadPayments("s,p9,card,open,EUR,1,2024-01-05", "s,p9,card,paid,EUR,1,2024-01-05");
    expect(conflict.reasons).toMatchObject([{ code: "KEY_CONFLICT", count: 1 }]);
  });

  test("yen have no minor unit and dinars three digits", async () => {
    await loadPayments("s,p1,card,paid,JPY,1200,", "s,p2,card,paid,KWD,1.234,");
    expect(await shop.rows("SELECT amount_minor FROM fct_payment ORDER BY payment_id")).toEqual([
      { amount_minor: 1200 },
      { amount_minor: 1234 },
    ]);
  });
});

test("a dimension keeps one row a key and what other files brought", async () => {
  const load = (text: string): ReturnType<TestWarehouse["load"]> =>
    shop.load({ file: shop.write(`hubs-${text.length}.csv`, text), dataset: "hubs", source: "generic" });
  const first = "hub_id,name,country,latitude,longitude\nRTM,Rotterdam,Netherlands,51.9,4.5\nHAM,Hamburg,DE,53.5,10\n";
  expect(await load(first)).toMatchObject({ rowsLoaded: 2 });
  const sheet = await load(`${first}LIV,Liverpool,UK,53.4,-3\nBAD,Nowhere,DE,95,0\n`);
  expect(sheet).toMatchObject({ rowsIn: 4, rowsLoaded: 1, rowsDuplicate: 2, rowsQuarantined: 1 });
  expect(await shop.rows("SELECT hub_id, market_id FROM dim_hub ORDER BY hub_id")).toEqual([
    { hub_id: "HAM", market_id: "DE" },
    { hub_id: "LIV", market_id: "GB" },
    { hub_id: "RTM", market_id: "NL" },
  ]);
});
