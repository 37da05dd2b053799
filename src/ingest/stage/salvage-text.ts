import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { splitRecords, type TextDialect, type TextRecord } from "./split-records.ts";

export interface SalvagedText {
  /** The well-formed records, quoted afresh, under the same header. */
  readonly cleanPath: string;
  /** JSON lines `{line_no, code, message, raw_line}` of the others. */
  readonly malformedPath: string;
  readonly malformedCount: number;
}

/** Parts a text file with malformed records into what can be loaded and what must be quarantined. Memory is one record. */
export async function salvageText(
  path: string,
  dialect: TextDialect,
  workDir: string,
  maxLineBytes: number,
): Promise<SalvagedText> {
  const cleanPath = join(workDir, "clean.txt");
  const malformedPath = join(workDir, "malformed.ndjson");
  const clean = createWriteStream(cleanPath);
  const malformed = createWriteStream(malformedPath);
  const write = async (stream: typeof clean, bytes: Buffer | string): Promise<void> => {
    if (!stream.write(bytes)) await once(stream, "drain");
  };
  let malformedCount = 0;
  if (dialect.kind === "csv")
    await write(
      clean,
      csvLine(
        dialect.columns.map((name) => Buffer.from(name)),
        dialect.delimiter,
      ),
    );
  for await (const record of splitRecords(path, dialect, maxLineBytes)) {
    if (record.fault === undefined) {
      await write(
        clean,
        dialect.kind === "csv" ? csvLine(record.fields, dialect.delimiter) : Buffer.concat([record.bytes, NEWLINE]),
      );
    } else {
      malformedCount++;
      const line = { line_no: record.lineNo, ...record.fault, raw_line: decodeRecord(record) };
      await write(malformed, `${JSON.stringify(line)}\n`);
    }
  }
  clean.end();
  malformed.end();
  await Promise.all([finished(clean), finished(malformed)]);
  return { cleanPath, malformedPath, malformedCount };
}

/** Text of a record for people: UTF-8, or Latin-1 where it is not that. */
export function decodeRecord(record: TextRecord): string {
  return record.bytes.toString(record.fault?.code === "LINE_ENCODING" ? "latin1" : "utf8");
}

const NEWLINE = Buffer.from("\n");

function csvLine(fields: readonly Buffer[], delimiter: string): Buffer {
  const text = fields.map((field) => (field.length === 0 ? "" : `"${field.toString("latin1").replaceAll('"', '""')}"`));
  return Buffer.from(`${text.join(delimiter)}\n`, "latin1");
}
