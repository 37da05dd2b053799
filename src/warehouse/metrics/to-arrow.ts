import { Field, Float64, Schema, Table, tableToIPC, Utf8, vectorFromArray, type Vector } from "apache-arrow";
import type { MetricColumn, MetricResult } from "./metric-result.ts";

/**
 * A result as an Arrow IPC stream: text and periods as Utf8, everything else as doubles, money in minor units.
 * Unit and currency stand in each field's metadata; release, asOf and window in the schema's.
 */
export function toArrow(result: MetricResult): Uint8Array {
  const fields: Field[] = [];
  const vectors: Record<string, Vector> = {};
  result.columns.forEach((column, index) => {
    const type = isText(column) ? new Utf8() : new Float64();
    const about = new Map([
      ["unit", column.unit],
      ...(column.currency ? [["currency", column.currency] as const] : []),
    ]);
    fields.push(new Field(column.name, type, true, about));
    vectors[column.name] = vectorFromArray(
      result.rows.map((row) => row[index] ?? null),
      type,
    );
  });
  const about = new Map([
    ["release", result.release],
    ["asOf", result.asOf],
    ["from", result.from ?? ""],
    ["to", result.to ?? ""],
  ]);
  return tableToIPC(new Table(new Schema(fields, about), vectors), "stream");
}

function isText(column: MetricColumn): boolean {
  return column.kind === "label" || (column.kind === "dimension" && column.unit !== "number");
}
