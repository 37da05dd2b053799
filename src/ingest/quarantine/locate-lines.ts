import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { Session } from "../../warehouse/database.ts";
import { literal } from "../compile/sql-text.ts";
import { splitRecords } from "../stage/split-records.ts";
import { decodeRecord } from "../stage/salvage-text.ts";
import type { StagedFile } from "../stage/stage-file.ts";

/**
 * Finds the physical line and the raw text of the rows in `ingest_fault`, by reading the text file once more; only done when
 * there are faults. Writes the temporary table `ingest_line (row_no, line_no, raw_line)`; empty for Parquet.
 */
export async function locateLines(session: Session, staged: StagedFile, maxLineBytes: number): Promise<void> {
  await session.run("CREATE OR REPLACE TEMP TABLE ingest_line (row_no BIGINT, line_no BIGINT, raw_line VARCHAR)");
  if (staged.text === undefined) return;
  const wanted = await session.columns("SELECT DISTINCT row_no FROM ingest_fault ORDER BY row_no");
  const rowNumbers = wanted.float64("row_no");
  const target = join(staged.text.workDir, "lines.ndjson");
  const lines = createWriteStream(target);
  const isSalvaged = staged.malformedCount > 0;
  let rowNo = 0;
  let at = 0;
  for await (const record of splitRecords(staged.text.path, staged.text.dialect, maxLineBytes)) {
    if (isSalvaged && record.fault !== undefined) continue;
    rowNo++;
    if (rowNumbers[at] !== rowNo) continue;
    at++;
    const line = { row_no: rowNo, line_no: record.lineNo, raw_line: decodeRecord(record) };
    if (!lines.write(`${JSON.stringify(line)}\n`)) await once(lines, "drain");
    if (at === rowNumbers.length) break;
  }
  lines.end();
  await finished(lines);
  await session.run(`INSERT INTO ingest_line SELECT row_no, line_no, raw_line FROM read_json(${literal(target)},
    format='newline_delimited', maximum_object_size=67108864, columns={row_no: 'BIGINT', line_no: 'BIGINT', raw_line: 'VARCHAR'})`);
}
