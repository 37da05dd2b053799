import type { Session } from "../database.ts";
import { SERVED_TABLES } from "../marts/build-marts.ts";
import { quoteText } from "../quote-text.ts";
import { fillIdentifiers, readSql } from "../read-sql.ts";

/**
 * Copies the marts into a database file of their own at `path`, which must not exist.
 * The file is complete in itself: checkpointed, detached, without a write-ahead log.
 */
export async function writeMartsFile(session: Session, path: string): Promise<void> {
  const [home] = await session.rows<{ name: string }>("SELECT current_database() AS name");
  await session.run(`ATTACH ${quoteText(path)} AS release (STORAGE_VERSION 'latest')`);
  try {
    for (const table of SERVED_TABLES) {
      await session.run(fillIdentifiers(readSql("releases/copy_table"), { table }));
    }
    // A macro looks its tables up where it stands, so it is made inside the file.
    await session.run("USE release");
    await session.run(readSql("marts/create_fx_factor"));
    await session.run("CHECKPOINT release");
  } finally {
    await session.run(`USE ${home?.name ?? "memory"}`);
    await session.run("DETACH release");
  }
}
