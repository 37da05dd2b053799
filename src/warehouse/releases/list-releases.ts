import { existsSync, readdirSync } from "node:fs";
import type { VarPaths } from "../../core/paths.ts";
import { readManifest } from "./read-manifest.ts";
import { isReleaseId } from "./release-id.ts";
import type { ReleaseManifest } from "./release-manifest.ts";

/** Ids of complete releases, newest first. */
export function listReleaseIds(paths: VarPaths): string[] {
  if (!existsSync(paths.releases)) return [];
  return readdirSync(paths.releases).filter(isReleaseId).sort().reverse();
}

/** Manifests of the releases, newest first; one that cannot be read is left out (verifying it tells what is wrong). */
export function listReleases(paths: VarPaths): ReleaseManifest[] {
  return listReleaseIds(paths).flatMap((id) => {
    try {
      return [readManifest(paths, id)];
    } catch {
      return [];
    }
  });
}
