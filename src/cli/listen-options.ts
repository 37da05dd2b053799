import type { Config } from "../core/config.ts";
import { fail } from "../core/errors.ts";
import type { GivenOptions, OptionSpec } from "./command.ts";

export const LISTEN_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  port: { type: "string", value: "N", help: "port to listen on, 0 for any free one (TRADEWIND_PORT, 8080)" },
  host: { type: "string", value: "H", help: "address to listen on (TRADEWIND_HOST, 127.0.0.1)" },
};

/** The configuration with --port and --host put in. */
export function readListenOptions(config: Config, options: GivenOptions): Config {
  return {
    ...config,
    host: options.text("host") ?? config.host,
    port: readPort(options.text("port")) ?? config.port,
  };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw fail("REQUEST_INVALID", `--port "${text}" must be a whole number from 0 to 65535.`);
  }
  return port;
}
