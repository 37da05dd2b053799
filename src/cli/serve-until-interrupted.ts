import { once } from "node:events";
import type { Config } from "../core/config.ts";
import type { CommandCall } from "./command.ts";

/**
 * Serves until Ctrl-C or SIGTERM, and says on stdout where to look. `logLevel` is for a person at the terminal, who wants no
 * line a request; TRADEWIND_LOG_LEVEL wins over it.
 */
export async function serveUntilInterrupted(
  { clock, terminal }: CommandCall,
  config: Config,
  logLevel = config.logLevel,
): Promise<void> {
  const { startServer } = await import("../api/server.ts");
  const server = await startServer({
    config,
    clock,
    logLevel: terminal.env["TRADEWIND_LOG_LEVEL"] === undefined ? logLevel : config.logLevel,
  });
  terminal.stdout.write(`Tradewind is ready: ${server.url}  (dashboards)  ·  ${server.url}/docs  (API)\n`);
  if (!terminal.signal.aborted) await once(terminal.signal, "abort");
  await server.close();
}
