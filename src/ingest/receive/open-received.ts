import { realpathSync, statSync } from "node:fs";
import { basename, dirname, sep } from "node:path";
import { fail } from "../../core/errors.ts";
import type { IngestLimits } from "../limits.ts";

/** A file that may be read: it exists, is a regular file, stays in its folder and is not too large. */
export interface ReceivedPath {
  readonly path: string;
  readonly name: string;
  readonly byteSize: number;
}

/**
 * Checks a path before anything is read. A symbolic link may point inside `rootDir` (the file's own folder by default), not out
 * of it. Throws `INGEST_FILE_NOT_FOUND`, `INGEST_PATH_REFUSED`, `INGEST_FILE_UNREADABLE` or `INGEST_FILE_TOO_LARGE`.
 */
export function checkReceivedPath(file: string, limits: IngestLimits, rootDir: string = dirname(file)): ReceivedPath {
  const name = basename(file);
  let path: string;
  let root: string;
  try {
    path = realpathSync(file);
    root = realpathSync(rootDir);
  } catch (error) {
    throw fail("INGEST_FILE_NOT_FOUND", `${name} does not exist or cannot be opened; check the path.`, {
      cause: error,
    });
  }
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw fail(
      "INGEST_PATH_REFUSED",
      `${name} leads outside its folder; copy the file there instead of linking to it.`,
    );
  }
  const stats = statSync(path);
  if (!stats.isFile()) throw fail("INGEST_FILE_UNREADABLE", `${name} is not a regular file; give the path of a file.`);
  if (stats.size > limits.maxFileBytes) {
    throw fail(
      "INGEST_FILE_TOO_LARGE",
      `${name} has ${stats.size} bytes, more than the limit of ${limits.maxFileBytes}; split it.`,
    );
  }
  if (stats.size === 0) throw fail("INGEST_FILE_UNREADABLE", `${name} is empty; expected a header line and rows.`);
  return { path, name, byteSize: stats.size };
}
