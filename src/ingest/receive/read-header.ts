import { closeSync, openSync, readSync } from "node:fs";
import { fail } from "../../core/errors.ts";

const MAX_HEADER_BYTES = 1 << 18;

/** Column names of a delimited file's first record. */
export interface Header {
  readonly names: readonly string[];
  /** Bytes from the start of the file to the first record after the header, byte order mark included. */
  readonly byteLength: number;
}

/**
 * Reads the header by RFC 4180: quotes, CRLF and a UTF-8 byte order mark are understood.
 * Throws `INGEST_FILE_UNREADABLE` when it is too long, not closed, or names a column twice.
 */
export function readHeader(path: string, name: string, delimiter: string): Header {
  const bytes = Buffer.alloc(MAX_HEADER_BYTES);
  const handle = openSync(path, "r");
  let length: number;
  try {
    length = readSync(handle, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(handle);
  }
  const text = bytes.toString("latin1", 0, length);
  const start = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else quoted = false;
    } else if (char === '"' && field === "") quoted = true;
    else if (char === delimiter) {
      fields.push(field);
      field = "";
    } else if (char === "\n" || char === "\r") break;
    else field += char;
  }
  if (quoted || (at >= text.length && length === MAX_HEADER_BYTES)) {
    throw fail("INGEST_FILE_UNREADABLE", `${name}, line 1: the header is not closed or too long; check its quotes.`);
  }
  fields.push(field);
  const names = fields.map((raw) => Buffer.from(raw, "latin1").toString("utf8").trim());
  const named = names.filter((column) => column !== "").map((column) => column.toLowerCase());
  const twice = named.find((column, index) => named.indexOf(column) !== index);
  if (twice !== undefined) {
    throw fail("INGEST_FILE_UNREADABLE", `${name}, line 1: column "${twice}" stands twice; rename one of them.`);
  }
  const end = text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
  return {
    names: names.map((column, index) => (column === "" ? `column_${index + 1}` : column)),
    byteLength: Math.min(end, length),
  };
}
