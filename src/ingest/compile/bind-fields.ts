import { fail } from "../../core/errors.ts";
import type { Contract } from "../declare/contract.ts";
import type { DatasetMapping, FieldSource, SourceMapping } from "../declare/source-mapping.ts";
import { literal } from "./sql-text.ts";
import type { StagedColumn } from "./staged-rows.ts";

/** Where one field of the contract comes from in this very file. */
export interface BoundField {
  readonly source: FieldSource;
  /** The file's column; undefined for a constant. */
  readonly column?: StagedColumn;
  /** Constant as SQL literal. */
  readonly constant?: string;
}

/**
 * Finds each field of the contract in the file. Header names match without regard to case and outer blanks.
 * Throws `INGEST_COLUMN_MISSING` naming file, column and the columns that are there when a required one, or one that the
 * mapping names without alternatives being optional, is absent.
 */
export function bindFields(
  contract: Contract,
  mapping: SourceMapping,
  dataset: DatasetMapping,
  columns: readonly StagedColumn[],
  constants: Readonly<Record<string, string>>,
  fileName: string,
): ReadonlyMap<string, BoundField> {
  const byHeader = new Map(columns.map((column) => [column.name.trim().toLowerCase(), column]));
  const bound = new Map<string, BoundField>();
  for (const column of contract.columns) {
    if (column.derive !== undefined) continue;
    const constant = constants[column.field];
    const source = dataset.fields[column.field] ?? ownName(column, mapping);
    if (source?.value !== undefined) bound.set(column.field, { source, constant: literal(source.value) });
    const found = source?.from
      .map((name) => byHeader.get(name.trim().toLowerCase()))
      .find((header) => header !== undefined);
    if (source !== undefined && found !== undefined) bound.set(column.field, { source, column: found });
    else if (constant !== undefined) bound.set(column.field, { source: { from: [] }, constant: literal(constant) });
    const isNeeded = column.required && column.otherwise === undefined && dataset.generatedId !== column.name;
    const isRuled = (dataset.rules[column.name] ?? column.rules) !== undefined;
    if (!bound.has(column.field) && isNeeded && !isRuled) {
      throw missingColumn(column.field, source?.from ?? [column.field], columns, fileName);
    }
  }
  return bound;
}

function ownName(column: Contract["columns"][number], mapping: SourceMapping): FieldSource | undefined {
  return mapping.byName ? { from: [column.field, ...column.accept] } : undefined;
}

function missingColumn(
  field: string,
  wanted: readonly string[],
  columns: readonly StagedColumn[],
  fileName: string,
): Error {
  const present = columns.map((column) => `"${column.name}"`).join(", ");
  const hint =
    field === "store_id"
      ? "Name the store when loading, or add the column."
      : field === "currency"
        ? "Add the column, or use a source mapping whose store has a currency."
        : "Add the column to the file, or map another one in the source mapping.";
  return fail(
    "INGEST_COLUMN_MISSING",
    `${fileName}, line 1: column ${wanted.map((name) => `"${name}"`).join(" or ")} is missing (needed for ${field}). ` +
      `The file has ${present}. ${hint}`,
  );
}
