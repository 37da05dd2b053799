import { readConfig } from "../../src/core/config.ts";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";
import type { Session } from "../../src/warehouse/database.ts";
import type { Installation } from "./cli-process.ts";

/** Where a row came from and when: differs between two ways to the same tables. */
const LINEAGE = ["file_id", "row_no", "loaded_at", "seen_at", "quarantine_id", "applied_at"];

export interface WarehouseState {
  /** Table → number of rows and a hash of them that does not depend on their order. */
  readonly tables: Readonly<Record<string, string>>;
  /** Loaded files with the rows they said they loaded and the rows that are there. */
  readonly files: readonly { readonly name: string; readonly said: number; readonly found: number }[];
}

/** Opens the warehouse as the next process would, and reads what every table holds. */
export async function readWarehouseState(installation: Installation): Promise<WarehouseState> {
  const config = readConfig({
    TRADEWIND_VAR_DIR: installation.varDir,
    TRADEWIND_DATA_DIR: installation.dataDir,
    TRADEWIND_WAREHOUSE_MEMORY: "500MB",
  });
  const warehouse = await openWarehouse(config);
  try {
    return { tables: await digestTables(warehouse.session), files: await readFiles(warehouse.session) };
  } finally {
    warehouse.close();
  }
}

async function digestTables(session: Session): Promise<Record<string, string>> {
  const tables = await session.rows<{ name: string; columns: string[] }>(`
    SELECT table_name AS name, list(column_name ORDER BY ordinal_position) AS columns
    FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_type = 'BASE TABLE' AND table_name NOT LIKE 'ops_%'
    GROUP BY table_name ORDER BY table_name`);
  const digests: Record<string, string> = {};
  for (const { name, columns } of tables) {
    const kept = columns.filter((column) => !LINEAGE.includes(column)).join(", ");
    const [row] = await session.rows<{ digest: string }>(
      `SELECT count(*) || ' rows ' || coalesce(sum(hash(t)::HUGEINT), 0) AS digest FROM (SELECT ${kept} FROM ${name}) t`,
    );
    digests[name] = row?.digest ?? "";
  }
  return digests;
}

/** Rows of fact tables by the file they came from. Order lines and rates are what the small data holds. */
async function readFiles(session: Session): Promise<WarehouseState["files"]> {
  return session.rows<{ name: string; said: number; found: number }>(`
    WITH found AS (
      SELECT file_id, count(*) AS row_count FROM fct_order_line GROUP BY file_id
      UNION ALL
      SELECT file_id, count(*) FROM fct_fx_rate GROUP BY file_id
    )
    SELECT file_name AS name, rows_loaded AS said, coalesce(sum(row_count), 0)::BIGINT AS found
    FROM raw_file
    FULL JOIN found USING (file_id)
    GROUP BY ALL ORDER BY name`);
}
