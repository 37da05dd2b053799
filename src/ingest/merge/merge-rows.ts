import type { Session } from "../../warehouse/database.ts";
import type { CompiledLoad } from "../compile/compile-load.ts";
import { contentHash } from "../compile/content-hash.ts";
import type { Contract } from "../declare/contract.ts";
import type { LoadRules } from "../declare/find-rules.ts";
import { settleRows, type Settlement } from "./settle-rows.ts";

export interface Merge extends Settlement {
  readonly rowsLoaded: number;
  /** Good rows of the file, duplicates included. */
  readonly rowsInserted: number;
}

/** Inserts the good rows of a load and settles them. Facts carry their lineage; dimensions are rewritten as a whole. */
export async function mergeRows(
  session: Session,
  rules: LoadRules,
  load: CompiledLoad,
  fileId: number,
): Promise<Merge> {
  const { contract, identity, dataset } = rules;
  const columns = load.columns.join(", ");
  const isDimension = contract.table.startsWith("dim_");
  const table = isDimension ? "ingest_landing" : contract.table;
  // Rows of a dimension keep no hash, so it is taken of what the table holds, on both sides.
  const hash = isDimension ? contentHash(load.columns) : "content_hash";
  const good =
    `SELECT ${load.values.join(", ")}, ${hash}, CAST(0 AS INTEGER), CAST(${fileId} AS INTEGER), row_no ` +
    `FROM (${load.checkedRows}) WHERE fault IS NULL`;
  if (isDimension) await openLanding(session, contract, load);
  const rowsInserted = await session.run(
    `INSERT INTO ${table} (${columns}, content_hash, occurrence, file_id, row_no) ${good}`,
  );
  const settlement = await settleRows(session, contract, identity, fileId, table);
  if (dataset.generatedId !== undefined) await numberIds(session, table, dataset.generatedId, fileId);
  const [kept] = await session.rows<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE file_id = $file`, {
    file: fileId,
  });
  if (isDimension) await closeLanding(session, contract, columns);
  return { ...settlement, rowsInserted, rowsLoaded: kept?.n ?? 0 };
}

/** A copy of a dimension with the lineage columns that dimensions do not have; what only facts named makes way for the file. */
async function openLanding(session: Session, contract: Contract, load: CompiledLoad): Promise<void> {
  const hash = contentHash(load.columns);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ingest_landing AS SELECT ${load.columns.join(", ")}, ${hash} AS content_hash,
      CAST(0 AS INTEGER) AS occurrence, CAST(-1 AS INTEGER) AS file_id, CAST(0 AS BIGINT) AS row_no
      FROM ${contract.table} WHERE NOT is_derived`,
  );
}

async function closeLanding(session: Session, contract: Contract, columns: string): Promise<void> {
  await session.run(`DELETE FROM ${contract.table}`);
  await session.run(`INSERT INTO ${contract.table} (${columns}) SELECT ${columns} FROM ingest_landing`);
}

/** Equal lines have equal content, so their generated ids need the occurrence number too. */
async function numberIds(session: Session, table: string, column: string, fileId: number): Promise<void> {
  await session.run(
    `UPDATE ${table} SET ${column} = ${column} || '-' || occurrence WHERE file_id = $file AND occurrence > 0`,
    { file: fileId },
  );
}
