import { createHash, randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError, fail } from "../../core/errors.ts";

export interface UploadOptions {
  /** Where the file is put; created when missing. */
  readonly folder: string;
  /** Bytes at most, counted after decompression. */
  readonly limitBytes: number;
  readonly isGzip: boolean;
  /** Ending of the file name, which tells ingest the format; told from the first bytes unless given. */
  readonly extension: string | undefined;
}

export interface ReceivedUpload {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes a request body to a file of its own, never holding more than a chunk in memory. The file is there whole or not
 * at all: it gets its name when the last byte is on disk. A body over the limit, broken gzip or an empty body is refused.
 */
export async function receiveUpload(body: Readable, options: UploadOptions): Promise<ReceivedUpload> {
  mkdirSync(options.folder, { recursive: true });
  const name = join(options.folder, `upload-${randomUUID()}`);
  const draft = `${name}.part`;
  const hash = createHash("sha256");
  let bytes = 0;
  let extension = options.extension;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > options.limitBytes) return done(tooLarge(options.limitBytes));
      hash.update(chunk);
      extension ??= guessExtension(chunk);
      done(null, chunk);
    },
  });
  // Opened here and now: a stream opens its file later, which may be after a sender who left was cleaned up after.
  const disk = createWriteStream(draft, { fd: openSync(draft, "wx"), flush: true });
  try {
    await (options.isGzip ? pipeline(body, createGunzip(), meter, disk) : pipeline(body, meter, disk));
    if (bytes === 0) throw fail("REQUEST_INVALID", "The body is empty; send the file as the body of the request.");
  } catch (error) {
    rmSync(draft, { force: true });
    throw toUploadError(error);
  }
  const file = `${name}.${extension ?? "csv"}`;
  renameSync(draft, file);
  return { file, bytes, sha256: hash.digest("hex") };
}

function guessExtension(start: Buffer): string {
  if (start.subarray(0, 4).toString("latin1") === "PAR1") return "parquet";
  return start[0] === "{".charCodeAt(0) ? "ndjson" : "csv";
}

export function tooLarge(limitBytes: number): AppError {
  const limit = `${Math.floor(limitBytes / 1_048_576)} MiB`;
  return fail("REQUEST_BODY_TOO_LARGE", `The file is larger than ${limit} uncompressed; split it and send the parts.`);
}

function toUploadError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code.startsWith("Z_")) {
    const detail = "The body is not gzip although content-encoding says so; compress it or leave the header out.";
    return fail("INGEST_FILE_UNREADABLE", detail, { cause: error });
  }
  if (code === "ENOSPC") return fail("STORAGE_FULL", "The disk is full.", { cause: error });
  if (code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ECONNRESET") {
    return fail("REQUEST_INVALID", "The body ended before it was complete; send it again.", { cause: error });
  }
  return error;
}
