import type { ColumnType } from "../declare/contract.ts";
import type { FieldSource } from "../declare/source-mapping.ts";
import { literal } from "./sql-text.ts";

/** Ways to write a local date and time that `iso` stands for. */
const ISO_LOCAL = [
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%dT%H:%M:%S",
  "%Y-%m-%d %H:%M:%S.%f",
  "%Y-%m-%dT%H:%M:%S.%f",
  "%Y-%m-%d %H:%M",
  "%Y-%m-%dT%H:%M",
  "%Y-%m-%d",
];
const ISO_OFFSET = String.raw`^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|[+-]\d{2}:?\d{2})$`;
const EPOCH_MICROS: Readonly<Record<string, number>> = { "epoch-s": 1_000_000, "epoch-ms": 1000, "epoch-us": 1 };

/** SQL of a field's value. `instant` is the UTC time where the file states one, else undefined. */
export interface CastField {
  readonly value: string;
  readonly instant?: string;
}

/**
 * Casts the text `text` (or the column `native` whose engine type already fits) to a contract type.
 * Yields NULL where the value does not fit: the caller tells "missing" from "bad" by the text.
 */
export function castField(
  type: ColumnType,
  text: string,
  native: { readonly column: string; readonly type: string } | undefined,
  source: FieldSource,
  timeZone: string,
): CastField {
  switch (type) {
    case "text":
    case "market":
      return { value: text };
    case "currency":
      return { value: `upper(${text})` };
    case "integer":
      return { value: castInteger(text, native) };
    case "decimal":
    case "money":
      return { value: castDecimal(native === undefined ? plainNumber(text, source) : native.column, source) };
    case "number":
      return { value: castNumber(native === undefined ? plainNumber(text, source) : native.column, source) };
    case "boolean":
      return { value: native?.type === "BOOLEAN" ? native.column : castBoolean(text) };
    case "date":
      return { value: `CAST(${castLocal(text, native, source.formats ?? ["%Y-%m-%d", "iso"])} AS DATE)` };
    default:
      return castTimestamp(text, native, source.formats ?? ["iso", "iso-offset"], timeZone);
  }
}

function plainNumber(text: string, source: FieldSource): string {
  return source.decimalComma === true ? `replace(replace(${text}, '.', ''), ',', '.')` : text;
}

function castInteger(text: string, native: { readonly column: string; readonly type: string } | undefined): string {
  if (native !== undefined && native.type.includes("INT")) return `TRY_CAST(${native.column} AS BIGINT)`;
  const value = native?.column ?? text;
  // A cast alone would round 1.5 to 2.
  return `CASE WHEN TRY_CAST(${value} AS BIGINT) = TRY_CAST(${value} AS DOUBLE) THEN TRY_CAST(${value} AS BIGINT) END`;
}

function castDecimal(value: string, source: FieldSource): string {
  const decimal = `TRY_CAST(${value} AS DECIMAL(18, 6))`;
  if (source.times === undefined) return decimal;
  return `TRY_CAST(CAST(${decimal} AS DECIMAL(28, 6)) * ${source.times} AS DECIMAL(18, 6))`;
}

function castNumber(value: string, source: FieldSource): string {
  const number = `TRY_CAST(${value} AS DOUBLE)`;
  return `CASE WHEN isfinite(${number}) THEN ${number}${source.times === undefined ? "" : ` * ${source.times}`} END`;
}

function castBoolean(text: string): string {
  return (
    `CASE WHEN lower(${text}) IN ('true', 't', 'yes', 'y', '1') THEN true ` +
    `WHEN lower(${text}) IN ('false', 'f', 'no', 'n', '0') THEN false END`
  );
}

function castLocal(
  text: string,
  native: { readonly column: string; readonly type: string } | undefined,
  formats: readonly string[],
): string {
  if (native !== undefined && /^(DATE|TIMESTAMP(_S|_MS|_NS)?)$/.test(native.type)) {
    return `CAST(${native.column} AS TIMESTAMP)`;
  }
  const patterns = formats.flatMap((format) => (format === "iso" ? ISO_LOCAL : isInstant(format) ? [] : [format]));
  if (patterns.length === 0) return "CAST(NULL AS TIMESTAMP)";
  return `try_strptime(${text}, [${patterns.map(literal).join(", ")}])`;
}

function isInstant(format: string): boolean {
  return format === "iso-offset" || format in EPOCH_MICROS || format.includes("%z");
}

function castTimestamp(
  text: string,
  native: { readonly column: string; readonly type: string } | undefined,
  formats: readonly string[],
  timeZone: string,
): CastField {
  const instants: string[] = [];
  if (native?.type === "TIMESTAMP WITH TIME ZONE") {
    instants.push(`make_timestamp(epoch_us(${native.column}))`);
  } else if (native === undefined || native.type.includes("INT")) {
    for (const format of formats) {
      const micros = EPOCH_MICROS[format];
      if (micros !== undefined)
        instants.push(`make_timestamp(TRY_CAST(TRY_CAST(${text} AS HUGEINT) * ${micros} AS BIGINT))`);
      else if (format === "iso-offset") instants.push(castIsoOffset(text));
      else if (format.includes("%z")) {
        instants.push(`make_timestamp(epoch_us(try_strptime(${text}, ${literal(format)})))`);
      }
    }
  }
  const local =
    native?.type === "TIMESTAMP WITH TIME ZONE" ? "CAST(NULL AS TIMESTAMP)" : castLocal(text, native, formats);
  if (instants.length === 0) return { value: local };
  const instant = instants.length === 1 ? (instants[0] ?? "") : `coalesce(${instants.join(", ")})`;
  return { value: `coalesce(${local}, ${toLocal(instant, timeZone)})`, instant };
}

/** RFC 3339 and its looser cousins (`+0100`, a blank before the offset), which the engine's cast does not take. */
function castIsoOffset(text: string): string {
  const strict = `regexp_replace(${text}, '\\s?([+-]\\d{2}):?(\\d{2})$', '\\1:\\2')`;
  return (
    `CASE WHEN regexp_matches(${text}, ${literal(ISO_OFFSET)}) ` +
    `THEN make_timestamp(epoch_us(TRY_CAST(${strict} AS TIMESTAMP WITH TIME ZONE))) END`
  );
}

/** Wall time in `timeZone` of a UTC timestamp. */
function toLocal(utc: string, timeZone: string): string {
  if (timeZone === "UTC") return utc;
  return `timezone(${literal(timeZone)}, timezone('UTC', ${utc}))`;
}
