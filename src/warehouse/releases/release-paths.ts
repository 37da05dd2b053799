import { join } from "node:path";
import type { VarPaths } from "../../core/paths.ts";

/** Names inside a release folder. */
export const MARTS_FILE = "marts.duckdb";
export const MODELS_FOLDER = "models";
export const MANIFEST_FILE = "manifest.json";
/** Checksum of the manifest, which cannot hold its own. */
export const MANIFEST_CHECKSUM_FILE = "manifest.sha256";
/** A release being staged. */
export const STAGING_SUFFIX = ".tmp";
/** A release being removed. */
export const REMOVING_SUFFIX = ".removing";

export function releaseFolder(paths: VarPaths, releaseId: string): string {
  return join(paths.releases, releaseId);
}

/** The file whose text is the id of the release to serve. */
export function currentPointer(paths: VarPaths): string {
  return join(paths.releases, "CURRENT");
}
