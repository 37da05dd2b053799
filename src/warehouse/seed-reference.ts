import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../core/errors.ts";
import type { Session } from "./database.ts";
import { readSql } from "./read-sql.ts";

/** Reference file → the statement that loads it. */
const REFERENCE_FILES = {
  "countries.json": "reference/merge_markets",
  "holidays.csv.gz": "reference/merge_holidays",
} as const;

/**
 * Loads markets, public holidays and the calendar from `folder`. A file whose content was loaded before is skipped.
 * Throws `CONFIG_INVALID` when a file is missing.
 */
export async function seedReference(session: Session, folder: string): Promise<void> {
  await session.run(readSql("reference/insert_calendar"));
  const known = await session.rows<{ name: string; sha256: string }>(readSql("reference/list_reference_files"));
  for (const [name, statement] of Object.entries(REFERENCE_FILES)) {
    const file = join(folder, name);
    if (!existsSync(file)) {
      throw fail(
        "CONFIG_INVALID",
        `The reference file ${name} is missing; TRADEWIND_DATA_DIR must hold reference/${name}.`,
      );
    }
    const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
    if (known.some((row) => row.name === name && row.sha256 === sha256)) continue;
    await session.transaction(async () => {
      await session.run(readSql(statement), { file });
      await session.run(readSql("reference/note_reference_file"), { name, sha256 });
    });
  }
}
