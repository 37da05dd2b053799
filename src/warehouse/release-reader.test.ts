import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createReleaseReader, type ReleaseReader } from "./release-reader.ts";
import { pruneReleases } from "./releases/prune-releases.ts";
import { publishRelease } from "./releases/publish-release.ts";
import { releaseFolder } from "./releases/release-paths.ts";
import { rollbackRelease } from "./releases/rollback-release.ts";
import { insertRows, orderLine, type FixtureWarehouse } from "./testing/fixture-warehouse.ts";
import { nightOf, openReleaseFixture, stageNight } from "./testing/staged-release.ts";

let warehouse: FixtureWarehouse;
let readers: ReleaseReader[];
beforeEach(async () => {
  warehouse = await openReleaseFixture();
  readers = [];
});
afterEach(async () => {
  for (const reader of readers) await reader.close();
  warehouse.close();
});

async function openReader(): Promise<ReleaseReader> {
  const reader = await createReleaseReader(warehouse.paths, {
    memory: "300MB",
    threads: 2,
    tempDir: warehouse.paths.temp,
  });
  readers.push(reader);
  return reader;
}

/** Publishes night `day` with one more order than the night before; night 1 has three orders. */
async function publish(day: number): Promise<void> {
  if (day > 1) await insertRows(warehouse.session, "fct_order_line", [orderLine(`N${day}`, "2011-02-03", "P1", 1, 10)]);
  const { releaseId } = await stageNight(warehouse.paths, warehouse.session, day);
  publishRelease(warehouse.paths, releaseId);
}

const countOrders = async (release: ReturnType<ReleaseReader["current"]>) =>
  (await release.rows<{ orders: number }>("SELECT count(*) AS orders FROM mart_order"))[0]?.orders;

test("before the first release there is nothing to serve, and then there is", async () => {
  const reader = await openReader();
  expect(() => reader.current()).toThrow(/RELEASE_NONE/);
  expect(await reader.refresh()).toBe(false);
  await publish(1);
  expect(await reader.refresh()).toBe(true);
  expect(reader.current()).toMatchObject({ id: nightOf(1), asOf: "2011-12-31", manifest: { runId: "run-1" } });
  expect(await countOrders(reader.current())).toBe(3);
  expect(await reader.refresh()).toBe(false);
});

test("marts, their dimensions and the conversion macro are at hand, as rows and as columns", async () => {
  await publish(1);
  const release = (await openReader()).current();
  expect(
    await release.rows(
      `SELECT sum(sales.gross_minor * fx.factor) AS gross FROM mart_sales_day AS sales
       JOIN fx_factor_to($currency) AS fx ON fx.day = sales.sold_on AND fx.currency = sales.currency
       JOIN dim_store USING (store_id) WHERE sold_on = '2011-01-15'`,
      { currency: "EUR" },
    ),
  ).toEqual([{ gross: 2500 }]);
  const columns = await release.columns("SELECT goods_minor FROM mart_order ORDER BY order_id");
  expect([...columns.float64("goods_minor")]).toEqual([2000, 1000, 400]);
});

test("a change-over fails no query: each sees one whole release", async () => {
  await publish(1);
  const reader = await openReader();
  const answers: (number | undefined)[] = [];
  const end = new AbortController();
  const storefront = async () => {
    while (!end.signal.aborted) answers.push(await countOrders(reader.current()));
  };
  const load = Array.from({ length: 8 }, storefront);
  const seen = [await countOrders(reader.current())];
  for (const day of [2, 3, 4]) {
    await publish(day);
    await reader.refresh();
    seen.push(await countOrders(reader.current()));
  }
  rollbackRelease(warehouse.paths);
  await reader.refresh();
  end.abort();
  await Promise.all(load);
  expect(seen).toEqual([3, 4, 5, 6]);
  expect(answers.length).toBeGreaterThan(8);
  expect(answers.filter((count) => count === undefined || !seen.includes(count))).toEqual([]);
});

test("whoever holds the release before goes on reading it, also when it was pruned", async () => {
  await publish(1);
  const reader = await openReader();
  const held = reader.current();
  await publish(2);
  await reader.refresh();
  pruneReleases(warehouse.paths, 1);
  expect(existsSync(held.folder)).toBe(false);
  expect(await countOrders(held)).toBe(3);
  expect(await countOrders(reader.current())).toBe(4);
});

test("a query that is under way ends on its release, however many change-overs it outlasts", async () => {
  await publish(1);
  const reader = await openReader();
  const slow = reader
    .current()
    .rows("SELECT count(*) AS n FROM mart_order, range(20000000) AS many WHERE hash(order_id, many.range) % 7 < 7");
  for (const day of [2, 3, 4]) {
    await publish(day);
    await reader.refresh();
  }
  expect(await slow).toEqual([{ n: 60_000_000 }]);
});

test("a published release that cannot be opened leaves the old one serving", async () => {
  await publish(1);
  const reader = await openReader();
  await publish(2);
  writeFileSync(join(releaseFolder(warehouse.paths, nightOf(2)), "marts.duckdb"), "no database");
  await expect(reader.refresh()).rejects.toMatchObject({ code: expect.stringMatching(/^WAREHOUSE_/) });
  expect(await countOrders(reader.current())).toBe(3);
  rmSync(releaseFolder(warehouse.paths, nightOf(2)), { recursive: true });
  await expect(reader.refresh()).rejects.toMatchObject({ code: "RELEASE_NOT_FOUND" });
  expect(await countOrders(reader.current())).toBe(3);
});

test("SQL on a release can neither write, nor reach other files, nor change settings", async () => {
  await publish(1);
  const release = (await openReader()).current();
  for (const sql of [
    "DELETE FROM mart_order",
    "CREATE TABLE guest AS SELECT 1",
    "SELECT * FROM read_csv('/etc/passwd')",
    "COPY mart_order TO '/tmp/stolen.csv'",
    "ATTACH '/tmp/other.duckdb'",
    "SET memory_limit = '90GB'",
  ]) {
    await expect(release.rows(sql)).rejects.toMatchObject({ code: "WAREHOUSE_QUERY_FAILED" });
  }
});
