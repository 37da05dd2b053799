import { readFile } from "node:fs/promises";
import { fail } from "../../../core/errors.ts";

export interface HierarchyFile {
  /** Path of each bottom series, from the top of the hierarchy down. */
  readonly paths: readonly (readonly string[])[];
  /** A value a time for each series; times ascend and are the same for all. */
  readonly values: readonly Float64Array[];
}

export interface HierarchyColumns {
  readonly time: string;
  /** Columns that name a series, from the top of the hierarchy down. */
  readonly keys: readonly string[];
  readonly value: string;
}

/**
 * Reads a table of one row a series and time. Times sort as text (ISO dates); a series without a row at a time has 0 there.
 * Errors: `INGEST_FILE_NOT_FOUND`, `INGEST_COLUMN_MISSING`, `INGEST_FILE_UNREADABLE` for text in a number, a series that has
 * two rows of one time, or no rows.
 */
export async function readHierarchyFile(file: string, columns: HierarchyColumns): Promise<HierarchyFile> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw fail("INGEST_FILE_NOT_FOUND", `${file} cannot be read; give the path of an existing file.`, { cause });
  });
  const [header = "", ...lines] = text.split(/\r?\n/);
  const names = splitLine(header);
  const find = (name: string): number => {
    const at = names.indexOf(name);
    if (at >= 0) return at;
    throw fail("INGEST_COLUMN_MISSING", `${file} has no column "${name}"; its first line names ${names.join(", ")}.`);
  };
  const [timeAt, valueAt, keysAt] = [find(columns.time), find(columns.value), columns.keys.map(find)];
  const byPath = new Map<string, Map<string, number>>();
  const times = new Set<string>();
  lines.forEach((line, index) => {
    if (line.trim() === "") return;
    const cells = splitLine(line);
    const [word, time] = [cells[valueAt] ?? "", cells[timeAt] ?? ""];
    const path = JSON.stringify(keysAt.map((at) => cells[at] ?? ""));
    const series = byPath.get(path) ?? new Map<string, number>();
    const refuse = (reason: string): never => {
      throw fail("INGEST_FILE_UNREADABLE", `${file}, line ${index + 2}: ${reason}.`);
    };
    if (word.trim() === "" || !Number.isFinite(Number(word))) refuse(`"${word}" is no number`);
    if (series.has(time)) refuse(`${path} has a second row of ${time}`);
    byPath.set(path, series.set(time, Number(word)));
    times.add(time);
  });
  if (byPath.size === 0) throw fail("INGEST_FILE_UNREADABLE", `${file} holds no rows below its header.`);
  const sorted = [...times].sort();
  return {
    // Written a few lines above from texts.
    paths: [...byPath.keys()].map((path) => JSON.parse(path) as string[]),
    values: [...byPath.values()].map((series) => Float64Array.from(sorted, (time) => series.get(time) ?? 0)),
  };
}

/** Cells of a line; those with commas or quotes in them stand in double quotes. */
function splitLine(line: string): string[] {
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  return cells.slice(0, line.endsWith(",") || cells.length < 2 ? undefined : -1).map((cell) =>
    cell
      .replace(/,$/, "")
      .replace(/^"(.*)"$/, "$1")
      .replaceAll('""', '"'),
  );
}
