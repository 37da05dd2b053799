import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestWarehouse, retailCsv, type TestWarehouse } from "./testing/test-warehouse.ts";

const isNightly = process.env["TRADEWIND_TEST_PROFILE"] === "nightly";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

const NASTY = ["", " ", "0", "-1", "1e999", "NaN", "inf", "99999999999999999999", "1.5", "0x1F", "NULL", "null", "true", "NO", "C1", "A1",
  "2010-12-01 08:26:00", "2010-02-30", "0000-00-00", "9999-12-31 23:59:59", "290309-12-22", "01/02/2010 03:04", "epoch", "today", "infinity",
  "GB", "EIRE", "Zürich", "'; DROP TABLE fct_order_line; --", "{value}", "$.a", "\u0000".slice(1), "POST", "gift_1", "1,5", "½", "\ud83d\ude80"]; // prettier-ignore

function quote(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

test("whatever stands in the cells, rows add up, and a second load changes nothing", async () => {
  const cell = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\u0000", "")),
  );
  const line = fc.array(cell, { minLength: 8, maxLength: 8 }).map((cells) => cells.map(quote).join(","));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
      run++;
      const file = shop.write(`first-${run}.csv`, retailCsv(...lines));
      const first = await shop.load({ file });
      expect(first.rowsIn).toBe(lines.length);
      expect(first.rowsLoaded + first.rowsDuplicate + first.rowsQuarantined).toBe(lines.length);
      const before = await shop.rows("SELECT count(*) AS n, sum(amount_minor) AS total FROM fct_order_line");
      const refused = await shop.rows("SELECT count(*) AS n FROM raw_quarantine");
      const again = await shop.load({ file: shop.write(`again-${run}.csv`, retailCsv(...lines.toReversed())) });
      expect(again.rowsLoaded).toBe(0);
      expect(await shop.rows("SELECT count(*) AS n, sum(amount_minor) AS total FROM fct_order_line")).toEqual(before);
      expect(await shop.rows("SELECT count(*) AS n FROM raw_quarantine")).toEqual(refused);
    }),
    { numRuns: isNightly ? 500 : 15 },
  );
});

test("files that overlap give the same tables in any order", async () => {
  const lines = Array.from({ length: 6 }, (_, index) => `${index},A,x,${index + 1},2010-12-01 08:26:00,1,,NO`);
  const subset = fc.array(fc.constantFrom(...lines, "bad,A,x,one,2010-12-01 08:26:00,1,,NO"), {
    minLength: 1,
    maxLength: 8,
  });
  const state = (store: string): Promise<unknown> =>
    shop.rows(
      `SELECT order_id, quantity, occurrence, amount_minor FROM fct_order_line WHERE store_id = '${store}' ORDER BY ALL`,
    );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(subset, { minLength: 2, maxLength: 3 }), async (files) => {
      run++;
      for (const [store, ordered] of [[`a${run}`, files] as const, [`b${run}`, files.toReversed()] as const]) {
        for (const [index, file] of ordered.entries()) {
          await shop.load({ file: shop.write(`${store}-${index}.csv`, retailCsv(...file)), storeId: store });
        }
      }
      expect(await state(`a${run}`)).toEqual(await state(`b${run}`));
    }),
    { numRuns: isNightly ? 200 : 8 },
  );
});
