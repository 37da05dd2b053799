import { MessageChannel } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "../core/errors.ts";
import type { Session } from "./database.ts";
import { createRemoteSession, serveSession } from "./remote-session.ts";
import { type FixtureWarehouse, openFixtureWarehouse } from "./testing/fixture-warehouse.ts";

let warehouse: FixtureWarehouse;
let remote: Session;
beforeAll(async () => {
  warehouse = await openFixtureWarehouse();
  const { port1, port2 } = new MessageChannel();
  serveSession(warehouse.session, port1);
  remote = createRemoteSession(port2);
});
afterAll(() => {
  remote.close();
  warehouse.close();
});

const MIXED = `
  SELECT i AS whole, i / 4 AS part, CASE WHEN i % 3 = 0 THEN NULL ELSE 'n' || i END AS word,
    DATE '2024-02-28' + i::INTEGER AS day, (i / 8)::DECIMAL(9, 3) AS exact
  FROM range(5000) AS numbers(i) ORDER BY i`;

test("columns of every kind are those of the session itself", async () => {
  const [far, near] = [await remote.columns(MIXED), await warehouse.session.columns(MIXED)];
  expect([far.rowCount, far.names]).toEqual([near.rowCount, near.names]);
  for (const name of ["whole", "part", "exact"]) expect(far.float64(name)).toEqual(near.float64(name));
  expect(far.int32("whole")).toEqual(near.int32("whole"));
  for (const name of ["whole", "word", "day", "exact"]) expect(far.text(name)).toEqual(near.text(name));
});

test("calls made at once run one after the other, with their parameters", async () => {
  const [changed, table, rows] = await Promise.all([
    remote.run("CREATE TEMP TABLE remote_answer AS SELECT $word AS word", { word: "tea" }),
    remote.columns("SELECT word FROM remote_answer"),
    remote.rows("SELECT word FROM remote_answer"),
  ]);
  expect([changed, table.text("word"), rows]).toEqual([expect.any(Number), ["tea"], [{ word: "tea" }]]);
});

test("an error comes with its code, and undoes the transaction it happened in", async () => {
  await remote.run("CREATE TEMP TABLE remote_count AS SELECT 1 AS n");
  const broken = remote.transaction(async () => {
    await remote.run("UPDATE remote_count SET n = 2");
    await remote.run("UPDATE nowhere SET n = 2");
  });
  await expect(broken).rejects.toBeInstanceOf(AppError);
  await expect(broken).rejects.toMatchObject({ code: "WAREHOUSE_QUERY_FAILED" });
  expect(await remote.rows("SELECT n FROM remote_count")).toEqual([{ n: 1 }]);
});
