import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestWarehouse, type TestWarehouse } from "./testing/test-warehouse.ts";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

const load = (name: string, ...lines: readonly string[]): ReturnType<TestWarehouse["load"]> => {
  const header = "store_id,product_id,market,sellable,hidden,available_until,price,currency,updated_at";
  const file = shop.write(name, `${[header, ...lines].join("\n")}\n`);
  return shop.load({ file, dataset: "product-markets", source: "generic" });
};
const read = () =>
  shop.rows("SELECT product_id, market_id, sellable, hidden, price_minor FROM fct_product_market ORDER BY ALL");

test("what may be sold is known by product and market; an empty market stands for all, an empty flag says nothing", async () => {
  const sheet = await load(
    "a.csv",
    "s,P1,,yes,,,4.50,GBP,2026-01-01T00:00:00Z",
    "s,P1,Germany,no,true,,,,",
    "s,P2,DE,maybe,,,,,",
  );
  expect(sheet).toMatchObject({ rowsLoaded: 2, rowsQuarantined: 1 });
  expect(await read()).toEqual([
    { product_id: "P1", market_id: "DE", sellable: false, hidden: true, price_minor: null },
    { product_id: "P1", market_id: null, sellable: true, hidden: null, price_minor: 450 },
  ]);
});

test("landed costs and promised days come in by market", async () => {
  const header = "store_id,product_id,market,landed_cost,currency,delivery_days";
  const file = shop.write("landed.csv", `${header}\ns,P1,DE,3.25,GBP,4\ns,P1,,,,\ns,P2,DE,1,GBP,-1\n`);
  const sheet = await shop.load({ file, dataset: "product-markets", source: "generic" });
  expect(sheet).toMatchObject({ rowsLoaded: 2, rowsQuarantined: 1 });
  expect(
    await shop.rows("SELECT market_id, landed_cost_minor, delivery_days FROM fct_product_market ORDER BY ALL"),
  ).toEqual([
    { market_id: "DE", landed_cost_minor: 325, delivery_days: 4 },
    { market_id: null, landed_cost_minor: null, delivery_days: null },
  ]);
});

test("the row that was updated last stands, in whatever order the files come", async () => {
  await load("newer.csv", "s,P1,,no,,,,,2026-01-02T00:00:00Z");
  expect(await load("older.csv", "s,P1,,yes,,,,,2026-01-01T00:00:00Z")).toMatchObject({ rowsLoaded: 0 });
  expect(await read()).toMatchObject([{ sellable: false }]);
});
