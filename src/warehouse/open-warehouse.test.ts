import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../core/config.ts";
import { openWarehouse } from "./open-warehouse.ts";

let varDir = "";
beforeEach(() => {
  varDir = mkdtempSync(join(tmpdir(), "tradewind-warehouse-"));
});
afterEach(() => rmSync(varDir, { recursive: true, force: true }));

test("a new warehouse knows markets, holidays and the calendar", async () => {
  const warehouse = await openWarehouse(readConfig({}, { varDir }));
  const one = async (sql: string) => (await warehouse.session.rows(sql))[0];
  expect(await one("SELECT name, iso_alpha3, iso_numeric, currency FROM dim_market WHERE market_id = 'NO'")).toEqual({
    name: "Norway",
    iso_alpha3: "NOR",
    iso_numeric: "578",
    currency: "NOK",
  });
  expect(await one("SELECT count(*) AS n FROM dim_holiday WHERE market_id = 'GB' AND day = '2010-12-25'")).toEqual({
    n: 1,
  });
  expect(await one("SELECT * FROM dim_calendar WHERE day = '2010-01-03'")).toEqual({
    day: "2010-01-03",
    iso_week: "2009-W53",
    month: "2010-01",
    quarter: "2010-Q1",
    year: 2010,
    weekday: 7,
    is_weekend: true,
  });
  warehouse.close();
});

test("opening again adds nothing and keeps rows that the reference files do not have", async () => {
  const config = readConfig({}, { varDir });
  const count = `SELECT (SELECT count(*) FROM dim_market) AS markets, (SELECT count(*) FROM dim_holiday) AS holidays,
    (SELECT count(*) FROM dim_calendar) AS days`;
  const first = await openWarehouse(config);
  await first.session.run(
    "INSERT INTO dim_holiday (market_id, day, name) VALUES ('GB', '2011-04-29', 'Royal wedding sale')",
  );
  const before = await first.session.rows(count);
  first.close();
  const second = await openWarehouse(config);
  expect(await second.session.rows(count)).toEqual(before);
  second.close();
});

test("a data folder without the reference files is refused by name", async () => {
  await expect(openWarehouse(readConfig({}, { varDir, dataDir: varDir }))).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    detail: expect.stringContaining("countries.json"),
  });
});
