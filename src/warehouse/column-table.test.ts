import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFixtureWarehouse, type FixtureWarehouse } from "./testing/fixture-warehouse.ts";

let warehouse: FixtureWarehouse;
beforeAll(async () => {
  warehouse = await openFixtureWarehouse();
});
afterAll(() => warehouse.close());

const NUMBER_TYPES = [
  "TINYINT",
  "UTINYINT",
  "SMALLINT",
  "USMALLINT",
  "INTEGER",
  "UINTEGER",
  "BIGINT",
  "UBIGINT",
  "HUGEINT",
  "FLOAT",
  "DOUBLE",
  "DECIMAL(9, 2)",
  "DECIMAL(30, 2)",
] as const;

test.each(NUMBER_TYPES)("%s is read as numbers over several chunks, NULL as NaN", async (type) => {
  // 5,000 rows are three chunks of the engine.
  const table = await warehouse.session.columns(
    `SELECT (i % 100)::${type} AS whole, CASE WHEN i % 7 = 3 THEN NULL ELSE (i % 100)::${type} END AS holed
     FROM range(5000) AS numbers(i) ORDER BY i`,
  );
  const whole = Float64Array.from({ length: 5000 }, (_, i) => i % 100);
  expect(table.rowCount).toBe(5000);
  expect(table.float64("whole")).toEqual(whole);
  expect(table.float64("holed")).toEqual(whole.map((value, i) => (i % 7 === 3 ? Number.NaN : value)));
});

test("integers of any width are read as 32-bit ones when they fit", async () => {
  const table = await warehouse.session.columns(
    "SELECT (-2147483648)::BIGINT AS low, 2147483647::BIGINT AS high, 7.0::DOUBLE AS whole, 300::SMALLINT AS small",
  );
  expect([table.int32("low")[0], table.int32("high")[0], table.int32("whole")[0], table.int32("small")[0]]).toEqual([
    -2147483648, 2147483647, 7, 300,
  ]);
});

test("a value that is no 32-bit integer is refused by name, never changed", async () => {
  const table = await warehouse.session.columns(
    `SELECT 2147483648::BIGINT AS big, 4294967295::UINTEGER AS unsigned, 1.5::DOUBLE AS fraction, 'NaN'::DOUBLE AS nan,
       NULL::INTEGER AS nothing, 9007199254740993::BIGINT AS huge`,
  );
  for (const name of table.names) expect(() => table.int32(name)).toThrow(`Column "${name}" holds`);
  expect(() => table.int32("none")).toThrow('no column "none"');
});

test("texts keep every digit, dates and NULL", async () => {
  const table = await warehouse.session.columns(
    `SELECT 9007199254740993::BIGINT AS huge, DATE '2011-03-01' AS day, TIMESTAMP '2011-03-01 10:00:00' AS moment,
       NULL::VARCHAR AS nothing, 'Läden' AS word, 12::INTEGER AS number, NULL::INTEGER AS hole, 1.50::DECIMAL(9, 2) AS price`,
  );
  expect(Object.fromEntries(table.names.map((name) => [name, table.text(name)[0]]))).toEqual({
    huge: "9007199254740993",
    day: "2011-03-01",
    moment: "2011-03-01T10:00:00.000Z",
    nothing: null,
    word: "Läden",
    number: "12",
    hole: null,
    price: "1.5",
  });
});

test("an empty result has empty columns", async () => {
  const table = await warehouse.session.columns("SELECT 1 AS one WHERE false");
  expect([table.rowCount, table.int32("one").length, table.float64("one").length, table.text("one").length]).toEqual([
    0, 0, 0, 0,
  ]);
});

test("64-bit integers arrive unchanged within 2^53", async () => {
  const value = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -1, 2 ** 32, -(2 ** 32), 2 ** 31, -(2 ** 31) - 1));
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 50 }), async (values) => {
      const list = values.map((one) => `(${one}::BIGINT)`).join(", ");
      const table = await warehouse.session.columns(`SELECT value FROM (VALUES ${list}) AS t(value)`);
      expect([...table.float64("value")]).toEqual(values);
    }),
    { numRuns: process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 500 : 30 },
  );
});
