import { closeSync, openSync, readSync } from "node:fs";
import { fail } from "../../core/errors.ts";

export type FileFormat = "csv" | "ndjson" | "parquet";

export interface DetectedFormat {
  readonly format: FileFormat;
  readonly gzip: boolean;
  /** Extension under which the file is kept, e.g. `csv.gz`. */
  readonly extension: string;
}

const EXTENSIONS: Readonly<Record<string, FileFormat>> = {
  csv: "csv",
  tsv: "csv",
  txt: "csv",
  ndjson: "ndjson",
  jsonl: "ndjson",
  parquet: "parquet",
};

/** First bytes of things that people rename to .csv. */
const FOREIGN: readonly { readonly magic: string; readonly what: string }[] = [
  { magic: "504b0304", what: "a ZIP archive or an Excel workbook" },
  { magic: "d0cf11e0", what: "an old Excel workbook" },
  { magic: "25504446", what: "a PDF document" },
  { magic: "28b52ffd", what: "a Zstandard archive" },
  { magic: "425a68", what: "a bzip2 archive" },
  { magic: "fd377a585a", what: "an xz archive" },
  { magic: "fffe", what: "UTF-16 text" },
  { magic: "feff", what: "UTF-16 text" },
];

/**
 * What a file is, by its name and its first and last bytes, which must agree.
 * Throws `INGEST_FILE_UNREADABLE` with what the file is instead.
 */
export function detectFormat(path: string, name: string, byteSize: number): DetectedFormat {
  const match = /\.(csv|tsv|txt|ndjson|jsonl|parquet)(\.gz)?$/i.exec(name);
  const format = EXTENSIONS[match?.[1]?.toLowerCase() ?? ""];
  if (match === null || format === undefined || (format === "parquet" && match[2] !== undefined)) {
    throw fail(
      "INGEST_FILE_UNREADABLE",
      `${name} has no known extension; use .csv, .ndjson (either with .gz) or .parquet.`,
    );
  }
  const { head, tail } = readEnds(path, byteSize);
  const gzip = match[2] !== undefined;
  const isGzip = head.startsWith("1f8b");
  const isParquet = head.startsWith("50415231");
  const found = FOREIGN.find(({ magic }) => head.startsWith(magic))?.what;
  const refuse = (what: string): Error =>
    fail(
      "INGEST_FILE_UNREADABLE",
      `${name} says it is ${format}${gzip ? " with gzip" : ""} but is ${what}; export it again.`,
    );
  if (found !== undefined) throw refuse(found);
  if (gzip !== isGzip) throw refuse(isGzip ? "gzip (add .gz to its name)" : "not gzip");
  if (format === "parquet") {
    if (!isParquet) throw refuse("not Parquet");
    if (byteSize < 12 || tail !== "50415231") throw refuse("a truncated Parquet file");
  } else if (isParquet) {
    throw refuse("Parquet");
  }
  return { format, gzip, extension: `${format}${gzip ? ".gz" : ""}` };
}

function readEnds(path: string, byteSize: number): { readonly head: string; readonly tail: string } {
  const handle = openSync(path, "r");
  try {
    const read = (length: number, position: number): string => {
      const bytes = Buffer.alloc(Math.min(length, byteSize));
      readSync(handle, bytes, 0, bytes.length, Math.max(0, position));
      return bytes.toString("hex");
    };
    return { head: read(8, 0), tail: read(4, byteSize - 4) };
  } finally {
    closeSync(handle);
  }
}
