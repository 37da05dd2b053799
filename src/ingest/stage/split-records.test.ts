import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { splitRecords, type TextRecord } from "./split-records.ts";

const numRuns = process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 2000 : 100;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tradewind-split-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function split(
  text: string | Uint8Array,
  columns: readonly string[],
  maxLineBytes = 1 << 20,
): Promise<TextRecord[]> {
  const path = join(folder, "text.csv");
  const header = `${columns.join(",")}\n`;
  writeFileSync(path, Buffer.concat([Buffer.from(header), Buffer.from(text)]));
  const records: TextRecord[] = [];
  const dialect = { kind: "csv", delimiter: ",", columns, headerBytes: header.length } as const;
  for await (const record of splitRecords(path, dialect, maxLineBytes)) records.push(record);
  return records;
}

function texts(record: TextRecord): string[] {
  return record.fields.map((field) => field.toString("utf8"));
}

test("whatever is written with RFC 4180 quoting is read back, with the line each record begins on", async () => {
  const field = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "\n", "\r\n", " ", "€"), maxLength: 8 });
  const table = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const quoted = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(","));
      const records = await split(quoted.map((line) => `${line}\n`).join(""), ["a", "b", "c"]);
      expect(records.map(texts)).toEqual(rows);
      let line = 2;
      for (const [index, text] of quoted.entries()) {
        expect(records[index]?.lineNo).toBe(line);
        line += text.split("\n").length;
      }
    }),
    { numRuns },
  );
});

test("any bytes at all give records or faults, never an exception, and every non-empty line is accounted for", async () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array.map((byte) => byte % 64)));
  await fc.assert(
    fc.asyncProperty(bytes, async (text) => {
      const records = await split(text, ["a", "b"], 50);
      const lines = text
        .toString("latin1")
        .split(/\r\n|\n|\r/)
        .filter((line) => line !== "").length;
      expect(records.length).toBeLessThanOrEqual(lines);
      expect(records.length === 0).toBe(lines === 0);
    }),
    { numRuns },
  );
});

test("an unclosed quote costs its own line only", async () => {
  const records = await split('1,"open\n2,b\n3,c\n', ["a", "b"]);
  expect(records.map((record) => record.fault?.code ?? texts(record))).toEqual([
    "LINE_MALFORMED",
    ["2", "b"],
    ["3", "c"],
  ]);
});

test("an over-long line is skipped without being held, and the next one is read", async () => {
  const records = await split(`1,${"x".repeat(5_000_000)}\n2,b\n`, ["a", "b"], 1000);
  expect(records.map((record) => [record.lineNo, record.fault?.code ?? "ok", record.bytes.length])).toEqual([
    [2, "LINE_TOO_LONG", 4096],
    [3, "ok", 3],
  ]);
});
