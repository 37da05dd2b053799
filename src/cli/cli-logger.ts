import { destination, pino, stdTimeFunctions } from "pino";
import type { Config } from "../core/config.ts";
import type { Logger } from "../core/log.ts";
import type { Terminal } from "./command.ts";

/**
 * JSON lines on stderr. Unless TRADEWIND_LOG_LEVEL says otherwise only what no command says in its own words: failures
 * of the program or the machine, with their cause.
 */
export function createCliLogger(config: Config, { env }: Terminal): Logger {
  const level = env["TRADEWIND_LOG_LEVEL"] === undefined ? "error" : config.logLevel;
  return pino({ level, timestamp: stdTimeFunctions.isoTime }, destination({ dest: 2, sync: true }));
}
