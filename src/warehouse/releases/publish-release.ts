import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../core/errors.ts";
import type { VarPaths } from "../../core/paths.ts";
import { createDurableFiles, type DurableFiles } from "./durable-files.ts";
import { readManifest } from "./read-manifest.ts";
import type { ReleaseManifest } from "./release-manifest.ts";
import { currentPointer, releaseFolder } from "./release-paths.ts";

/** Id of the release that is served; undefined before the first one is published. */
export function currentReleaseId(paths: VarPaths): string | undefined {
  const pointer = currentPointer(paths);
  return existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : undefined;
}

/**
 * Makes a staged release the one that is served: one rename of the pointer file. Every file of it must be there in its
 * full size, else `RELEASE_INVALID`; reading all bytes is `verifyRelease`'s work.
 */
export function publishRelease(
  paths: VarPaths,
  releaseId: string,
  files: DurableFiles = createDurableFiles(),
): ReleaseManifest {
  const manifest = readManifest(paths, releaseId);
  const folder = releaseFolder(paths, releaseId);
  for (const file of manifest.files) requireSize(join(folder, file.path), file.bytes, file.path);
  for (const fact of manifest.facts) requireSize(join(paths.root, fact.path), fact.bytes, fact.path);
  files.replace(currentPointer(paths), `${releaseId}\n`);
  return manifest;
}

function requireSize(path: string, bytes: number, name: string): void {
  if (!existsSync(path) || statSync(path).size !== bytes) {
    throw fail("RELEASE_INVALID", `${name} is missing or has another size than it was released with.`);
  }
}
