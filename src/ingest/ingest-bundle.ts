import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import type { Config } from "../core/config.ts";
import type { VarPaths } from "../core/paths.ts";
import { ignoreProgress, type ProgressListener } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { BalanceSheet } from "./balance-sheet.ts";
import { compileSchema, readDeclaration } from "./declare/read-declaration.ts";
import { ingestFile } from "./ingest-file.ts";

interface BundleEntry {
  readonly dataset: string;
  readonly source: string;
  readonly file: string;
}

const validate = compileSchema<readonly BundleEntry[]>({
  type: "array",
  items: {
    type: "object",
    additionalProperties: false,
    required: ["dataset", "source", "file"],
    properties: {
      dataset: { type: "string" },
      source: { type: "string" },
      // Inside the data folder: no absolute path, no step up.
      file: { type: "string", pattern: "^(?!/)(?!.*\\.\\.)[^\\\\]+$" },
    },
  },
});

/** Loads what `bundle.yaml` of the data folder lists, in its order. Files that are loaded already cost one read. */
export async function ingestBundle(
  warehouse: Warehouse,
  paths: VarPaths,
  config: Pick<Config, "dataDir" | "sourcesDir">,
  clock: Clock,
  onProgress: ProgressListener = ignoreProgress,
): Promise<BalanceSheet[]> {
  const entries = readDeclaration(join(config.dataDir, "bundle.yaml"), "bundle.yaml", validate).value;
  const sheets: BalanceSheet[] = [];
  for (const [index, entry] of entries.entries()) {
    onProgress({ label: entry.file, done: index, total: entries.length });
    sheets.push(
      await ingestFile(warehouse, paths, {
        dataset: entry.dataset,
        source: entry.source,
        file: join(config.dataDir, entry.file),
        rootDir: config.dataDir,
        sourcesDir: config.sourcesDir,
        clock,
      }),
    );
  }
  onProgress({ label: "bundled data", done: entries.length, total: entries.length });
  return sheets;
}
