import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { toIsoDate } from "../core/dates.ts";
import type { VarPaths } from "../core/paths.ts";
import { ignoreProgress, type ProgressListener } from "../core/progress.ts";
import type { Session } from "../warehouse/database.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { assertBalance, type BalanceSheet } from "./balance-sheet.ts";
import { findRules, wantedColumns } from "./declare/find-rules.ts";
import { DEFAULT_LIMITS, type IngestLimits } from "./limits.ts";
import { loadStaged } from "./load-staged.ts";
import { readIngestSql } from "./read-sql.ts";
import { clearLeftovers, WORK_PREFIX } from "./receive/clear-leftovers.ts";
import { detectFormat } from "./receive/detect-format.ts";
import { keepRaw } from "./receive/keep-raw.ts";
import { checkReceivedPath } from "./receive/open-received.ts";
import { stageFile } from "./stage/stage-file.ts";
import { withLoadSettings } from "./with-load-settings.ts";

export interface IngestRequest {
  readonly dataset: string;
  readonly source: string;
  readonly file: string;
  /** The store of all rows, where neither the source nor the file says it. */
  readonly storeId?: string;
  readonly clock: Clock;
  readonly limits?: Partial<IngestLimits>;
  readonly onProgress?: ProgressListener;
  /** Folder of the user's own source mappings. */
  readonly sourcesDir?: string;
  /** Folder that links in it may not leave; by default the file's own. */
  readonly rootDir?: string;
}

/**
 * Loads one file into one dataset: keeps the file, reads all as text, casts by contract, quarantines what does not fit and
 * merges the rest in one transaction. Loading the same rows again changes nothing. Throws an `INGEST_…` error with the tables as before
 * when the file as a whole cannot be used.
 */
export async function ingestFile(warehouse: Warehouse, paths: VarPaths, request: IngestRequest): Promise<BalanceSheet> {
  const startedMs = performance.now();
  const report = request.onProgress ?? ignoreProgress;
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  const rules = findRules(request.dataset, request.source, request.sourcesDir);
  const received = checkReceivedPath(request.file, limits, request.rootDir);
  const format = detectFormat(received.path, received.name, received.byteSize);
  const storeId = request.storeId ?? rules.mapping.store?.id;

  clearLeftovers(paths);
  report({ label: `${received.name}: receiving`, done: 0, total: 3 });
  const kept = await keepRaw(received.path, paths.rawFiles, format.extension);
  const identity = {
    sha256: kept.sha256,
    dataset: rules.contract.dataset,
    source: rules.mapping.source,
    storeId: storeId ?? null,
    contractVersion: rules.version,
  };
  const { session } = warehouse;
  const earlier = await findEarlierLoad(session, identity);
  const base = { dataset: identity.dataset, source: identity.source, file: received.name };
  if (earlier !== undefined) {
    return {
      ...base,
      fileId: earlier.file_id,
      rowsIn: earlier.rows_in,
      rowsLoaded: 0,
      rowsDuplicate: earlier.rows_in,
      rowsQuarantined: 0,
      controlTotal: earlier.control_total,
      reasons: [],
      alreadyLoaded: true,
      durationMs: performance.now() - startedMs,
    };
  }

  mkdirSync(paths.temp, { recursive: true });
  const workDir = mkdtempSync(join(paths.temp, WORK_PREFIX));
  try {
    return await withLoadSettings(session, async () => {
      report({ label: `${received.name}: reading`, done: 1, total: 3 });
      const staged = await stageFile(session, {
        path: kept.path,
        name: received.name,
        format,
        delimiter: rules.mapping.delimiter,
        workDir,
        limits,
        wanted: wantedColumns(rules),
      });
      report({ label: `${received.name}: loading ${staged.recordCount} records`, done: 2, total: 3 });
      const now = request.clock.now();
      const sheet = await session.transaction(async () => {
        const loaded = await loadStaged(session, rules, staged, {
          fileName: received.name,
          today: toIsoDate(now),
          maxLineBytes: limits.maxLineBytes,
          seenAt: now,
          ...(storeId === undefined ? {} : { storeId }),
        });
        const balance = { ...base, ...loaded };
        assertBalance(balance);
        await session.run(readIngestSql("insert_file"), {
          ...identity,
          fileId: loaded.fileId,
          fileName: received.name,
          byteSize: received.byteSize,
          loadedAt: now.toISOString(),
          rowsIn: loaded.rowsIn,
          rowsLoaded: loaded.rowsLoaded,
          rowsDuplicate: loaded.rowsDuplicate,
          rowsQuarantined: loaded.rowsQuarantined,
          controlTotal: loaded.controlTotal,
        });
        return balance;
      });
      report({ label: `${received.name}: done`, done: 3, total: 3 });
      return { ...sheet, alreadyLoaded: false, durationMs: performance.now() - startedMs };
    });
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

async function findEarlierLoad(
  session: Session,
  identity: Readonly<Record<string, string | null>>,
): Promise<{ file_id: number; rows_in: number; control_total: number | null } | undefined> {
  const rows = await session.rows<{ file_id: number; rows_in: number; control_total: number | null }>(
    readIngestSql("find_loaded_file"),
    identity,
  );
  return rows[0];
}
