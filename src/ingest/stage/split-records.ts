import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import type { FaultCode } from "../compile/check.ts";

/** How a text file is divided into records and fields. */
export type TextDialect =
  | {
      readonly kind: "csv";
      readonly delimiter: string;
      readonly columns: readonly string[];
      /** Bytes up to the first record after the header. */
      readonly headerBytes: number;
    }
  | { readonly kind: "ndjson" };

/** One record of a text file. */
export interface TextRecord {
  /** Physical line on which the record begins; the first line of the file is 1. */
  readonly lineNo: number;
  /** The record without its line end; only the beginning where it is over-long. */
  readonly bytes: Buffer;
  /** Unquoted fields; empty for JSON lines and faulty records. */
  readonly fields: readonly Buffer[];
  /** Why the record is no row, with the fix. */
  readonly fault?: { readonly code: FaultCode; readonly message: string };
}

const [LF, CR, QUOTE] = [10, 13, 34];
/** How much of an over-long record is kept. */
const KEPT_BYTES = 4096;

interface Parsed {
  /** End of the record's bytes, and start of the next one. */
  readonly end: number;
  readonly next: number;
  readonly fields: Buffer[];
  readonly fault?: string;
}

/**
 * Reads the records of a text file one after the other in memory bounded by `maxLineBytes`. Careful rather than fast: a record that
 * breaks the rules is returned with its fault, and reading goes on at the next physical line. Empty lines are no records.
 * O(bytes) time; an unclosed quote costs one look-ahead of `maxLineBytes`.
 */
export async function* splitRecords(
  path: string,
  dialect: TextDialect,
  maxLineBytes: number,
): AsyncGenerator<TextRecord> {
  const start = dialect.kind === "csv" ? dialect.headerBytes : 0;
  let lineNo = 1 + (start === 0 ? 0 : await countLines(path, start));
  let buffer: Buffer = Buffer.alloc(0);
  let skipping = false;
  const chunks = createReadStream(path, { start, highWaterMark: Math.max(1 << 20, maxLineBytes) })[
    Symbol.asyncIterator
  ]();
  for (;;) {
    // The stream yields buffers since it has no encoding.
    const chunk = (await chunks.next()) as IteratorResult<Buffer, undefined>;
    const isEnd = chunk.done === true;
    if (!isEnd) buffer = buffer.length === 0 ? chunk.value : Buffer.concat([buffer, chunk.value]);
    let at = start === 0 && lineNo === 1 && buffer.subarray(0, 3).toString("hex") === "efbbbf" ? 3 : 0;
    while (at < buffer.length) {
      if (skipping) {
        const newline = buffer.indexOf(LF, at);
        at = newline === -1 ? buffer.length : newline + 1;
        skipping = newline === -1;
        if (!skipping) lineNo++;
        continue;
      }
      const parsed =
        dialect.kind === "csv"
          ? parseCsv(buffer, at, isEnd, dialect.delimiter.charCodeAt(0))
          : parseLine(buffer, at, isEnd);
      const length = (parsed?.end ?? buffer.length) - at;
      if (parsed !== undefined && parsed.fault === undefined && length <= maxLineBytes) {
        if (length > 0) yield toRecord(buffer.subarray(at, parsed.end), parsed.fields, dialect, lineNo);
        lineNo += countNewlines(buffer, at, parsed.next);
        at = parsed.next;
        continue;
      }
      if (parsed === undefined && length <= maxLineBytes && !isEnd) break;
      // Malformed: give up this physical line only.
      const newline = buffer.indexOf(LF, at);
      const isLong = (newline === -1 ? buffer.length : newline) - at > maxLineBytes;
      const end = newline === -1 ? buffer.length : newline;
      yield {
        lineNo,
        bytes: Buffer.from(trimReturn(buffer.subarray(at, Math.min(end, at + KEPT_BYTES)))),
        fields: [],
        fault: isLong
          ? {
              code: "LINE_TOO_LONG",
              message: `line is longer than ${maxLineBytes} bytes; split it or check its quotes.`,
            }
          : {
              code: "LINE_MALFORMED",
              message: parsed?.fault ?? "line opens a quote that is not closed; close it or double it.",
            },
      };
      if (newline === -1 && isLong && !isEnd) {
        skipping = true;
        at = buffer.length;
      } else {
        at = newline === -1 ? buffer.length : newline + 1;
        lineNo++;
      }
    }
    buffer = Buffer.from(buffer.subarray(at));
    if (isEnd) return;
  }
}

