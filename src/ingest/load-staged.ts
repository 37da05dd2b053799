import type { IsoDate } from "../core/dates.ts";
import type { Session } from "../warehouse/database.ts";
import type { BalanceReason } from "./balance-sheet.ts";
import { compileLoad } from "./compile/compile-load.ts";
import { shapeRows } from "./compile/shape-rows.ts";
import type { SourceStore } from "./declare/source-mapping.ts";
import type { LoadRules } from "./declare/find-rules.ts";
import { allocate } from "./merge/allocate.ts";
import { loadCountryLabels } from "./merge/load-country-labels.ts";
import { mergeRows } from "./merge/merge-rows.ts";
import { collectRefused } from "./quarantine/collect-refused.ts";
import { readIngestSql } from "./read-sql.ts";
import type { StagedFile } from "./stage/stage-file.ts";

export interface LoadOptions {
  readonly fileName: string;
  readonly storeId?: string;
  readonly today: IsoDate;
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
  const { contract, mapping, dataset, identity } = rules;
  const shaped = shapeRows(staged.rows, dataset);
  const place = await findStore(session, mapping.store, options.storeId);
  const load = compileLoad(contract, mapping, dataset, shaped, {
    fileName: options.fileName,
    today: options.today,
    timeZone: place.timeZone,
    ...(place.currency === undefined ? {} : { currency: place.currency }),
    ...(options.storeId === undefined ? {} : { storeId: options.storeId }),
  });
  await loadCountryLabels(session);
  for (const sql of load.preparations) await session.run(sql);
  for (const [index, rule] of dataset.allocations.entries()) {
    await allocate(session, contract, rule, index, {
      typed: load.typedRows,
      shaped: shaped.select,
      currency: place.currency,
    });
  }
  if (mapping.store !== undefined && options.storeId !== undefined)
    await insertStore(session, mapping.store, options.storeId);

  const [numbered] = await session.rows<{ id: number }>("SELECT nextval('seq_file') AS id");
  const fileId = numbered?.id ?? 0;
  const rowsShaped = dataset.unpivot === undefined ? staged.recordCount : await countRows(session, shaped.select);
  const merged = await mergeRows(session, contract, identity, load, fileId);
  if (dataset.generatedId !== undefined) await numberIds(session, contract.table, dataset.generatedId, fileId);
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

/** Currency and time zone of the store: from the mapping, else from what the warehouse knows of it. */
async function findStore(
  session: Session,
  declared: SourceStore | undefined,
  storeId: string | undefined,
): Promise<{ readonly currency?: string; readonly timeZone: string }> {
  if (declared !== undefined) return declared;
  if (storeId === undefined) return { timeZone: "UTC" };
  const [known] = await session.rows<{ currency: string; time_zone: string }>(readIngestSql("find_store"), { storeId });
  return known === undefined ? { timeZone: "UTC" } : { currency: known.currency, timeZone: known.time_zone };
}

async function insertStore(session: Session, store: SourceStore, storeId: string): Promise<void> {
  await session.run(readIngestSql("insert_store"), {
    id: storeId,
    name: storeId === store.id ? store.name : storeId,
    platform: store.platform ?? null,
    sellerKind: store.sellerKind ?? null,
    tradeKind: store.tradeKind ?? null,
    homeMarket: store.homeMarket ?? null,
    currency: store.currency,
    timeZone: store.timeZone,
  });
}

async function countRows(session: Session, select: string): Promise<number> {
  const [counted] = await session.rows<{ n: number }>(`SELECT count(*) AS n FROM (${select})`);
  return counted?.n ?? 0;
}

/** Equal lines have equal content, so their generated ids need the occurrence number too. */
async function numberIds(session: Session, table: string, column: string, fileId: number): Promise<void> {
  await session.run(
    `UPDATE ${table} SET ${column} = ${column} || '-' || occurrence WHERE file_id = $file AND occurrence > 0`,
    { file: fileId },
  );
}

async function readControlTotal(session: Session, sql: string | undefined): Promise<number | null> {
  if (sql === undefined) return null;
  const [row] = await session.rows<{ control_total: number | null }>(sql);
  return row?.control_total ?? null;
}
