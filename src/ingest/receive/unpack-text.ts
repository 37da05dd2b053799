import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError, fail } from "../../core/errors.ts";
import type { IngestLimits } from "../limits.ts";

/** A plain text file to parse. */
export interface UnpackedText {
  readonly path: string;
  /** True when some line is longer than the limit, so that only the careful reader may touch the file. */
  readonly hasLongLine: boolean;
}

/**
 * Reads a text file once in constant memory: unpacks gzip into `target` under a byte and a ratio limit, refuses NUL bytes and
 * notes over-long lines. Throws `INGEST_FILE_UNREADABLE` or `INGEST_FILE_TOO_LARGE`.
 */
export async function unpackText(
  path: string,
  name: string,
  gzip: boolean,
  target: string,
  limits: IngestLimits,
): Promise<UnpackedText> {
  const packedBytes = (await stat(path)).size;
  const scan = createScan(name, limits.maxLineBytes);
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  try {
    if (gzip) {
      const limit = createLimit(name, packedBytes, limits);
      await pipeline(source, createGunzip({ chunkSize: 1 << 20 }), limit, scan.through(), createWriteStream(target));
    } else {
      await pipeline(source, scan.through(), new Writable({ write: (_chunk, _encoding, done) => done() }));
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fail("INGEST_FILE_UNREADABLE", `${name} is a damaged gzip file; send it again.`, { cause: error });
  }
  return { path: gzip ? target : path, hasLongLine: scan.hasLongLine() };
}

function createLimit(name: string, packedBytes: number, limits: IngestLimits): Transform {
  const floor = 1 << 20;
  let unpacked = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      const isBomb = unpacked > floor && unpacked > packedBytes * limits.maxUnpackRatio;
      if (unpacked > limits.maxUnpackedBytes || isBomb) {
        done(
          fail(
            "INGEST_FILE_TOO_LARGE",
            `${name} unpacks to more than ${unpacked - chunk.length} bytes from ${packedBytes}; ` +
              `the limits are ${limits.maxUnpackedBytes} bytes and ${limits.maxUnpackRatio} times its size. Send it unpacked, or split it.`,
          ),
        );
      } else done(null, chunk);
    },
  });
}

function createScan(name: string, maxLineBytes: number): { through(): Transform; hasLongLine(): boolean } {
  let lineBytes = 0;
  let isLong = false;
  let offset = 0;
  return {
    hasLongLine: () => isLong || lineBytes > maxLineBytes,
    through: () =>
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          const nul = chunk.indexOf(0);
          if (nul !== -1) {
            const at = offset + nul;
            done(fail("INGEST_FILE_UNREADABLE", `${name} is not text: byte ${at} is NUL; export it as UTF-8 text.`));
            return;
          }
          // Lines inside a piece as long as the limit are short enough; only gaps between pieces must be measured.
          for (let start = 0; start < chunk.length; start += maxLineBytes) {
            const piece = chunk.subarray(start, start + maxLineBytes);
            const first = piece.indexOf(10);
            if (first === -1) lineBytes += piece.length;
            else {
              isLong ||= lineBytes + first > maxLineBytes;
              lineBytes = piece.length - piece.lastIndexOf(10) - 1;
            }
          }
          offset += chunk.length;
          done(null, chunk);
        },
      }),
  };
}
