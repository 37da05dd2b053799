import { destination, pino } from "pino";
import type { Config } from "../core/config.ts";
import type { Logger } from "../core/log.ts";
import type { Terminal } from "./command.ts";

/**
 * JSON lines on stderr. On a terminal, where progress is drawn, only warnings, unless TRADEWIND_LOG_LEVEL says otherwise.
 */
export function createCliLogger(config: Config, terminal: Terminal): Logger {
  const isChosen = terminal.env["TRADEWIND_LOG_LEVEL"] !== undefined;
  const level = terminal.stderr.isTTY === true && !isChosen ? "warn" : config.logLevel;
  return pino({ level }, destination({ dest: 2, sync: true }));
}
