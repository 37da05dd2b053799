import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Which process wrote a line or holds a lock, so that another process can tell whether it is still there. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Start time in kernel ticks since boot: a pid may be used again, the pair is not. Null where /proc is missing. */
  readonly startTicks: string | null;
}

/** How long a process that cannot be looked up (another host, no /proc) may stay silent before it counts as gone. */
export const SILENCE_LIMIT_MS = 60_000;

export function ownIdentity(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, startTicks: readStartTicks(process.pid) ?? null };
}

/**
 * Whether that process still runs. On the same host /proc decides; elsewhere the age of its last sign of life does.
 */
export function isProcessAlive(identity: ProcessIdentity, lastSignMs: number, nowMs: number): boolean {
  const isFresh = nowMs - lastSignMs <= SILENCE_LIMIT_MS;
  if (identity.host !== hostname()) return isFresh;
  if (identity.startTicks !== null) return readStartTicks(identity.pid) === identity.startTicks;
  return isFresh && hasPid(identity.pid);
}

/** Field 22 of /proc/<pid>/stat; undefined when there is no such process, it is a zombie, or there is no /proc. */
function readStartTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name, in parentheses, may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const isDead = fields[0] === "Z" || fields[0] === "X";
    return isDead ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function hasPid(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
