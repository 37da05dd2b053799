import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fail } from "../core/errors.ts";
import type { Session } from "./database.ts";
import { readSql } from "./read-sql.ts";

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/**
 * Brings the schema to the newest version: each numbered file of `migrations/` runs once, in its own transaction.
 * Throws `WAREHOUSE_MIGRATION_INVALID` when an applied file was changed or the warehouse is newer than the code.
 */
export async function migrate(
  session: Session,
  folder: URL = new URL("./migrations/", import.meta.url),
): Promise<number> {
  await session.run(readSql("ops/create_migration_table"));
  const applied = await session.rows<{ version: number; name: string; checksum: string }>(
    readSql("ops/list_migrations"),
  );
  const migrations = readMigrations(folder);
  for (const row of applied) {
    const known = migrations.find((migration) => migration.version === row.version);
    if (known === undefined) {
      throw fail(
        "WAREHOUSE_MIGRATION_INVALID",
        `The warehouse has migration ${row.version} (${row.name}) that this version does not know; upgrade Tradewind.`,
      );
    }
    if (known.checksum !== row.checksum) {
      throw fail(
        "WAREHOUSE_MIGRATION_INVALID",
        `Migration ${known.name} was changed after it ran; restore the file and add a new one.`,
      );
    }
  }
  const pending = migrations.filter((migration) => !applied.some((row) => row.version === migration.version));
  for (const migration of pending) {
    await session.transaction(async () => {
      await session.run(migration.sql);
      await session.run(readSql("ops/insert_migration"), {
        version: migration.version,
        name: migration.name,
        checksum: migration.checksum,
      });
    });
  }
  return pending.length;
}

function readMigrations(folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file, index) => {
      const version = Number(file.slice(0, 4));
      if (version !== index + 1)
        throw fail(
          "WAREHOUSE_MIGRATION_INVALID",
          `Migration ${file} breaks the numbering; expected ${String(index + 1).padStart(4, "0")}_….sql.`,
        );
      const sql = readFileSync(new URL(file, folder), "utf8");
      return { version, name: file, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}
