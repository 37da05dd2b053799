import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { IsoDate } from "../../core/dates.ts";
import { fail } from "../../core/errors.ts";
import type { VarPaths } from "../../core/paths.ts";
import type { Session } from "../database.ts";
import { SERVED_TABLES } from "../marts/build-marts.ts";
import { fillIdentifiers, readSql } from "../read-sql.ts";
import { createDurableFiles, hashBytes, hashFile, type DurableFiles } from "./durable-files.ts";
import { exportFacts } from "./export-facts.ts";
import { listReleases } from "./list-releases.ts";
import { readManifest } from "./read-manifest.ts";
import { isReleaseId } from "./release-id.ts";
import type { DayWindow, ModelCard, ReleaseFile, ReleaseManifest } from "./release-manifest.ts";
import {
  MANIFEST_CHECKSUM_FILE,
  MANIFEST_FILE,
  MARTS_FILE,
  MODELS_FOLDER,
  releaseFolder,
  STAGING_SUFFIX,
} from "./release-paths.ts";
import { writeMartsFile } from "./write-marts-file.ts";

export interface ModelFile {
  /** File name in `models/`, e.g. `co-purchase.arrow`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface StageRequest {
  readonly releaseId: string;
  readonly runId: string;
  readonly asOf: IsoDate;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly version: string;
  readonly models: readonly ModelCard[];
  readonly modelFiles: readonly ModelFile[];
  /** Further figures for the manifest. */
  readonly figures?: Readonly<Record<string, number>>;
}

/**
 * Writes a complete release beside the current one, without publishing it. Everything goes into `<id>.tmp` and is synced;
 * one rename makes it a release. After a crash the left-over is discarded and staging starts again; a release that was
 * staged already is returned as it is.
 */
export async function stageRelease(
  paths: VarPaths,
  session: Session,
  request: StageRequest,
  files: DurableFiles = createDurableFiles(),
): Promise<ReleaseManifest> {
  const { releaseId } = request;
  if (!isReleaseId(releaseId)) throw fail("RELEASE_INVALID", `"${releaseId}" is not a release id.`);
  const folder = releaseFolder(paths, releaseId);
  if (existsSync(folder)) return readManifest(paths, releaseId);

  files.createFolder(paths.releases);
  for (const name of readdirSync(paths.releases)) {
    if (name.endsWith(STAGING_SUFFIX)) files.remove(join(paths.releases, name));
  }
  const known = listReleases(paths).flatMap((manifest) => manifest.facts);
  const facts = await exportFacts(paths, session, known, files);

  const staging = `${folder}${STAGING_SUFFIX}`;
  files.createFolder(join(staging, MODELS_FOLDER));
  const marts = join(staging, MARTS_FILE);
  await files.writeThrough(marts, () => writeMartsFile(session, marts));
  const released: ReleaseFile[] = [
    { path: MARTS_FILE, sha256: await hashFile(marts), bytes: statSync(marts).size },
    ...request.modelFiles.map((file) => writeModelFile(staging, file, files)),
  ];

  const manifest: ReleaseManifest = {
    releaseId,
    createdAt: request.createdAt,
    asOf: request.asOf,
    version: request.version,
    runId: request.runId,
    files: released,
    facts,
    windows: await readWindows(session),
    models: request.models,
    figures: { ...(await countTables(session)), ...request.figures },
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  files.write(join(staging, MANIFEST_FILE), text);
  files.write(join(staging, MANIFEST_CHECKSUM_FILE), `${hashBytes(text)}\n`);
  files.syncFolder(join(staging, MODELS_FOLDER));
  files.syncFolder(staging);
  files.rename(staging, folder);
  return manifest;
}

function writeModelFile(staging: string, file: ModelFile, files: DurableFiles): ReleaseFile {
  if (basename(file.name) !== file.name) {
    throw fail("RELEASE_INVALID", `"${file.name}" is not a plain file name for a model artefact.`);
  }
  files.write(join(staging, MODELS_FOLDER, file.name), file.bytes);
  return { path: `${MODELS_FOLDER}/${file.name}`, sha256: hashBytes(file.bytes), bytes: file.bytes.byteLength };
}

async function readWindows(session: Session): Promise<Record<string, DayWindow>> {
  const rows = await session.rows<{ domain: string; first_on: IsoDate; last_on: IsoDate }>(
    readSql("releases/list_windows"),
  );
  return Object.fromEntries(rows.map((row) => [row.domain, { from: row.first_on, to: row.last_on }]));
}

async function countTables(session: Session): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of SERVED_TABLES) {
    const [count] = await session.rows<{ rows: number }>(fillIdentifiers(readSql("marts/count_rows"), { table }));
    counts[table] = count?.rows ?? 0;
  }
  return counts;
}
