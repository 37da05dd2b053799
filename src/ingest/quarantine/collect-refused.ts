import type { Session } from "../../warehouse/database.ts";
import type { CompiledLoad } from "../compile/compile-load.ts";
import { identifier, literal } from "../compile/sql-text.ts";
import type { StagedFile } from "../stage/stage-file.ts";
import { locateLines } from "./locate-lines.ts";

/**
 * Fills the temporary table `ingest_refused` with the rows that failed a check (only looked for when some did) and the records
 * that are no rows. Returns how many there are.
 */
export async function collectRefused(
  session: Session,
  load: CompiledLoad,
  staged: StagedFile,
  hasFaults: boolean,
  maxLineBytes: number,
): Promise<number> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ingest_refused (
    row_no BIGINT, line_no BIGINT, code VARCHAR, column_name VARCHAR, message VARCHAR, raw_line VARCHAR, raw_values VARCHAR,
    content_hash UHUGEINT)`);
  if (hasFaults) await insertFaults(session, load, staged, maxLineBytes);
  if (staged.malformedPath !== undefined && staged.malformedCount > 0) {
    await session.run(`INSERT INTO ingest_refused
      SELECT 0, line_no, code, NULL, message, raw_line, NULL, md5_number(raw_line)
      FROM read_json(${literal(staged.malformedPath)}, format='newline_delimited', maximum_object_size=67108864,
        columns={line_no: 'BIGINT', code: 'VARCHAR', message: 'VARCHAR', raw_line: 'VARCHAR'})`);
  }
  const [counted] = await session.rows<{ n: number }>("SELECT count(*) AS n FROM ingest_refused");
  return counted?.n ?? 0;
}

async function insertFaults(
  session: Session,
  load: CompiledLoad,
  staged: StagedFile,
  maxLineBytes: number,
): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ingest_fault AS SELECT row_no, fault, raw_values FROM (${load.checkedRows}) WHERE fault IS NOT NULL`,
  );
  await locateLines(session, staged, maxLineBytes);
  const code = choose(load, (check) => literal(check.code));
  const column = choose(load, (check) => literal(check.column));
  const message = choose(load, (check) => literal(check.message));
  const value = choose(load, (check) =>
    check.sourceColumn === null
      ? "NULL"
      : `json_extract_string(raw_values, ${literal(`$.${identifier(check.sourceColumn)}`)})`,
  );
  await session.run(`INSERT INTO ingest_refused
    SELECT fault.row_no, coalesce(line.line_no, fault.row_no), ${code}, ${column},
      replace(${message}, '{value}', left(coalesce(trim(${value}), ''), 200)),
      coalesce(line.raw_line, raw_values), raw_values, md5_number(raw_values)
    FROM ingest_fault fault
    LEFT JOIN ingest_line line ON line.row_no = fault.row_no`);
}

function choose(load: CompiledLoad, pick: (check: CompiledLoad["checks"][number]) => string): string {
  return `CASE fault ${load.checks.map((check, index) => `WHEN ${index} THEN ${pick(check)}`).join(" ")} END`;
}
