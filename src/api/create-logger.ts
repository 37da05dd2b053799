import { destination, pino, type DestinationStream, type Logger } from "pino";

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

/** JSON lines on stderr: stdout belongs to the data a command prints. */
export function createLogger(level: string, target: DestinationStream = destination({ dest: 2, sync: false })): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `req.headers["${field}"]`]);
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: "[redacted]" },
    },
    target,
  );
}
