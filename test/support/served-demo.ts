import { cpSync, existsSync, mkdtempSync, renameSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { startServer } from "../../src/api/server.ts";
import { readConfig } from "../../src/core/config.ts";
import { packageRoot } from "../../src/core/paths.ts";
import { runCli } from "./cli-process.ts";

export interface ServedDemo {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * The product as a newcomer meets it: one night over the bundled data, then the server on a free port. The night is run once for
 * all test files, which run one after the other; each serves a copy of what it made.
 */
export async function serveDemo(): Promise<ServedDemo> {
  const folder = inject("demoFolder");
  const made = join(folder, "made");
  if (!existsSync(made)) {
    const making = mkdtempSync(join(folder, "making-"));
    const night = await runCli({ varDir: making, dataDir: join(packageRoot(), "data") }, ["nightly"]);
    if (night.code !== 0) throw new Error(`the night failed:\n${night.stderr}`);
    renameSync(making, made);
  }
  const varDir = mkdtempSync(join(folder, "served-"));
  cpSync(made, varDir, { recursive: true });
  const config = readConfig({}, { varDir, port: 0 });
  const server = await startServer({ config, logLevel: "error", isScheduling: false });
  return { url: server.url, close: () => server.close() };
}
