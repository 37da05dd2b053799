import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../core/errors.ts";
import type { VarPaths } from "../../core/paths.ts";
import { isReleaseId } from "./release-id.ts";
import type { ReleaseManifest } from "./release-manifest.ts";
import { MANIFEST_FILE, releaseFolder } from "./release-paths.ts";

/** Manifest of a release; throws `RELEASE_NOT_FOUND`, or `RELEASE_INVALID` when it cannot be read. */
export function readManifest(paths: VarPaths, releaseId: string): ReleaseManifest {
  const path = join(releaseFolder(paths, releaseId), MANIFEST_FILE);
  if (!isReleaseId(releaseId) || !existsSync(path)) {
    throw fail("RELEASE_NOT_FOUND", `There is no release "${releaseId}"; list the releases to see which there are.`);
  }
  const manifest = parseManifest(readFileSync(path, "utf8"));
  if (manifest?.releaseId !== releaseId) {
    throw fail("RELEASE_INVALID", `The manifest of release ${releaseId} is damaged; roll back to another release.`);
  }
  return manifest;
}

function parseManifest(text: string): ReleaseManifest | undefined {
  try {
    // Written by this program and guarded by a checksum; damage beyond JSON is found by verifying the release.
    return JSON.parse(text) as ReleaseManifest;
  } catch {
    return undefined;
  }
}
