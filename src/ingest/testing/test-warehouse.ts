import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fixedClock } from "../../core/clock.ts";
import { varPaths, type VarPaths } from "../../core/paths.ts";
import { openDatabase, type Row } from "../../warehouse/database.ts";
import { migrate } from "../../warehouse/migrate.ts";
import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import type { BalanceSheet } from "../balance-sheet.ts";
import { ingestFile, type IngestRequest } from "../ingest-file.ts";

export const CLOCK = fixedClock("2026-06-01T12:00:00Z");

/** A warehouse in memory with its own temporary folder, and short ways to write files, load them and ask. */
export interface TestWarehouse {
  readonly warehouse: Warehouse;
  readonly paths: VarPaths;
  readonly folder: string;
  write(name: string, content: string | Uint8Array): string;
  load(request: Partial<IngestRequest> & Pick<IngestRequest, "file">): Promise<BalanceSheet>;
  rows(sql: string): Promise<Row[]>;
  close(): void;
}

/** Requests default to order lines of the online retailer. */
export async function openTestWarehouse(): Promise<TestWarehouse> {
  const folder = mkdtempSync(join(tmpdir(), "tradewind-ingest-"));
  const paths = varPaths(join(folder, "var"));
  const database = await openDatabase(":memory:", { memory: "1GB", threads: 2, tempDir: paths.temp });
  const session = await database.session();
  await migrate(session);
  const warehouse = { database, session, close: () => database.close() };
  return {
    warehouse,
    paths,
    folder,
    write: (name, content) => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    load: (request) =>
      ingestFile(warehouse, paths, { dataset: "order-lines", source: "online-retail", clock: CLOCK, ...request }),
    rows: (sql) => session.rows(sql),
    close: () => {
      session.close();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const RETAIL_HEADER = "invoice_no,stock_code,description,quantity,invoice_date,unit_price,customer_id,country";

/** A file of the online retailer with these lines. */
export function retailCsv(...lines: readonly string[]): string {
  return `${[RETAIL_HEADER, ...lines].join("\n")}\n`;
}
