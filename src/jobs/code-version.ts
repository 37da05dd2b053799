import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../core/paths.ts";

/** Rooms whose code or SQL decides what a night produces. */
const ROOMS = ["core", "algorithms", "warehouse", "ingest", "models", "jobs"] as const;

/** Version of package.json. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  // package.json of this product.
  return (manifest as { version: string }).version;
}

/**
 * Hash of the running code and its SQL and YAML, so that changed code is never taken for unchanged results.
 * Reads a few hundred small files: some tens of milliseconds.
 */
export function hashCode(): string {
  const source = fileURLToPath(new URL("../", import.meta.url));
  const hash = createHash("sha256");
  for (const room of ROOMS) hashFolder(hash, join(source, room));
  return hash.digest("hex").slice(0, 16);
}

function hashFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) hashFolder(hash, path);
    else if (/(?<!\.d|\.test)\.(js|ts|sql|yaml|json)$/.test(entry.name)) {
      hash.update(entry.name).update(readFileSync(path));
    }
  }
}
