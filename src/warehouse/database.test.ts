import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packageRoot } from "../core/paths.ts";
import { openDatabase, type Database } from "./database.ts";

let root = "";
let opened: Database[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tradewind-database-"));
  opened = [];
});
afterEach(() => {
  for (const database of opened) database.close();
  rmSync(root, { recursive: true, force: true });
});

async function open(name = "warehouse.duckdb"): Promise<Database> {
  const path = name === ":memory:" ? name : join(root, name);
  const database = await openDatabase(path, { memory: "200MB", threads: 1, tempDir: join(root, "tmp") });
  opened.push(database);
  return database;
}

test("the same path opened twice is one database: neither loses the other's commits", async () => {
  const first = await (await open()).session();
  const second = await (await open()).session();
  await first.run("CREATE TABLE t (x INTEGER)");
  await second.run("INSERT INTO t VALUES (1)");
  await first.run("INSERT INTO t VALUES (2)");
  expect(await second.rows("SELECT count(*) AS n FROM t")).toEqual([{ n: 2 }]);
});

test("closing one handle leaves the other working, and a closed path can be opened again", async () => {
  const first = await open();
  const second = await open();
  const session = await second.session();
  await session.run("CREATE TABLE t (x INTEGER)");
  first.close();
  await session.run("INSERT INTO t VALUES (1)");
  second.close();
  const again = await (await open()).session();
  expect(await again.rows("SELECT x FROM t")).toEqual([{ x: 1 }]);
});

test("a second process is told that the warehouse is busy", async () => {
  const session = await (await open()).session();
  await session.run("CREATE TABLE t (x INTEGER)");
  const script = `
    import { openDatabase } from "./src/warehouse/database.ts";
    try {
      await openDatabase(${JSON.stringify(join(root, "warehouse.duckdb"))}, {
        memory: "200MB", threads: 1, tempDir: ${JSON.stringify(join(root, "tmp"))},
      });
      console.log("OPENED");
    } catch (error) {
      console.log(error.code, error.retryable);
    }`;
  const other = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    cwd: packageRoot(),
    encoding: "utf8",
  });
  expect(other.stdout.trim()).toBe("WAREHOUSE_BUSY true");
});

test("a file that is no database is called damaged", async () => {
  writeFileSync(join(root, "warehouse.duckdb"), "this is not a database ".repeat(1000));
  await expect(open()).rejects.toMatchObject({ code: "WAREHOUSE_DAMAGED" });
});

test("a transaction that throws changes nothing, and the session goes on", async () => {
  const session = await (await open(":memory:")).session();
  await session.run("CREATE TABLE t (x INTEGER)");
  const failing = session.transaction(async () => {
    await session.run("INSERT INTO t VALUES (1)");
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await session.transaction(() => session.run("INSERT INTO t VALUES (2)"))).toBe(1);
  expect(await session.rows("SELECT x FROM t")).toEqual([{ x: 2 }]);
});

test("a failing statement is reported with a code, the statement beside it for the log", async () => {
  const session = await (await open(":memory:")).session();
  await expect(session.rows("SELECT secret_column FROM nowhere")).rejects.toMatchObject({
    code: "WAREHOUSE_QUERY_FAILED",
    meta: { context: "SELECT secret_column FROM nowhere" },
  });
});

test("parameters are values, whatever stands in them", async () => {
  const session = await (await open(":memory:")).session();
  expect(await session.rows("SELECT $name AS name", { name: "'; DROP TABLE t; --" })).toEqual([
    { name: "'; DROP TABLE t; --" },
  ]);
});

test("in-memory databases are apart from each other", async () => {
  const first = await (await open(":memory:")).session();
  const second = await (await open(":memory:")).session();
  await first.run("CREATE TABLE t (x INTEGER)");
  await expect(second.rows("SELECT * FROM t")).rejects.toThrow(/does not exist/);
});
