import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { RECEIVING_PREFIX } from "./clear-leftovers.ts";

/** A received file as it is kept: named by its content, never changed again. */
export interface KeptFile {
  readonly path: string;
  readonly sha256: string;
}

/**
 * Copies a file into the raw layer as `<sha256>.<extension>` and reads it once on the way. The copy is what gets ingested, so
 * that a sender who still writes cannot change it meanwhile. Doing it again is harmless.
 */
export async function keepRaw(path: string, rawDir: string, extension: string): Promise<KeptFile> {
  mkdirSync(rawDir, { recursive: true });
  const temporary = join(rawDir, `${RECEIVING_PREFIX}${process.pid}`);
  const hash = createHash("sha256");
  const digesting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), digesting, createWriteStream(temporary));
    const sha256 = hash.digest("hex");
    const kept = join(rawDir, `${sha256}.${extension}`);
    if (!existsSync(kept)) {
      await flush(temporary);
      renameSync(temporary, kept);
    }
    return { path: kept, sha256 };
  } finally {
    rmSync(temporary, { force: true });
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
