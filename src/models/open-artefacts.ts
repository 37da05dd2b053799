import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../core/errors.ts";
import type { ReleaseManifest } from "../warehouse/releases/release-manifest.ts";

/**
 * A reader of a model's files in a release folder, or undefined where the release has no artefact of it.
 * The reader throws `MODEL_ARTEFACT_INVALID` for a file that is missing.
 */
export function openArtefacts(
  folder: string,
  manifest: ReleaseManifest,
  model: string,
): ((name: string) => Uint8Array) | undefined {
  const card = manifest.models.find((card) => card.name === model);
  if (card === undefined || card.artefacts.length === 0) return undefined;
  return (name) => {
    try {
      return readFileSync(join(folder, "models", name));
    } catch (error) {
      throw fail("MODEL_ARTEFACT_INVALID", `Release ${manifest.releaseId} lacks models/${name}.`, { cause: error });
    }
  };
}
