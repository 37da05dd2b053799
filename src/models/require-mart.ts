import { fail } from "../core/errors.ts";
import type { OpenRelease } from "../warehouse/release-reader.ts";

/** Refuses a release that an earlier version made without the mart, before a query fails on it. */
export function requireMart({ id, manifest }: Pick<OpenRelease, "id" | "manifest">, mart: string): void {
  if (mart in manifest.figures) return;
  throw fail("MODEL_NOT_PUBLISHED", `Release ${id} was made before ${mart} existed; run the nightly graph once.`);
}