function toRecord(bytes: Buffer, fields: Buffer[], dialect: TextDialect, lineNo: number): TextRecord {
  const fault = findFault(bytes, fields, dialect);
  return fault === undefined ? { lineNo, bytes, fields } : { lineNo, bytes, fields: [], fault };
}

function findFault(bytes: Buffer, fields: readonly Buffer[], dialect: TextDialect): TextRecord["fault"] {
  if (!isUtf8(bytes)) {
    const at = firstBadByte(bytes);
    const hex = (bytes[at] ?? 0).toString(16).padStart(2, "0");
    return {
      code: "LINE_ENCODING",
      message: `line is not UTF-8 (byte 0x${hex} at position ${at + 1}); save the file as UTF-8.`,
    };
  }
  if (dialect.kind === "csv") {
    if (fields.length === dialect.columns.length) return undefined;
    const more = fields.length > dialect.columns.length;
    return {
      code: "LINE_MALFORMED",
      message:
        `line has ${fields.length} fields, the header has ${dialect.columns.length}; ` +
        (more ? "quote fields that contain the delimiter." : "add the missing fields."),
    };
  }
  return isJsonObject(bytes)
    ? undefined
    : { code: "LINE_MALFORMED", message: "line is no JSON object; write one object a line." };
}

function isJsonObject(bytes: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Longest valid UTF-8 prefix by bisection over its length: a prefix may end inside a character, but not far. */
function firstBadByte(bytes: Buffer): number {
  const decoded = bytes.toString("utf8");
  const valid = decoded.slice(0, decoded.indexOf("\ufffd"));
  return Buffer.byteLength(valid);
}

function parseLine(buffer: Buffer, start: number, isEnd: boolean): Parsed | undefined {
  const newline = buffer.indexOf(LF, start);
  if (newline === -1 && !isEnd) return undefined;
  const next = newline === -1 ? buffer.length : newline + 1;
  const end = newline === -1 ? buffer.length : newline;
  return { end: end > start && buffer[end - 1] === CR ? end - 1 : end, next, fields: [] };
}

/** One CSV record from `start`, or undefined when it is not complete yet. */
function parseCsv(buffer: Buffer, start: number, isEnd: boolean, delimiter: number): Parsed | undefined {
  const fields: Buffer[] = [];
  let at = start;
  for (;;) {
    const from = at;
    if (buffer[at] === QUOTE) {
      at = closingQuote(buffer, at + 1);
      if (at === -1) return undefined;
      fields.push(unquote(buffer.subarray(from + 1, at)));
      at++;
      if (at >= buffer.length && !isEnd) return undefined;
    } else {
      while (at < buffer.length && buffer[at] !== delimiter && buffer[at] !== LF && buffer[at] !== CR) at++;
      if (at >= buffer.length && !isEnd) return undefined;
      fields.push(buffer.subarray(from, at));
    }
    const stop = buffer[at];
    if (at >= buffer.length || stop === LF) return { end: at, next: Math.min(at + 1, buffer.length), fields };
    if (stop === CR) {
      if (at + 1 >= buffer.length && !isEnd) return undefined;
      return { end: at, next: buffer[at + 1] === LF ? at + 2 : at + 1, fields };
    }
    if (stop !== delimiter) {
      return {
        end: at,
        next: at,
        fields: [],
        fault: "line has text after a closing quote; double the quotes inside a field.",
      };
    }
    at++;
  }
}

function closingQuote(buffer: Buffer, from: number): number {
  for (let at = from; ; at += 2) {
    at = buffer.indexOf(QUOTE, at);
    if (at === -1 || buffer[at + 1] !== QUOTE) return at;
  }
}

function unquote(field: Buffer): Buffer {
  return field.includes(QUOTE) ? Buffer.from(field.toString("latin1").replaceAll('""', '"'), "latin1") : field;
}

function trimReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
}

function countNewlines(buffer: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = buffer.indexOf(LF, from); at !== -1 && at < to; at = buffer.indexOf(LF, at + 1)) count++;
  return count === 0 && to > from && buffer[to - 1] === CR ? 1 : count;
}

async function countLines(path: string, byteLength: number): Promise<number> {
  let count = 0;
  for await (const chunk of createReadStream(path, { end: byteLength - 1 })) {
    const bytes = chunk as Buffer; // no encoding is set, so chunks are buffers
    count += countNewlines(bytes, 0, bytes.length);
  }
  return count;
}
