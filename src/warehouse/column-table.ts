import type { DuckDBResult } from "@duckdb/node-api";
import { fail } from "../core/errors.ts";
import { copyNumbers, type NumberPart } from "./number-part.ts";
import { type PlainValue, toPlainValue } from "./plain-value.ts";

/** A result set as columns. Numbers are typed arrays; NULL becomes NaN in Float64Array. */
export interface ColumnTable extends Omit<ColumnData, "columns"> {
  /** What the columns are made from. */
  readonly data: ColumnData;
  int32(name: string): Int32Array;
  float64(name: string): Float64Array;
  text(name: string): readonly (string | null)[];
}

/** A result set as plain data, which another thread can be sent. */
export interface ColumnData {
  readonly rowCount: number;
  readonly names: readonly string[];
  /** The chunks of each column. */
  readonly columns: readonly (readonly Part[])[];
}

/** One chunk of a column: machine numbers where the type allows, else plain values. */
export type Part = NumberPart | { readonly values: readonly PlainValue[] };

/** Drains a streaming result, chunk by chunk. O(cells) time; text cells are JavaScript strings, the rest typed arrays. */
export async function readColumns(result: DuckDBResult): Promise<ColumnTable> {
  const names = result.deduplicatedColumnNames();
  const columns: Part[][] = names.map(() => []);
  let rowCount = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    rowCount += chunk.rowCount;
    columns.forEach((parts, index) => {
      const numbers = copyNumbers(chunk.getColumnVector(index));
      parts.push(numbers ?? { values: chunk.getColumnValues(index).map(toPlainValue) });
    });
  }
  return createColumnTable({ rowCount, names, columns });
}

/** Plain data as columns. `int32(name)` throws when a value is NULL or does not fit, so that no value changes silently. */
export function createColumnTable(data: ColumnData): ColumnTable {
  const { rowCount, names, columns } = data;
  const find = (name: string): readonly Part[] => {
    const parts = columns[names.indexOf(name)];
    if (parts === undefined)
      throw fail("WAREHOUSE_QUERY_FAILED", `The result has no column "${name}"; it has ${names.join(", ")}.`);
    return parts;
  };

  return {
    rowCount,
    names,
    data,
    int32: (name) =>
      fill(new Int32Array(rowCount), find(name), (part, target, at) => copyInt32(part, target, at, name)),
    float64: (name) => fill(new Float64Array(rowCount), find(name), copyFloat64),
    text: (name) => find(name).flatMap(toTexts),
  };
}

function fill<T>(target: T, parts: readonly Part[], copy: (part: Part, target: T, at: number) => void): T {
  let at = 0;
  for (const part of parts) {
    copy(part, target, at);
    at += "numbers" in part ? part.numbers.length : part.values.length;
  }
  return target;
}

function copyInt32(part: Part, target: Int32Array, at: number, name: string): void {
  if ("numbers" in part) {
    const { numbers, nulls } = part;
    target.set(numbers, at);
    const isExact = numbers instanceof Int32Array || numbers.every((value, row) => value === target[at + row]);
    if (isExact && nulls.length === 0) return;
  }
  // The slow way reads value by value, and so can name the one that does not fit.
  toValues(part).forEach((value, row) => {
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || (number | 0) !== number) {
      throw fail("WAREHOUSE_QUERY_FAILED", `Column "${name}" holds ${String(value)}, which is not a 32-bit integer.`);
    }
    target[at + row] = number;
  });
}

function copyFloat64(part: Part, target: Float64Array, at: number): void {
  if ("numbers" in part) {
    target.set(part.numbers, at);
    for (const row of part.nulls) target[at + row] = Number.NaN;
    return;
  }
  part.values.forEach((value, row) => {
    target[at + row] = value === null ? Number.NaN : Number(value);
  });
}

function toTexts(part: Part): (string | null)[] {
  return toValues(part).map((value) => (value === null ? null : String(value)));
}

function toValues(part: Part): readonly PlainValue[] {
  if ("values" in part) return part.values;
  const values: PlainValue[] = Array.from(part.numbers);
  for (const row of part.nulls) values[row] = null;
  return values;
}
