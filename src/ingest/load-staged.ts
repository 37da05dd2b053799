import type { Session } from "../warehouse/database.ts";
import type { BalanceReason } from "./balance-sheet.ts";
import { shapeRows } from "./compile/shape-rows.ts";
import type { LoadRules } from "./declare/find-rules.ts";
import { mergeRows } from "./merge/merge-rows.ts";
import { prepareLoad, type LoadPlace } from "./prepare-load.ts";
import { collectRefused } from "./quarantine/collect-refused.ts";
import { readIngestSql } from "./read-sql.ts";
import type { StagedFile } from "./stage/stage-file.ts";

export interface LoadOptions extends LoadPlace {
  readonly seenAt: Date;
  readonly maxLineBytes: number;
}

export interface LoadOutcome {
  readonly fileId: number;
  readonly rowsIn: number;
  readonly rowsLoaded: number;
  readonly rowsDuplicate: number;
  readonly rowsQuarantined: number;
  readonly controlTotal: number | null;
  readonly reasons: readonly BalanceReason[];
}

/** Casts, checks, merges and quarantines the rows of a staged file. Must run inside a transaction. */
export async function loadStaged(
  session: Session,
  rules: LoadRules,
  staged: StagedFile,
  options: LoadOptions,
): Promise<LoadOutcome> {
  const { contract, mapping, dataset } = rules;
  const shaped = shapeRows(staged.rows, dataset);
  const load = await prepareLoad(session, rules, shaped, options);
  const [numbered] = await session.rows<{ id: number }>("SELECT nextval('seq_file') AS id");
  const fileId = numbered?.id ?? 0;
  const rowsShaped = dataset.unpivot === undefined ? staged.recordCount : await countRows(session, shaped.select);
  const merged = await mergeRows(session, rules, load, fileId);
  const rowsQuarantined = await collectRefused(
    session,
    load,
    staged,
    merged.rowsInserted < rowsShaped,
    options.maxLineBytes,
  );
  const refusals = await session.rows<BalanceReason>(readIngestSql("list_refusal_reasons"));
  if (rowsQuarantined > 0) {
    await session.run(readIngestSql("insert_quarantine"), {
      dataset: contract.dataset,
      source: mapping.source,
      store: options.storeId ?? null,
      file: fileId,
      name: options.fileName,
      seen: options.seenAt.toISOString(),
    });
  }
  return {
    fileId,
    rowsIn: rowsShaped + staged.malformedCount,
    rowsLoaded: merged.rowsLoaded,
    rowsDuplicate: merged.rowsDuplicate,
    rowsQuarantined,
    controlTotal: await readControlTotal(session, load.controlTotal),
    reasons: [...refusals, ...merged.reasons],
  };
}

async function countRows(session: Session, select: string): Promise<number> {
  const [counted] = await session.rows<{ n: number }>(`SELECT count(*) AS n FROM (${select})`);
  return counted?.n ?? 0;
}

async function readControlTotal(session: Session, sql: string | undefined): Promise<number | null> {
  if (sql === undefined) return null;
  const [row] = await session.rows<{ control_total: number | null }>(sql);
  return row?.control_total ?? null;
}
