import type { DuckDBResult, DuckDBValue } from "@duckdb/node-api";
import { fail } from "../core/errors.ts";
import { toPlainValue } from "./plain-value.ts";

/** A result set as columns. Numbers are typed arrays; NULL becomes NaN in Float64Array. */
export interface ColumnTable {
  readonly rowCount: number;
  readonly names: readonly string[];
  int32(name: string): Int32Array;
  float64(name: string): Float64Array;
  text(name: string): readonly (string | null)[];
}

/**
 * Drains a streaming result into columns, chunk by chunk.
 * `int32(name)` throws when a value is NULL or does not fit, so that no value changes silently.
 * O(cells) time; text cells are JavaScript strings, the rest typed arrays.
 */
export async function readColumns(result: DuckDBResult): Promise<ColumnTable> {
  const names = result.deduplicatedColumnNames();
  const parts: DuckDBValue[][][] = names.map(() => []);
  let rowCount = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    rowCount += chunk.rowCount;
    for (let i = 0; i < names.length; i++) (parts[i] as DuckDBValue[][]).push(chunk.getColumnValues(i));
  }

  const find = (name: string): DuckDBValue[][] => {
    const part = parts[names.indexOf(name)];
    if (part === undefined)
      throw fail("WAREHOUSE_QUERY_FAILED", `The result has no column "${name}"; it has ${names.join(", ")}.`);
    return part;
  };

  return {
    rowCount,
    names,
    int32: (name) => fill(new Int32Array(rowCount), find(name), (value) => toInt32(value, name)),
    float64: (name) => fill(new Float64Array(rowCount), find(name), toFloat64),
    text: (name) => find(name).flat().map(toText),
  };
}

function fill<T extends Int32Array | Float64Array>(
  target: T,
  parts: DuckDBValue[][],
  convert: (value: DuckDBValue) => number,
): T {
  let at = 0;
  for (const part of parts) for (const value of part) target[at++] = convert(value);
  return target;
}

function toInt32(value: DuckDBValue, name: string): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number" || (number | 0) !== number) {
    throw fail("WAREHOUSE_QUERY_FAILED", `Column "${name}" holds ${String(value)}, which is not a 32-bit integer.`);
  }
  return number;
}

function toFloat64(value: DuckDBValue): number {
  if (value === null) return Number.NaN;
  const plain = toPlainValue(value);
  return typeof plain === "number" ? plain : Number(plain);
}

function toText(value: DuckDBValue): string | null {
  return value === null ? null : String(toPlainValue(value));
}
