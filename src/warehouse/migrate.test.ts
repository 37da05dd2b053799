import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase, type Database, type Session } from "./database.ts";
import { migrate } from "./migrate.ts";

let root = "";
let database: Database;
let session: Session;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "tradewind-migrate-"));
  database = await openDatabase(":memory:", { memory: "200MB", threads: 1, tempDir: join(root, "tmp") });
  session = await database.session();
});
afterEach(() => {
  session.close();
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const folder = () => pathToFileURL(`${root}/`);
const write = (name: string, sql: string) => writeFileSync(join(root, name), sql);

test("each migration runs once, in order", async () => {
  write("0001_first.sql", "CREATE TABLE first (x INTEGER);");
  write("0002_second.sql", "INSERT INTO first VALUES (1); CREATE TABLE second (y INTEGER);");
  expect(await migrate(session, folder())).toBe(2);
  expect(await migrate(session, folder())).toBe(0);
  write("0003_third.sql", "INSERT INTO first VALUES (2);");
  expect(await migrate(session, folder())).toBe(1);
  expect(await session.rows("SELECT x FROM first ORDER BY x")).toEqual([{ x: 1 }, { x: 2 }]);
  expect(await session.rows("SELECT version, name FROM ops_migration ORDER BY version")).toEqual([
    { version: 1, name: "0001_first.sql" },
    { version: 2, name: "0002_second.sql" },
    { version: 3, name: "0003_third.sql" },
  ]);
});

test("a migration that fails leaves nothing behind and can be corrected", async () => {
  write("0001_first.sql", "CREATE TABLE first (x INTEGER); SELECT * FROM nothing;");
  await expect(migrate(session, folder())).rejects.toMatchObject({ code: "WAREHOUSE_QUERY_FAILED" });
  write("0001_first.sql", "CREATE TABLE first (x INTEGER);");
  expect(await migrate(session, folder())).toBe(1);
});

test("a migration that was changed after it ran is refused", async () => {
  write("0001_first.sql", "CREATE TABLE first (x INTEGER);");
  await migrate(session, folder());
  write("0001_first.sql", "CREATE TABLE first (x BIGINT);");
  await expect(migrate(session, folder())).rejects.toMatchObject({
    code: "WAREHOUSE_MIGRATION_INVALID",
    detail: expect.stringContaining("0001_first.sql was changed"),
  });
});

test("a warehouse that is newer than the program is refused", async () => {
  write("0001_first.sql", "CREATE TABLE first (x INTEGER);");
  write("0002_second.sql", "CREATE TABLE second (y INTEGER);");
  await migrate(session, folder());
  rmSync(join(root, "0002_second.sql"));
  await expect(migrate(session, folder())).rejects.toMatchObject({
    code: "WAREHOUSE_MIGRATION_INVALID",
    detail: expect.stringContaining("upgrade Tradewind"),
  });
});

test("a gap in the numbering is refused", async () => {
  write("0002_second.sql", "CREATE TABLE second (y INTEGER);");
  await expect(migrate(session, folder())).rejects.toThrow(/breaks the numbering/);
});
