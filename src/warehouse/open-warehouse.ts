import { join } from "node:path";
import type { Config } from "../core/config.ts";
import { varPaths } from "../core/paths.ts";
import { openDatabase, type Database, type Session } from "./database.ts";
import { migrate } from "./migrate.ts";
import { seedReference } from "./seed-reference.ts";

/** The one writable warehouse of an installation, with a session to work in. */
export interface Warehouse {
  readonly database: Database;
  readonly session: Session;
  close(): void;
}

type WarehouseConfig = Pick<Config, "varDir" | "dataDir" | "warehouseMemory" | "threads">;

/**
 * Opens `var/warehouse.duckdb`, brings its schema up to date and loads the reference data.
 * Throws `WAREHOUSE_BUSY` while another process owns it; the caller must `close()` it.
 */
export async function openWarehouse(config: WarehouseConfig): Promise<Warehouse> {
  const paths = varPaths(config.varDir);
  const database = await openDatabase(paths.warehouse, {
    memory: config.warehouseMemory,
    threads: config.threads,
    tempDir: paths.temp,
  });
  try {
    const session = await database.session();
    await migrate(session);
    await seedReference(session, join(config.dataDir, "reference"));
    return {
      database,
      session,
      close: () => {
        session.close();
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
