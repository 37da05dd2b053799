import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { fail } from "../../../core/errors.ts";

/** One series of a file, ready to be forecast. */
export interface BacktestSeries {
  readonly id: string;
  /** Seasonal period in steps, as the file says. */
  readonly period: number;
  readonly horizon: number;
  readonly train: Float64Array;
  /** What came; empty where it is not known. */
  readonly test: Float64Array;
}

/** A row that cannot be used as it stands. It is forecast by the fallback and not scored. */
export interface QuarantinedRow {
  readonly line: number;
  readonly id: string;
  readonly reason: string;
  /** The value that stands in for its forecast at every step: the mean of the readable values; null where no forecast is due. */
  readonly fallback: number | null;
}

export interface SeriesFile {
  readonly series: readonly BacktestSeries[];
  readonly quarantined: readonly QuarantinedRow[];
  /** Missing values inside a train cell that were filled with the value one season, or one step, before. */
  readonly filledGaps: number;
}

const GAP = /^(na|nan|null|none|\.|-|)$/i;
/** A series with more missing values than this share has no usable history. */
const MAX_GAP_SHARE = 0.5;
const NAMES = ["id", "m", "h", "train", "test"] as const;

/**
 * Reads `id,m,h,train,test` files (.gz too): `train` and `test` hold numbers parted by blanks, oldest first. `testFile`, with
 * the columns id and test, overrides the test column by id. A gap (`NA`, `NaN`, `null`, `.`) is filled; a row with text in
 * a number, no history, a double id or a period or horizon that is no whole number is quarantined with its reason.
 * Errors: `INGEST_FILE_NOT_FOUND`, `INGEST_FILE_UNREADABLE` (no gzip, no rows), `INGEST_COLUMN_MISSING`.
 */
export async function readSeriesFile(file: string, testFile?: string): Promise<SeriesFile> {
  const rows = await readRows(file, testFile === undefined ? NAMES : ["id", "m", "h", "train"]);
  const tests = testFile === undefined ? undefined : await readTests(testFile);
  const series: BacktestSeries[] = [];
  const quarantined: QuarantinedRow[] = [];
  const seen = new Set<string>();
  let filledGaps = 0;
  for (const { line, cells } of rows) {
    const id = cells["id"] ?? "";
    const test = tests === undefined ? cells["test"] : tests.get(id);
    const read = readRow(id, cells, test ?? "", seen);
    seen.add(id);
    if ("reason" in read) quarantined.push({ line, id, ...read });
    else {
      series.push(read.series);
      filledGaps += read.filledGaps;
    }
  }
  return { series, quarantined, filledGaps };
}

type ReadRow =
  | { readonly series: BacktestSeries; readonly filledGaps: number }
  | Pick<QuarantinedRow, "reason" | "fallback">;

function readRow(
  id: string,
  cells: Readonly<Record<string, string>>,
  testCell: string,
  seen: ReadonlySet<string>,
): ReadRow {
  if (id === "") return { reason: "id is empty", fallback: null };
  if (seen.has(id)) return { reason: "id stands in the file twice; the first row counts", fallback: null };
  const [period, horizon] = [readWhole(cells["m"]), readWhole(cells["h"])];
  if (period === undefined) return { reason: `m "${cells["m"]}" is no whole number from 1 to 10000`, fallback: null };
  if (horizon === undefined) return { reason: `h "${cells["h"]}" is no whole number from 1 to 10000`, fallback: null };
  const words = splitCell(cells["train"] ?? "");
  if (words.length === 0) return { reason: "train is empty", fallback: 0 };
  const readable = words.filter(isNumber);
  const fallback = readable.reduce((sum, word) => sum + Number(word) / readable.length, 0);
  const bad = words.find((word) => !isNumber(word) && !GAP.test(word));
  if (bad !== undefined) return { reason: `train holds "${bad.slice(0, 40)}", which is no number`, fallback };
  const gaps = words.length - readable.length;
  if (gaps > MAX_GAP_SHARE * words.length) {
    return { reason: `train lacks ${gaps} of its ${words.length} values`, fallback };
  }
  const testWords = splitCell(testCell);
  const badTest = testWords.find((word) => !isNumber(word));
  if (badTest !== undefined) return { reason: `test holds "${badTest.slice(0, 40)}", which is no number`, fallback };
  const test = Float64Array.from(testWords.slice(0, horizon), Number);
  return { series: { id, period, horizon, train: fillGaps(words, period), test }, filledGaps: gaps };
}

/** Gaps take the value one season before, else the step before; leading gaps are cut off. */
function fillGaps(words: readonly string[], period: number): Float64Array {
  const known = words.slice(words.findIndex(isNumber));
  const values = new Float64Array(known.length);
  known.forEach((word, t) => {
    values[t] = isNumber(word) ? Number(word) : (values[t >= period ? t - period : t - 1] ?? 0);
  });
  return values;
}

function isNumber(word: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) && Number.isFinite(Number(word));
}

function splitCell(cell: string): string[] {
  return cell.split(/\s+/).filter((word) => word !== "");
}

function readWhole(cell: string | undefined): number | undefined {
  const value = Number(cell);
  return cell !== undefined && /^\d+$/.test(cell) && value >= 1 && value <= 10_000 ? value : undefined;
}

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

async function readRows(file: string, required: readonly string[]): Promise<Row[]> {
  const lines = (await readText(file)).split(/\r?\n/);
  const columns = splitLine(lines[0] ?? "").map((name) => name.toLowerCase());
  const missing = required.find((name) => !columns.includes(name));
  if (missing !== undefined) {
    throw fail(
      "INGEST_COLUMN_MISSING",
      `${file} has no column "${missing}"; its first line must name ${required.join(", ")}.`,
    );
  }
  const rows = lines.slice(1).flatMap((text, index) => {
    if (text.trim() === "") return [];
    const words = splitLine(text);
    return [{ line: index + 2, cells: Object.fromEntries(columns.map((name, at) => [name, words[at] ?? ""])) }];
  });
  if (rows.length === 0) throw fail("INGEST_FILE_UNREADABLE", `${file} holds no series below its header.`);
  return rows;
}

async function readTests(file: string): Promise<ReadonlyMap<string, string>> {
  const rows = await readRows(file, ["id", "test"]);
  return new Map(rows.map(({ cells }) => [cells["id"] ?? "", cells["test"] ?? ""]));
}

function splitLine(line: string): string[] {
  return line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw fail("INGEST_FILE_NOT_FOUND", `${file} cannot be read; give the path of an existing file.`, { cause });
  });
  if (!file.endsWith(".gz")) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (cause) {
    throw fail("INGEST_FILE_UNREADABLE", `${file} ends in .gz but is not gzip.`, { cause });
  }
}
