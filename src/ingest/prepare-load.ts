import type { IsoDate } from "../core/dates.ts";
import type { Session } from "../warehouse/database.ts";
import { compileLoad, type CompiledLoad } from "./compile/compile-load.ts";
import type { StagedRows } from "./compile/staged-rows.ts";
import type { LoadRules } from "./declare/find-rules.ts";
import type { SourceStore } from "./declare/source-mapping.ts";
import { allocate } from "./merge/allocate.ts";
import { loadLookups } from "./merge/load-lookups.ts";
import { readIngestSql } from "./read-sql.ts";

export interface LoadPlace {
  readonly fileName: string;
  readonly storeId?: string;
  readonly today: IsoDate;
}

/** Compiles a load and creates what its SQL joins with: country map, local hours, shared measures, the store. */
export async function prepareLoad(
  session: Session,
  rules: LoadRules,
  shaped: StagedRows,
  options: LoadPlace,
): Promise<CompiledLoad> {
  const { contract, mapping, dataset } = rules;
  const place = await findStore(session, mapping.store, options.storeId);
  const load = compileLoad(contract, mapping, dataset, shaped, {
    fileName: options.fileName,
    today: options.today,
    timeZone: place.timeZone,
    ...(place.currency === undefined ? {} : { currency: place.currency }),
    ...(options.storeId === undefined ? {} : { storeId: options.storeId }),
  });
  await loadLookups(session);
  for (const sql of load.preparations) await session.run(sql);
  for (const [index, rule] of dataset.allocations.entries()) {
    const sources = { typed: load.typedRows, shaped: shaped.select };
    await allocate(session, contract, rule, index, sources);
  }
  if (mapping.store !== undefined && options.storeId !== undefined) {
    await insertStore(session, mapping.store, options.storeId);
  }
  return load;
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
