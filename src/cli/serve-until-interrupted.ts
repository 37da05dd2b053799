import { once } from "node:events";
import type { Config } from "../core/config.ts";
import type { CommandCall } from "./command.ts";

/** Serves until Ctrl-C or SIGTERM. The line that says where to look is the last one, on stdout. */
export async function serveUntilInterrupted({ clock, terminal }: CommandCall, config: Config): Promise<void> {
  const { startServer } = await import("../api/server.ts");
  const server = await startServer({ config, clock });
  terminal.stdout.write(`Tradewind is ready: ${server.url}  (dashboards)  ·  ${server.url}/docs  (API)\n`);
  if (!terminal.signal.aborted) await once(terminal.signal, "abort");
  await server.close();
}
