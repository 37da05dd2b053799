import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fail } from "../../core/errors.ts";
import type { VarPaths } from "../../core/paths.ts";
import { createDurableFiles, type DurableFiles } from "./durable-files.ts";
import { listReleaseIds } from "./list-releases.ts";
import { currentReleaseId } from "./publish-release.ts";
import { readManifest } from "./read-manifest.ts";
import { releaseFolder, REMOVING_SUFFIX } from "./release-paths.ts";

export interface Pruned {
  readonly releases: readonly string[];
  /** Fact partitions that no release refers to any more. */
  readonly partitions: number;
}

/**
 * Removes all but the newest `keep` releases, and the fact partitions only they referred to. The current release stays,
 * however old. When the manifest of a release that stays cannot be read, nothing is removed (`RELEASE_INVALID`).
 * Only the owner of the warehouse may call it: partitions that a release is being staged with are not referred to yet.
 */
export function pruneReleases(paths: VarPaths, keep: number, files: DurableFiles = createDurableFiles()): Pruned {
  if (!Number.isInteger(keep) || keep < 1) {
    throw fail("REQUEST_INVALID", `At least one release must be kept; ${keep} is not a count of releases.`);
  }
  const current = currentReleaseId(paths);
  const ids = listReleaseIds(paths);
  const kept = ids.filter((id, index) => index < keep || id === current);
  const removed = ids.filter((id) => !kept.includes(id));
  const referenced = new Set(kept.flatMap((id) => readManifest(paths, id).facts.map((fact) => fact.path)));

  for (const id of removed) {
    const folder = releaseFolder(paths, id);
    // Renamed first: a release is whole or gone, also when the removal is cut off.
    files.rename(folder, `${folder}${REMOVING_SUFFIX}`);
  }
  removeLeftOvers(paths, files);
  const orphans = listFactFiles(paths).filter((path) => !referenced.has(path));
  for (const path of orphans) files.remove(join(paths.root, path));
  return { releases: removed, partitions: orphans.length };
}

function removeLeftOvers(paths: VarPaths, files: DurableFiles): void {
  if (!existsSync(paths.releases)) return;
  for (const name of readdirSync(paths.releases)) {
    if (name.endsWith(REMOVING_SUFFIX)) files.remove(join(paths.releases, name));
  }
}

/** Files below `var/facts`, relative to the folder of run-time state. */
function listFactFiles(paths: VarPaths): string[] {
  if (!existsSync(paths.facts)) return [];
  return readdirSync(paths.facts, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(paths.root, join(entry.parentPath, entry.name)));
}
