import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { VarPaths } from "../../core/paths.ts";
import type { Session } from "../database.ts";
import { fillIdentifiers, readSql } from "../read-sql.ts";
import { hashFile, type DurableFiles } from "./durable-files.ts";
import { FACT_TABLES } from "./fact-tables.ts";
import type { FactPartition } from "./release-manifest.ts";

interface PartitionContent {
  readonly store: string;
  readonly month: string;
  readonly rows: number;
  readonly fingerprint: string;
}

/**
 * Brings `var/facts` up to date with the warehouse and lists every partition. A partition whose fingerprint equals one
 * of `known` is not written again. Files are named by their checksum and never change, so releases can share them.
 */
export async function exportFacts(
  paths: VarPaths,
  session: Session,
  known: readonly FactPartition[],
  files: DurableFiles,
): Promise<FactPartition[]> {
  const reusable = new Map(known.map((partition) => [keyOf(partition.table, partition), partition]));
  await session.run(readSql("releases/create_partition_views"));
  const exported: FactPartition[] = [];
  for (const table of FACT_TABLES) {
    const contents = await session.rows<PartitionContent>(
      fillIdentifiers(readSql("releases/list_partitions"), { view: viewOf(table) }),
    );
    for (const content of contents) {
      const old = reusable.get(keyOf(table, content));
      exported.push(
        old !== undefined && isInPlace(paths, old) ? old : await writePartition(paths, session, table, content, files),
      );
    }
  }
  return exported;
}

async function writePartition(
  paths: VarPaths,
  session: Session,
  table: string,
  content: PartitionContent,
  files: DurableFiles,
): Promise<FactPartition> {
  const { store, month, rows, fingerprint } = content;
  const folder = join(paths.facts, table, `store=${encodeURIComponent(store)}`, `month=${month}`);
  const staged = join(folder, "staged.tmp");
  files.createFolder(folder);
  await files.writeThrough(staged, async () => {
    const isDated = month !== "undated";
    const sql = readSql(isDated ? "releases/copy_month" : "releases/copy_undated");
    await session.run(fillIdentifiers(sql, { view: viewOf(table) }), {
      store,
      file: staged,
      ...(isDated ? { first_day: `${month}-01` } : {}),
    });
  });
  const sha256 = await hashFile(staged);
  const bytes = statSync(staged).size;
  const path = join(folder, `${sha256}.parquet`);
  files.rename(staged, path);
  return { table, store, month, path: relative(paths.root, path), sha256, bytes, rows, fingerprint };
}

function viewOf(table: string): string {
  return table.replace("fct_", "part_");
}

function keyOf(table: string, content: Pick<PartitionContent, "store" | "month" | "fingerprint">): string {
  return JSON.stringify([table, content.store, content.month, content.fingerprint]);
}

function isInPlace(paths: VarPaths, partition: FactPartition): boolean {
  const path = join(paths.root, partition.path);
  return existsSync(path) && statSync(path).size === partition.bytes;
}
