import { join } from "node:path";
import { AppError, fail } from "../../core/errors.ts";
import type { Session } from "../../warehouse/database.ts";
import type { StagedRows } from "../compile/staged-rows.ts";
import { identifier, literal } from "../compile/sql-text.ts";
import type { IngestLimits } from "../limits.ts";
import type { DetectedFormat } from "../receive/detect-format.ts";
import { readHeader } from "../receive/read-header.ts";
import { unpackText } from "../receive/unpack-text.ts";
import { salvageText } from "./salvage-text.ts";
import type { TextDialect } from "./split-records.ts";

/** A file whose records can be read again and again, in file order. */
export interface StagedFile {
  readonly rows: StagedRows;
  /** Records that reached `rows`. */
  readonly recordCount: number;
  /** Records that are no row at all; listed as JSON lines in `malformedPath`. */
  readonly malformedCount: number;
  readonly malformedPath?: string;
  /** The text that records came from, to find the line of a faulty one; undefined for Parquet. */
  readonly text?: { readonly path: string; readonly dialect: TextDialect; readonly workDir: string };
}

export interface StageRequest {
  readonly path: string;
  readonly name: string;
  readonly format: DetectedFormat;
  readonly delimiter: string;
  /** Folder for temporary files; the caller removes it. */
  readonly workDir: string;
  readonly limits: IngestLimits;
  /** Names that a mapping reads, so that JSON lines yield them. */
  readonly wanted: readonly string[];
}

/** Brings any format to one form: a Parquet file in file order, all text unless it was Parquet before. */
export async function stageFile(session: Session, request: StageRequest): Promise<StagedFile> {
  if (request.format.format === "parquet") return stageParquet(session, request.path, request.name);
  const unpacked = join(request.workDir, "unpacked.txt");
  const text = await unpackText(request.path, request.name, request.format.gzip, unpacked, request.limits);
  const dialect = readDialect(text.path, request);
  const staged = join(request.workDir, "staged.parquet");
  if (!text.hasLongLine && (await copyText(session, text.path, staged, dialect, request))) {
    const rows = await describeParquet(session, staged, request.name);
    return { ...rows, malformedCount: 0, text: { path: text.path, dialect, workDir: request.workDir } };
  }
  const salvaged = await salvageText(text.path, dialect, request.workDir, request.limits.maxLineBytes);
  if (!(await copyText(session, salvaged.cleanPath, staged, dialect, request))) {
    throw fail(
      "INGEST_FILE_UNREADABLE",
      `${request.name} cannot be read as ${request.format.format}; export it again.`,
    );
  }
  const rows = await describeParquet(session, staged, request.name);
  return {
    ...rows,
    malformedCount: salvaged.malformedCount,
    malformedPath: salvaged.malformedPath,
    text: { path: text.path, dialect, workDir: request.workDir },
  };
}

function readDialect(path: string, request: StageRequest): TextDialect {
  if (request.format.format === "ndjson") return { kind: "ndjson" };
  const delimiter = /\.tsv(\.gz)?$/i.test(request.name) ? "\t" : request.delimiter;
  const header = readHeader(path, request.name, delimiter);
  return { kind: "csv", delimiter, columns: header.names, headerBytes: header.byteLength };
}

/** Copies text to Parquet with the engine's own fast reader. False when some record is malformed. */
async function copyText(
  session: Session,
  path: string,
  target: string,
  dialect: TextDialect,
  request: StageRequest,
): Promise<boolean> {
  try {
    const select =
      dialect.kind === "csv"
        ? selectCsv(path, dialect, request.limits.maxLineBytes)
        : await selectJson(session, path, request);
    await session.run(`COPY (${select}) TO ${literal(target)} (FORMAT parquet, COMPRESSION snappy)`);
  } catch (error) {
    // The engine gives up on some malformed text as a whole; the careful reader then finds the lines.
    if (error instanceof AppError && error.code === "WAREHOUSE_QUERY_FAILED") return false;
    throw error;
  }
  const [rejected] = await session.rows<{ n: number }>("SELECT count(*) AS n FROM ingest_reject");
  await session.run("DROP TABLE ingest_reject; DROP TABLE ingest_reject_scan");
  return rejected?.n === 0;
}

/** Options of every read: nothing is guessed, and malformed records are noted. */
function readOptions(maxLineBytes: number): string {
  return (
    `auto_detect=false, encoding='utf-8', max_line_size=${maxLineBytes}, ` +
    "store_rejects=true, rejects_table='ingest_reject', rejects_scan='ingest_reject_scan'"
  );
}

function selectCsv(path: string, dialect: TextDialect & { kind: "csv" }, maxLineBytes: number): string {
  const columns = dialect.columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
  return (
    `SELECT * FROM read_csv(${literal(path)}, ${readOptions(maxLineBytes)}, header=true, ` +
    `delim=${literal(dialect.delimiter)}, quote='"', escape='"', columns={${columns}})`
  );
}

/** JSON lines as columns: those of the wanted names that occur. */
async function selectJson(session: Session, path: string, request: StageRequest): Promise<string> {
  // One column a line: the delimiter is a control character that JSON forbids.
  const lines =
    `(SELECT line FROM read_csv(${literal(path)}, ${readOptions(request.limits.maxLineBytes)}, header=false, ` +
    `delim='\u0001', quote='', escape='', columns={'line': 'VARCHAR'}) WHERE line IS NOT NULL AND ` +
    "CASE WHEN json_type(line) = 'OBJECT' THEN true ELSE error('no JSON object') END)";
  const tests = request.wanted.map((name, index) => `bool_or(json_exists(line, ${jsonPath(name)})) AS c${index}`);
  const [found] = await session.rows<Record<string, boolean | null>>(`SELECT ${tests.join(", ")} FROM ${lines}`);
  await session.run("DROP TABLE ingest_reject; DROP TABLE ingest_reject_scan");
  const present = request.wanted.filter((_, index) => found?.[`c${index}`] === true);
  if (present.length === 0) {
    throw fail(
      "INGEST_COLUMN_MISSING",
      `${request.name}: no line has any of ${request.wanted.map((name) => `"${name}"`).join(", ")}; check the source mapping.`,
    );
  }
  const values = present.map((name) => `json_extract_string(line, ${jsonPath(name)}) AS ${identifier(name)}`);
  return `SELECT ${values.join(", ")} FROM ${lines}`;
}

/** `customer.id` reads a nested value. */
function jsonPath(name: string): string {
  const parts = name.split(".").map((part) => `"${part.replaceAll('"', '\\"')}"`);
  return literal(`$.${parts.join(".")}`);
}

async function stageParquet(session: Session, path: string, name: string): Promise<StagedFile> {
  return { ...(await describeParquet(session, path, name)), malformedCount: 0 };
}

async function describeParquet(
  session: Session,
  path: string,
  name: string,
): Promise<{ readonly rows: StagedRows; readonly recordCount: number }> {
  const scan = `read_parquet(${literal(path)}, file_row_number=true)`;
  try {
    const columns = await session.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * FROM read_parquet(${literal(path)})`,
    );
    const [counted] = await session.rows<{ n: number }>(`SELECT count(*) AS n FROM read_parquet(${literal(path)})`);
    return {
      rows: {
        select: `SELECT file_row_number + 1 AS row_no, * EXCLUDE (file_row_number) FROM ${scan}`,
        columns: columns.map((column) => ({ name: column.column_name, type: column.column_type })),
      },
      recordCount: counted?.n ?? 0,
    };
  } catch (error) {
    throw fail("INGEST_FILE_UNREADABLE", `${name} is damaged Parquet; send it again.`, { cause: error });
  }
}
