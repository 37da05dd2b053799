import { createHash } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { fail } from "../../core/errors.ts";

export interface KeyedRequest {
  /** The caller's key; undefined when there is none and the work is simply done. */
  readonly key: string | undefined;
  /** Which operation; the same key may be used for another. */
  readonly operation: string;
  /** Everything the request asks for; the same key with other content is refused. */
  readonly content: unknown;
}

export interface IdempotencyStore {
  /** Does the work once a key; later calls with the same key and content get the first answer. */
  once<T>(
    request: KeyedRequest,
    work: () => T | Promise<T>,
  ): Promise<{ readonly answer: T; readonly isReplay: boolean }>;
}

interface Entry {
  readonly contentHash: string;
  readonly claimedAt: string;
  readonly answer?: unknown;
}

const KEEP_MS = 24 * 3_600_000;
/** A claim without an answer for this long belongs to a process that died. */
const CLAIM_MS = 60_000;

/**
 * Keeps answers as one small file a key, so that every process over the same folder agrees. A claim is a hard link,
 * which exactly one of several processes can make. Failed work frees its key. Keys are kept for a day, as hashes.
 */
export function createIdempotencyStore(folder: string, clock: Clock): IdempotencyStore {
  const claim = (path: string, entry: Entry): boolean => {
    const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    writeFileSync(draft, JSON.stringify(entry), { flush: true });
    try {
      linkSync(draft, path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  };

  const isExpired = (entry: Entry): boolean => {
    const ageMs = clock.now().getTime() - Date.parse(entry.claimedAt);
    return ageMs > (entry.answer === undefined ? CLAIM_MS : KEEP_MS);
  };

  return {
    once: async <T>({ key, operation, content }: KeyedRequest, work: () => T | Promise<T>) => {
      if (key === undefined) return { answer: await work(), isReplay: false };
      mkdirSync(folder, { recursive: true });
      removeOld(folder, clock.now().getTime() - KEEP_MS);
      const path = join(folder, `${hash([operation, key])}.json`);
      const entry: Entry = { contentHash: hash(content), claimedAt: clock.now().toISOString() };
      if (!claim(path, entry)) {
        const other = readEntry(path);
        if (other !== undefined && !isExpired(other)) {
          // Stored by this function with the answer of the same operation.
          return { answer: replay(other, entry) as T, isReplay: true };
        }
        rmSync(path, { force: true });
        if (!claim(path, entry)) throw stillAnswering();
      }
      try {
        const answer = await work();
        writeFileSync(`${path}.answer`, JSON.stringify({ ...entry, answer }), { flush: true });
        renameSync(`${path}.answer`, path);
        return { answer, isReplay: false };
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      }
    },
  };
}

function replay(stored: Entry, entry: Entry): unknown {
  if (stored.contentHash !== entry.contentHash) {
    const message = "idempotency-key was used for another request; send a new key with each new request.";
    throw fail("IDEMPOTENCY_KEY_REUSED", message, { errors: [{ pointer: "/idempotency-key", message }] });
  }
  if (stored.answer === undefined) throw stillAnswering();
  return stored.answer;
}

function stillAnswering(): Error {
  return fail("IDEMPOTENCY_KEY_IN_USE", "The first request with this key is still being answered; ask again shortly.");
}

/** Undefined when the file was removed meanwhile. */
function readEntry(path: string): Entry | undefined {
  try {
    // Written by `claim` or `once`, always whole.
    return JSON.parse(readFileSync(path, "utf8")) as Entry;
  } catch {
    return undefined;
  }
}

function removeOld(folder: string, beforeMs: number): void {
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < beforeMs) rmSync(path, { force: true });
  }
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
