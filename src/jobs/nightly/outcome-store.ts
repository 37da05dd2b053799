import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { VarPaths } from "../../core/paths.ts";
import type { ModelOutcome } from "../../models/model.ts";
import { createDurableFiles } from "../../warehouse/releases/durable-files.ts";

/** What `outcome.json` says of the files beside it. */
interface StoredOutcome {
  readonly fingerprint: string;
  readonly card: ModelOutcome["card"];
  readonly files: readonly string[];
}

/**
 * Keeps what a model fitted, in `models/<model>/`, until a release takes it: so a run that was killed after the fit does
 * not fit again. The card is written last; without it there is no outcome.
 */
export function saveOutcome(paths: VarPaths, model: string, fingerprint: string, outcome: ModelOutcome): void {
  const folder = join(paths.models, model);
  const files = createDurableFiles();
  files.remove(folder);
  files.createFolder(folder);
  for (const file of outcome.files) files.write(join(folder, file.name), file.bytes);
  const stored: StoredOutcome = { fingerprint, card: outcome.card, files: outcome.files.map((file) => file.name) };
  files.replace(join(folder, "outcome.json"), JSON.stringify(stored));
}

export function loadOutcome(paths: VarPaths, model: string): ModelOutcome | undefined {
  const stored = readStored(paths, model);
  if (stored === undefined) return undefined;
  const folder = join(paths.models, model);
  return { card: stored.card, files: stored.files.map((name) => ({ name, bytes: readFileSync(join(folder, name)) })) };
}

/** Which inputs the kept outcome was fitted on; undefined when there is none. */
export function readOutcomeFingerprint(paths: VarPaths, model: string): string | undefined {
  return readStored(paths, model)?.fingerprint;
}

function readStored(paths: VarPaths, model: string): StoredOutcome | undefined {
  const path = join(paths.models, model, "outcome.json");
  // Written by saveOutcome.
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as StoredOutcome) : undefined;
}
