import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { VarPaths } from "../../core/paths.ts";

export const WORK_PREFIX = "ingest-";
export const RECEIVING_PREFIX = ".receiving-";

/** Removes what a load that was killed left behind. Safe since one process owns the warehouse and loads one file at a time. */
export function clearLeftovers(paths: VarPaths): void {
  for (const [folder, prefix] of [
    [paths.temp, WORK_PREFIX],
    [paths.rawFiles, RECEIVING_PREFIX],
  ] as const) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      if (name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}
