import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestWarehouse, type TestWarehouse } from "../testing/test-warehouse.ts";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

const HEADER =
  "ID,ASN/DN #,PO / SO #,Country,Vendor,Vendor INCO Term,Shipment Mode,Item Description,Product Group,Line Item Quantity,Line Item Value,Weight (Kilograms),Freight Cost (USD),Line Item Insurance (USD),PO Sent to Vendor Date,Scheduled Delivery Date,Delivered to Client Date";
let written = 0;

/** Lines of `id, quantity, value, weight, freight`. */
function load(
  lines: readonly (readonly [number, number, number, string, string])[],
): ReturnType<TestWarehouse["load"]> {
  const text = lines.map(
    ([id, quantity, value, weight, freight]) =>
      `${id},DN-1,SO-1,Kenya,V,EXW,Air,x,ARV,${quantity},${value},${weight},${freight},,1/7/12,02-Jun-06,2-Jun-06`,
  );
  written++;
  const file = shop.write(`scms-${written}.csv`, `${[HEADER, ...text].join("\n")}\n`);
  return shop.load({ file, dataset: "shipments", source: "scms" });
}

test("freight follows the value of the goods and weight the quantity, to the cent and the gram", async () => {
  await load([
    [1, 1, 100, "1", "10.00"],
    [2, 1, 100, "See DN-1 (ID#:1)", "See DN-1 (ID#:1)"],
    [3, 1, 100, "See DN-1 (ID#:1)", "See DN-1 (ID#:1)"],
    [4, 5, 100, "Weight Captured Separately", "Freight Included in Commodity Cost"],
    [5, 5, 100, "7", "3.5"],
  ]);
  expect(
    await shop.rows(
      "SELECT shipment_id AS id, freight_minor, freight_basis, weight_g, weight_basis FROM fct_shipment ORDER BY id",
    ),
  ).toEqual([
    { id: "1", freight_minor: 334, freight_basis: "allocated", weight_g: 334, weight_basis: "allocated" },
    { id: "2", freight_minor: 333, freight_basis: "allocated", weight_g: 333, weight_basis: "allocated" },
    { id: "3", freight_minor: 333, freight_basis: "allocated", weight_g: 333, weight_basis: "allocated" },
    { id: "4", freight_minor: null, freight_basis: "included", weight_g: null, weight_basis: "missing" },
    { id: "5", freight_minor: 350, freight_basis: "stated", weight_g: 7000, weight_basis: "stated" },
  ]);
});

test("a line that points at a line without a number takes its reason", async () => {
  await load([
    [1, 1, 100, "1", "Invoiced Separately"],
    [2, 1, 100, "See DN-1 (ID#:1)", "See DN-1 (ID#:1)"],
  ]);
  expect(await shop.rows("SELECT DISTINCT freight_basis, freight_minor FROM fct_shipment")).toEqual([
    { freight_basis: "invoiced_separately", freight_minor: null },
  ]);
});

test("a pointer that leads nowhere is refused with the fix", async () => {
  const sheet = await load([[2, 1, 100, "5", "See DN-304 (ID#:10589)"]]);
  expect(sheet).toMatchObject({ rowsLoaded: 0, rowsQuarantined: 1 });
  expect(sheet.reasons[0]).toMatchObject({
    code: "POINTER_UNRESOLVED",
    column: "freight_minor",
    example:
      'Freight Cost (USD) is "See DN-304 (ID#:10589)" but the file has no line with that ID; load the lines of one consignment in one file.',
  });
});

test("whatever the shares, they add up to what was stated and none is more than one unit off its part", async () => {
  const line = fc.record({
    value: fc.integer({ min: 0, max: 1_000_000 }),
    quantity: fc.integer({ min: 0, max: 5000 }),
  });
  const group = fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    cents: fc.integer({ min: 0, max: 10_000_000 }),
    kilograms: fc.integer({ min: 0, max: 100_000 }),
  });
  let base = 0;
  await fc.assert(
    fc.asyncProperty(group, async ({ lines, cents, kilograms }) => {
      base += 1000;
      const leader = base;
      const pointer = `See DN-1 (ID#:${leader})`;
      await load(
        lines.map(({ value, quantity }, index) => [
          base + index,
          quantity,
          value / 100,
          index === 0 ? String(kilograms) : pointer,
          index === 0 ? (cents / 100).toFixed(2) : pointer,
        ]),
      );
      const rows = await shop.rows(
        `SELECT freight_minor, weight_g FROM fct_shipment WHERE CAST(shipment_id AS INTEGER) >= ${base} ORDER BY row_no`,
      );
      const total = lines.reduce((sum, { value }) => sum + value, 0);
      expect(rows.reduce((sum, row) => sum + Number(row["freight_minor"]), 0)).toBe(cents);
      expect(rows.reduce((sum, row) => sum + Number(row["weight_g"]), 0)).toBe(kilograms * 1000);
      for (const [index, row] of rows.entries()) {
        const part = total === 0 ? 1 / lines.length : (lines[index]?.value ?? 0) / total;
        expect(Math.abs(Number(row["freight_minor"]) - cents * part)).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 300 : 10 },
  );
});
