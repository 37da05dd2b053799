import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestWarehouse, type TestWarehouse } from "./testing/test-warehouse.ts";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

const load = (name: string, ...rows: readonly object[]) => {
  const file = shop.write(name, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return shop.load({ file, dataset: "recommendation-exposures", source: "generic" });
};

test("what customers were shown is kept once a list, with the items and the propensity as written", async () => {
  const shown = {
    store_id: "s",
    exposure_id: "x1",
    experiment_id: "e",
    variant_id: "v",
    customer_id: "C1",
    shown_at: "2026-02-01T23:30:00.250Z",
    items: '["P 1","P\\"2"]',
    propensity: 0.25,
  };
  const empty = { ...shown, exposure_id: "x2", items: "[]" };
  expect(await load("a.ndjson", shown, empty, { ...shown, exposure_id: "x3", propensity: 0 })).toMatchObject({
    rowsLoaded: 2,
    rowsQuarantined: 1,
  });
  expect(await load("b.ndjson", shown, { ...shown, exposure_id: "x4" })).toMatchObject({ rowsLoaded: 1 });
  expect(
    await shop.rows(
      `SELECT exposure_id, shown_at::VARCHAR AS shown_at, shown_on, json_array_length(items)::INTEGER AS items, items ->> 1 AS second, propensity
       FROM fct_recommendation_exposure ORDER BY exposure_id`,
    ),
  ).toEqual([
    {
      exposure_id: "x1",
      shown_at: "2026-02-01 23:30:00.25",
      shown_on: "2026-02-01",
      items: 2,
      second: 'P"2',
      propensity: 0.25,
    },
    {
      exposure_id: "x2",
      shown_at: "2026-02-01 23:30:00.25",
      shown_on: "2026-02-01",
      items: 0,
      second: null,
      propensity: 0.25,
    },
    {
      exposure_id: "x4",
      shown_at: "2026-02-01 23:30:00.25",
      shown_on: "2026-02-01",
      items: 2,
      second: 'P"2',
      propensity: 0.25,
    },
  ]);
});
