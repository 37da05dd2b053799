import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";

/** The nightly run leaves files with this ending alone. */
const OPEN = ".part";
const NEWLINE = 10;

type InboxRow = Readonly<Record<string, string | number>>;

export interface InboxLog {
  /** Ends when the rows are on the disk. Calls at the same time share one write. */
  append(rows: readonly InboxRow[]): Promise<void>;
  /** Hands the file over to the nightly run. */
  close(): Promise<void>;
}

export interface InboxLogOptions {
  readonly inbox: string;
  /** The folder of the inbox that the nightly run loads with the contract of this name. */
  readonly dataset: string;
  /** How the names of the files begin; a word. */
  readonly prefix: string;
  readonly clock: Clock;
  /** A file is handed over when it is this old, at the next row or half as long after. */
  readonly handOverMs?: number;
}

/**
 * Appends rows as NDJSON below `<inbox>/<dataset>`, a line a row in the columns of the contract. The file in use ends in
 * ".part"; it is renamed when it is handed over, at closing, and at the next start after a crash, without the line that
 * the crash cut off.
 */
export function createInboxLog(options: InboxLogOptions): InboxLog {
  const { inbox, dataset, prefix, clock, handOverMs = 600_000 } = options;
  const folder = join(inbox, dataset);
  handOverLeftOver(folder, prefix);
  let current: { handle: FileHandle; path: string; openedMs: number } | undefined;
  let serial = 0;
  let waiting: { text: string; settle: (error?: unknown) => void }[] = [];
  let working: Promise<void> | undefined;

  const handOver = async (): Promise<void> => {
    const done = current;
    current = undefined;
    if (done === undefined) return;
    await done.handle.close();
    renameSync(done.path, done.path.slice(0, -OPEN.length));
  };
  const openFile = async () => {
    const now = clock.now();
    if (current !== undefined && now.getTime() - current.openedMs >= handOverMs) await handOver();
    if (current !== undefined) return current;
    mkdirSync(folder, { recursive: true });
    const name = `${prefix}-${now.toISOString().replace(/\W/g, "")}-${process.pid}-${++serial}.ndjson${OPEN}`;
    const path = join(folder, name);
    current = { handle: await open(path, "ax"), path, openedMs: now.getTime() };
    return current;
  };
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const { handle } = await openFile();
        await handle.appendFile(batch.map(({ text }) => text).join(""));
        await handle.datasync();
        for (const { settle } of batch) settle();
      } catch (error) {
        for (const { settle } of batch) settle(error);
      }
    }
  };
  const start = (): Promise<void> => (working ??= work().finally(() => (working = undefined)));

  const timer = setInterval(
    () => {
      const isDue = current !== undefined && clock.now().getTime() - current.openedMs >= handOverMs;
      // A file that cannot be renamed now is tried again, and handed over at the next start at the latest.
      if (isDue && working === undefined)
        working = handOver()
          .catch(() => {})
          .finally(() => (working = undefined));
    },
    Math.max(1000, handOverMs / 2),
  );
  timer.unref();

  return {
    append: async (rows) => {
      if (rows.length === 0) return;
      const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
      const written = new Promise<void>((resolve, reject) => {
        waiting.push({ text, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      });
      // Work that is only handing a file over does not look at what waits.
      void (working === undefined ? start() : working.then(start));
      await written;
    },
    close: async () => {
      clearInterval(timer);
      await working;
      await start();
      await handOver();
    },
  };
}

/** Files of processes that are gone; those of living ones are theirs. */
function handOverLeftOver(folder: string, prefix: string): void {
  const pattern = new RegExp(`^${prefix}-\\w+-(\\d+)-\\d+\\.ndjson\\.part$`);
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = Number(pattern.exec(name)?.[1]);
    if (!Number.isInteger(pid) || (pid !== process.pid && isAlive(pid))) continue;
    const path = join(folder, name);
    const whole = readFileSync(path).lastIndexOf(NEWLINE) + 1;
    if (whole === 0) {
      rmSync(path);
    } else {
      truncateSync(path, whole);
      renameSync(path, path.slice(0, -OPEN.length));
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
