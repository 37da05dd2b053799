import type { Clock } from "../core/clock.ts";
import { toIsoDate, type IsoDate } from "../core/dates.ts";
import type { VarPaths } from "../core/paths.ts";
import type { Session } from "../warehouse/database.ts";
import { fillIdentifiers } from "../warehouse/read-sql.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { identifier, literal } from "./compile/sql-text.ts";
import type { StagedRows } from "./compile/staged-rows.ts";
import { findRules } from "./declare/find-rules.ts";
import { readContract } from "./declare/read-contract.ts";
import { mergeRows } from "./merge/merge-rows.ts";
import { prepareLoad } from "./prepare-load.ts";
import { readIngestSql } from "./read-sql.ts";

export interface ReplayRequest {
  /** Only this dataset; all by default. */
  readonly dataset?: string;
  readonly clock: Clock;
  readonly sourcesDir?: string;
}

/** retried = loaded + duplicate + stillQuarantined. Lines that did not parse have no values and are not retried. */
export interface ReplayOutcome {
  readonly retried: number;
  readonly loaded: number;
  readonly duplicate: number;
  readonly stillQuarantined: number;
}

/** Stands for the file of replayed rows until their true lineage is written. */
const REPLAYED_FILE = -2;

interface QuarantineGroup {
  readonly dataset: string;
  readonly source: string;
  readonly store_id: string | null;
  readonly row_count: number;
}

/**
 * Tries the open rows of the quarantine again by today's contracts and mappings. What fits now is merged as if its file had
 * been loaded now; the rest stays. One transaction a dataset, source and store; a second replay changes nothing.
 */
export async function replayQuarantine(
  warehouse: Warehouse,
  _paths: VarPaths,
  request: ReplayRequest,
): Promise<ReplayOutcome> {
  const { session } = warehouse;
  const dataset = request.dataset === undefined ? null : readContract(request.dataset).dataset;
  const groups = await session.rows<QuarantineGroup>(readIngestSql("list_open_quarantine"), { dataset });
  const total = { retried: 0, loaded: 0, duplicate: 0, stillQuarantined: 0 };
  const today = toIsoDate(request.clock.now());
  for (const group of groups) {
    const outcome = await session.transaction(() => replayGroup(session, group, today, request.sourcesDir));
    total.retried += group.row_count;
    total.loaded += outcome.loaded;
    total.duplicate += outcome.duplicate;
    total.stillQuarantined += group.row_count - outcome.loaded - outcome.duplicate;
  }
  return total;
}

async function replayGroup(
  session: Session,
  group: QuarantineGroup,
  today: IsoDate,
  sourcesDir: string | undefined,
): Promise<{ readonly loaded: number; readonly duplicate: number }> {
  const rules = findRules(group.dataset, group.source, sourcesDir);
  const rows = await readQuarantinedRows(session, group);
  const load = await prepareLoad(session, rules, rows, {
    fileName: `quarantine of ${group.dataset}`,
    today,
    ...(group.store_id === null ? {} : { storeId: group.store_id }),
  });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ingest_replayed AS SELECT row_no AS quarantine_id FROM (${load.checkedRows}) WHERE fault IS NULL`,
  );
  const merged = await mergeRows(session, rules, load, REPLAYED_FILE);
  if (!rules.contract.table.startsWith("dim_")) {
    const restore = fillIdentifiers(readIngestSql("restore_lineage"), { table: rules.contract.table });
    await session.run(restore, { file: REPLAYED_FILE });
  }
  await session.run(readIngestSql("close_replayed"));
  return { loaded: merged.rowsLoaded, duplicate: merged.rowsDuplicate };
}

/** The stored values of a group as staged rows; `row_no` is the quarantine id until the lineage is restored. */
async function readQuarantinedRows(session: Session, group: QuarantineGroup): Promise<StagedRows> {
  const params = { dataset: group.dataset, source: group.source, store: group.store_id };
  const keys = await session.rows<{ name: string }>(readIngestSql("list_quarantined_columns"), params);
  const values = keys.map(({ name }) => `raw_values->>${literal(`$.${identifier(name)}`)} AS ${identifier(name)}`);
  const store = group.store_id === null ? "store_id IS NULL" : `store_id = ${literal(group.store_id)}`;
  return {
    select:
      `SELECT quarantine_id AS row_no, ${values.join(", ")} FROM raw_quarantine WHERE state = 'open' AND raw_values IS NOT NULL ` +
      `AND dataset = ${literal(group.dataset)} AND source = ${literal(group.source)} AND ${store}`,
    columns: keys.map(({ name }) => ({ name, type: "VARCHAR" })),
  };
}
