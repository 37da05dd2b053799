import { afterAll, beforeAll, expect, test } from "vitest";
import { openFixtureWarehouse, type FixtureWarehouse } from "./testing/fixture-warehouse.ts";

let warehouse: FixtureWarehouse;
beforeAll(async () => {
  warehouse = await openFixtureWarehouse();
});
afterAll(() => warehouse.close());

test.each([
  ["NULL", null],
  ["true", true],
  ["7::TINYINT", 7],
  ["9007199254740991::BIGINT", 9007199254740991],
  ["9007199254740993::BIGINT", 9007199254740993n],
  ["(2::HUGEINT * 9007199254740993)", 18014398509481986n],
  ["12.50::DECIMAL(18, 6)", 12.5],
  ["0.1::DOUBLE", 0.1],
  ["'Straße'", "Straße"],
  ["DATE '2011-02-28'", "2011-02-28"],
  ["DATE '0044-03-15'", "0044-03-15"],
  ["TIMESTAMP '2011-03-01 10:00:00.123456'", "2011-03-01T10:00:00.123Z"],
  ["TIMESTAMPTZ '2011-07-01 12:00:00+02'", "2011-07-01T10:00:00.000Z"],
  ["TIMESTAMP_S '2011-03-01 10:00:00'", "2011-03-01T10:00:00.000Z"],
  ["TIMESTAMP_MS '2011-03-01 10:00:00.5'", "2011-03-01T10:00:00.500Z"],
  ["TIMESTAMP_NS '2011-03-01 10:00:00.5'", "2011-03-01T10:00:00.500Z"],
  ["[1, 2, NULL]", [1, 2, null]],
])("%s becomes %s", async (sql, expected) => {
  const [row] = await warehouse.session.rows(`SELECT ${sql} AS value`);
  expect(row).toEqual({ value: expected });
});
