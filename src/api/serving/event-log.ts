import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import type { VisitorEvent } from "./live-events.ts";

/** The folder of the inbox that the nightly run loads with the contract of this name. */
const DATASET = "traffic-events";
/** The nightly run leaves files with this ending alone. */
const OPEN = ".part";
const NEWLINE = 10;

const KINDS = { view: "view_item", cart: "add_to_cart", purchase: "purchase" } as const;

export interface LoggedEvent extends VisitorEvent {
  readonly market?: string | undefined;
  readonly quantity?: number | undefined;
}

export interface EventLog {
  /** Ends when the events are on the disk. Calls at the same time share one write. */
  append(events: readonly LoggedEvent[]): Promise<void>;
  /** Hands the file over to the nightly run. */
  close(): Promise<void>;
}

export interface EventLogOptions {
  readonly inbox: string;
  readonly clock: Clock;
  /** A file is handed over when it is this old, at the next event or half as long after. */
  readonly handOverMs?: number;
}

/**
 * Appends events as NDJSON below `<inbox>/traffic-events`, a line an event in the columns of the contract. The file in use
 * ends in ".part"; it is renamed when it is handed over, at closing, and at the next start after a crash, without the line
 * that the crash cut off.
 */
export function createEventLog({ inbox, clock, handOverMs = 600_000 }: EventLogOptions): EventLog {
  const folder = join(inbox, DATASET);
  handOverLeftOver(folder);
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
    const name = `events-${now.toISOString().replace(/\W/g, "")}-${process.pid}-${++serial}.ndjson${OPEN}`;
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
    append: async (events) => {
      if (events.length === 0) return;
      const text = events.map((event) => `${JSON.stringify(toRow(event))}\n`).join("");
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

function toRow(event: LoggedEvent): Record<string, string | number> {
  const { store, visitorId, sessionId, atMs, kind, itemId, market, quantity } = event;
  return {
    store_id: store,
    visitor_id: visitorId,
    ...(sessionId === undefined ? {} : { session_id: sessionId }),
    event_at: new Date(atMs).toISOString(),
    kind: KINDS[kind],
    product_id: itemId,
    ...(market === undefined ? {} : { market }),
    ...(quantity === undefined ? {} : { quantity }),
  };
}

/** Files of processes that are gone; those of living ones are theirs. */
function handOverLeftOver(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = Number(/^events-\w+-(\d+)-\d+\.ndjson\.part$/.exec(name)?.[1]);
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
