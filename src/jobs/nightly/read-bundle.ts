import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { fail } from "../../core/errors.ts";

/** A file to ingest and what it is. */
export interface FileToIngest {
  readonly dataset: string;
  readonly source: string;
  readonly file: string;
}

/** The files that `bundle.yaml` of the data folder lists, in its order; none where there is no such list. */
export function readBundle(dataDir: string): FileToIngest[] {
  const list = join(dataDir, "bundle.yaml");
  if (!existsSync(list)) return [];
  const entries: unknown = parse(readFileSync(list, "utf8"));
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    throw fail("CONFIG_INVALID", `${list} must be a list of { dataset, source, file }.`);
  }
  return entries.map((entry) => ({ ...entry, file: join(dataDir, entry.file) }));
}

function isEntry(entry: unknown): entry is FileToIngest {
  // Reading a property of any object gives a value or undefined.
  const fields = (entry ?? {}) as Record<string, unknown>;
  return ["dataset", "source", "file"].every((name) => typeof fields[name] === "string");
}
