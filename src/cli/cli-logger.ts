import { destination, pino, stdTimeFunctions } from "pino";
import type { Config } from "../core/config.ts";
import type { Logger } from "../core/log.ts";
import type { Terminal } from "./command.ts";

/** JSON lines on stderr. Only warnings, since progress is shown there, unless TRADEWIND_LOG_LEVEL says otherwise. */
export function createCliLogger(config: Config, { env }: Terminal): Logger {
  const level = env["TRADEWIND_LOG_LEVEL"] === undefined ? "warn" : config.logLevel;
  return pino({ level, timestamp: stdTimeFunctions.isoTime }, destination({ dest: 2, sync: true }));
}
