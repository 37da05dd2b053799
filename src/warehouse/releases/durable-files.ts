import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { fail } from "../../core/errors.ts";

/**
 * Changes to the disk in an order that survives a power cut: content is synced before the name that makes it visible,
 * and the folder after it. Every change is announced first, so that a test can stop the world between any two.
 */
export interface DurableFiles {
  createFolder(path: string): void;
  /** Writes and syncs a file that nobody looks at yet. */
  write(path: string, content: Uint8Array | string): void;
  /** Has something else write `path` (the engine), then syncs it. */
  writeThrough(path: string, write: () => Promise<void>): Promise<void>;
  /** Replaces `path` in one step: readers see the old content or the new, never a part. */
  replace(path: string, content: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): void;
}

/** `beforeChange` is called before each change with what is about to happen. */
export function createDurableFiles(beforeChange: (change: string) => void = () => {}): DurableFiles {
  const change = (what: string, work: () => void): void => {
    beforeChange(what);
    try {
      work();
    } catch (error) {
      throw toStorageError(error);
    }
  };

  const files: DurableFiles = {
    createFolder: (path) => change(`create ${basename(path)}`, () => createFolder(path)),
    write: (path, content) => {
      change(`write ${basename(path)}`, () => writeFileSync(path, content));
      change(`sync ${basename(path)}`, () => sync(path));
    },
    writeThrough: async (path, write) => {
      beforeChange(`write ${basename(path)}`);
      await write();
      change(`sync ${basename(path)}`, () => sync(path));
    },
    replace: (path, content) => {
      files.write(`${path}.tmp`, content);
      files.rename(`${path}.tmp`, path);
    },
    rename: (from, to) => {
      change(`rename ${basename(from)} to ${basename(to)}`, () => renameSync(from, to));
      files.syncFolder(dirname(to));
    },
    remove: (path) => change(`remove ${basename(path)}`, () => rmSync(path, { recursive: true, force: true })),
    syncFolder: (path) => change(`sync ${basename(path)}`, () => sync(path)),
  };
  return files;
}

/** SHA-256 of a file as hex, read as a stream. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

export function hashBytes(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Creates a folder and those above it, each of them entered durably in its parent. */
function createFolder(path: string): void {
  const topmost = mkdirSync(path, { recursive: true });
  if (topmost === undefined) return;
  for (let parent = dirname(path); parent.length >= dirname(topmost).length; parent = dirname(parent)) {
    sync(parent);
    if (parent === dirname(parent)) break;
  }
}

/** Syncs a file's content, or a folder's list of names. */
function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function toStorageError(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code === "ENOSPC"
    ? fail("STORAGE_FULL", "The disk is full; free space and run again. The current release is untouched.", {
        cause: error,
      })
    : error;
}
