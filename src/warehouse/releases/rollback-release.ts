import { fail } from "../../core/errors.ts";
import type { VarPaths } from "../../core/paths.ts";
import { listReleaseIds } from "./list-releases.ts";
import { currentReleaseId, publishRelease } from "./publish-release.ts";

/**
 * Points at an earlier release: the given one, else the newest that is older than the current one. Returns its id.
 * Throws `RELEASE_NONE` when nothing is published yet, `RELEASE_NOT_FOUND` when there is none to go back to.
 */
export function rollbackRelease(paths: VarPaths, releaseId?: string): string {
  const target = releaseId ?? findPrevious(paths);
  publishRelease(paths, target);
  return target;
}

function findPrevious(paths: VarPaths): string {
  const current = currentReleaseId(paths);
  if (current === undefined)
    throw fail("RELEASE_NONE", "No release has been published, so there is none to roll back.");
  const previous = listReleaseIds(paths).find((id) => id < current);
  if (previous === undefined) throw fail("RELEASE_NOT_FOUND", `There is no release before ${current}.`);
  return previous;
}
