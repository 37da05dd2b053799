import type { FieldSource } from "../declare/source-mapping.ts";
import { identifier, literal } from "./sql-text.ts";
import type { StagedColumn } from "./staged-rows.ts";

const WHOLE = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|U?INTEGER)$/;
const NATIVE = /^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|DECIMAL\(.*\)|BOOLEAN)$/;

/** True where the engine's type already says what the value is, so that no text is needed to read it. */
export function isNative(type: string): boolean {
  return WHOLE.test(type) || NATIVE.test(type) || type === "DOUBLE" || type === "FLOAT";
}

/** Trimmed text of a column; empty and the source's placeholders become NULL, listed values their meaning. */
export function fieldText(column: StagedColumn, source: FieldSource): string {
  let text = toText(column);
  // What a number prints needs no cleaning.
  if (source.strip !== undefined && column.type === "VARCHAR")
    text = `regexp_replace(${text}, ${literal(source.strip)}, '', 'g')`;
  text = `nullif(${text}, '')`;
  const none = (source.none ?? []).filter((value) => value !== "");
  if (none.length > 0) text = `CASE WHEN ${text} NOT IN (${none.map(literal).join(", ")}) THEN ${text} END`;
  if (source.values !== undefined) {
    const cases = Object.entries(source.values).map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`);
    const otherwise = source.otherwise === undefined ? text : literal(source.otherwise);
    text = `CASE ${text} ${cases.join(" ")} ELSE ${otherwise} END`;
  }
  return text;
}

function toText({ name, type }: StagedColumn): string {
  const column = identifier(name);
  if (type === "VARCHAR") return `trim(${column})`;
  if (type === "DOUBLE" || type === "FLOAT") {
    // An id stored as number must not become "17850.0".
    return `CASE WHEN ${column} = trunc(${column}) THEN CAST(TRY_CAST(${column} AS HUGEINT) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`;
  }
  return `CAST(${column} AS VARCHAR)`;
}
