import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "../../src/api/server.ts";
import { readConfig } from "../../src/core/config.ts";
import { packageRoot } from "../../src/core/paths.ts";
import { runCli } from "./cli-process.ts";

export interface ServedDemo {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The product as a newcomer meets it: one night over the bundled data, then the server on a free port. */
export async function serveDemo(): Promise<ServedDemo> {
  const varDir = mkdtempSync(join(tmpdir(), "tradewind-demo-"));
  const night = await runCli({ varDir, dataDir: join(packageRoot(), "data") }, ["nightly"]);
  if (night.code !== 0) throw new Error(`the night failed:\n${night.stderr}`);
  const config = readConfig({}, { varDir, port: 0 });
  const server = await startServer({ config, logLevel: "error", isScheduling: false });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      rmSync(varDir, { recursive: true, force: true });
    },
  };
}
