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
const BUFFER_BYTES = 16_000;
const FLUSH_AFTER_MS = 100;

/**
 * Where lines go, a file or a descriptor; many in one write: a write a line costs an answer a tenth of its time. What is not written
 * yet when the process ends in order is written then; when it is killed, the last 100 ms are lost.
 */
export function openLogTarget(dest: number | string): DestinationStream {
  const target = destination({ dest, sync: false, minLength: BUFFER_BYTES });
  // Gathered here: the target would copy all that waits for each line that comes.
  let lines: string[] = [];
  let length = 0;
  const handOver = (): void => {
    if (lines.length === 0) return;
    const text = lines.join("");
    [lines, length] = [[], 0];
    target.write(text);
  };
  const timer = setInterval(() => {
    handOver();
    target.flush();
  }, FLUSH_AFTER_MS).unref();
  // Before the target's own listeners, which write what it has.
  process.prependListener("beforeExit", handOver).prependListener("exit", handOver);
  target.once("close", () => {
    clearInterval(timer);
    process.off("beforeExit", handOver).off("exit", handOver);
  });
  return {
    write: (line) => {
      lines.push(line);
      length += line.length;
      if (length >= BUFFER_BYTES) handOver();
    },
  };
}

/** JSON lines on stderr: stdout belongs to the data a command prints. */
export function createLogger(level: string, target: DestinationStream = openLogTarget(2)): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: createTimestamp(),
      formatters: { log: createCensor(SECRET_FIELDS) },
    },
    target,
  );
}

/** The time of a line as `toISOString` writes it; what changes once a second is written once a second. */
function createTimestamp(): () => string {
  let second = Number.NaN;
  let head = "";
  return () => {
    const nowMs = Date.now();
    const millisecond = nowMs % 1000;
    if (nowMs - millisecond !== second) {
      second = nowMs - millisecond;
      head = `,"time":"${new Date(second).toISOString().slice(0, -4)}`;
    }
    return `${head}${String(millisecond).padStart(3, "0")}Z"`;
  };
}
