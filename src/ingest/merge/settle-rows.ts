import type { Session } from "../../warehouse/database.ts";
import { fillIdentifiers } from "../../warehouse/read-sql.ts";
import type { BalanceReason } from "../balance-sheet.ts";
import type { Contract, Identity } from "../declare/contract.ts";
import { readIngestSql } from "../read-sql.ts";

export interface Settlement {
  readonly rowsDuplicate: number;
  readonly reasons: readonly BalanceReason[];
}

/**
 * Makes freshly inserted rows (those with `fileId`, occurrence 0) one with what was there: rows that are known go, equal lines
 * of one file get their occurrence numbers, and of a key one row stays. Runs inside the load's transaction.
 */
export async function settleRows(
  session: Session,
  contract: Contract,
  identity: Identity,
  fileId: number,
  table: string = contract.table,
): Promise<Settlement> {
  return identity.kind === "content"
    ? settleLines(session, table, fileId)
    : settleKeys(session, table, identity.columns, identity.version, fileId);
}

async function settleLines(session: Session, table: string, fileId: number): Promise<Settlement> {
  const run = (name: string, params?: { file: number }): Promise<number> =>
    session.run(fillIdentifiers(readIngestSql(name), { table }), params);
  await run("find_contested_lines", { file: fileId });
  const [contested] = await session.rows<{ n: number }>("SELECT count(*) AS n FROM ingest_contested");
  if (contested?.n === 0) return { rowsDuplicate: 0, reasons: [] };
  await run("rank_contested_lines", { file: fileId });
  const rowsDuplicate = await run("delete_known_lines");
  await run("number_lines");
  return { rowsDuplicate, reasons: [] };
}

async function settleKeys(
  session: Session,
  table: string,
  key: readonly string[],
  version: string | undefined,
  fileId: number,
): Promise<Settlement> {
  const rank = readIngestSql("rank_contested_keys")
    .replaceAll("{{key}}", key.join(", "))
    .replaceAll("{{version}}", version ?? "CAST(NULL AS DATE)");
  await session.run(fillIdentifiers(rank, { table }), { file: fileId });
  const outcomes = await session.rows<{ outcome: string; dropped: number; new_rows: number; first_row: number }>(
    readIngestSql("list_dropped_keys"),
  );
  await session.run(fillIdentifiers(readIngestSql("delete_dropped_keys"), { table }));
  const rowsDuplicate = outcomes.reduce((sum, outcome) => sum + outcome.new_rows, 0);
  const keyText = key.join(", ");
  const reasons = outcomes
    .filter(({ outcome }) => outcome !== "same")
    .map(({ outcome, dropped, first_row }): BalanceReason => ({
      code: outcome === "superseded" ? "KEY_SUPERSEDED" : "KEY_CONFLICT",
      column: keyText,
      count: dropped,
      example:
        outcome === "superseded"
          ? `row ${first_row}: another row of the same ${keyText} has a newer ${version ?? ""}; the newest was kept.`
          : `row ${first_row}: two different rows have the same ${keyText} and no newer version; one was kept by its content.`,
    }));
  return { rowsDuplicate, reasons };
}
