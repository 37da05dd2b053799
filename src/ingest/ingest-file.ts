import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { toIsoDate } from "../core/dates.ts";
import { fail } from "../core/errors.ts";
import type { VarPaths } from "../core/paths.ts";
import { ignoreProgress, type ProgressListener } from "../core/progress.ts";
import type { Session } from "../warehouse/database.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { assertBalance, type BalanceSheet } from "./balance-sheet.ts";
import type { Contract } from "./declare/contract.ts";
import { readContract } from "./declare/read-contract.ts";
import { readSource } from "./declare/read-source.ts";
import type { DatasetMapping, SourceMapping } from "./declare/source-mapping.ts";
import { DEFAULT_LIMITS, type IngestLimits } from "./limits.ts";
import { loadStaged } from "./load-staged.ts";
import { readIngestSql } from "./read-sql.ts";
import { detectFormat } from "./receive/detect-format.ts";
import { keepRaw } from "./receive/keep-raw.ts";
import { checkReceivedPath } from "./receive/open-received.ts";
import { stageFile } from "./stage/stage-file.ts";

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

/** What a dataset and a source say together. */
export interface LoadRules {
  readonly contract: Contract;
  readonly mapping: SourceMapping;
  readonly dataset: DatasetMapping;
  /** Changes whenever the contract or the mapping does. */
  readonly version: string;
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
  const workDir = mkdtempSync(join(paths.temp, "ingest-"));
  // Staging must keep the order of the file: line numbers come from it.
  await session.run("SET preserve_insertion_order = true");
  try {
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
  } finally {
    await session.run("SET preserve_insertion_order = false");
    rmSync(workDir, { recursive: true, force: true });
  }
}

/** Contract and mapping of a dataset and a source. Throws when they do not go together. */
export function findRules(dataset: string, source: string, sourcesDir?: string): LoadRules {
  const contract = readContract(dataset);
  const mapping = readSource(source, sourcesDir);
  const rules = mapping.datasets[contract.dataset];
  if (rules === undefined) {
    throw fail(
      "INGEST_SOURCE_UNKNOWN",
      `The source "${source}" has no ${contract.dataset}; it has ${Object.keys(mapping.datasets).join(", ")}.`,
    );
  }
  const version = createHash("sha256").update(contract.digest).update(mapping.digest).digest("hex").slice(0, 16);
  return { contract, mapping, dataset: rules, version };
}

function wantedColumns({ contract, mapping, dataset }: LoadRules): string[] {
  const names = Object.values(dataset.fields).flatMap((field) => field.from);
  if (mapping.byName) for (const column of contract.columns) names.push(column.field, ...column.accept);
  if (dataset.fillWithin !== undefined) names.push(dataset.fillWithin.by);
  return [...new Set(names)];
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
