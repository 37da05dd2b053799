import { destination, pino, type DestinationStream, type Logger } from "pino";
import { createCensor } from "./censor-secrets.ts";

/** Names under which keys and personal data could be logged by mistake, at the top of a line or one level down. */
const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "idempotency-key",
  "email",
  "phone",
  "address",
];

/** Lines are written when there are so many bytes of them, or after so long. */
const BUFFER_BYTES = 4096;
const FLUSH_AFTER_MS = 100;

/**
 * Where lines go, a file or a descriptor; many in one write: a write a line costs an answer a tenth of its time. What is not written
 * yet when the process ends in order is written then; when it is killed, the last 100 ms are lost.
 */
export function openLogTarget(dest: number | string): DestinationStream {
  const target = destination({ dest, sync: false, minLength: BUFFER_BYTES });
  const timer = setInterval(() => target.flush(), FLUSH_AFTER_MS).unref();
  target.once("close", () => clearInterval(timer));
  return target;
}

/** JSON lines on stderr: stdout belongs to the data a command prints. */
export function createLogger(level: string, target: DestinationStream = openLogTarget(2)): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: createCensor(SECRET_FIELDS) },
    },
    target,
  );
}
