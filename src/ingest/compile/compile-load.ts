import type { Contract, ContractColumn } from "../declare/contract.ts";
import type { DatasetMapping, SourceMapping } from "../declare/source-mapping.ts";
import { allocationTable } from "../merge/allocate.ts";
import { bindFields } from "./bind-fields.ts";
import type { Check } from "./check.ts";
import { columnChecks } from "./column-checks.ts";
import { contentHash } from "./content-hash.ts";
import { exactProduct, finalColumn } from "./final-column.ts";
import type { LoadContext } from "./load-context.ts";
import { createLocalHours, joinLocalHours } from "./local-hours.ts";
import { identifier, literal } from "./sql-text.ts";
import type { StagedRows } from "./staged-rows.ts";
import { typeField } from "./type-field.ts";

/** Generated SQL of one load. Every SELECT below reads the shaped rows again; nothing is kept in between. */
export interface CompiledLoad {
  /**
   * `row_no`, the table's columns, `content_hash`, `fault` (number of the first failed check, NULL for a good row) and
   * `raw_values` (the source's columns as JSON text, which costs nothing unless it is selected).
   */
  readonly checkedRows: string;
  /** Columns of the target table, and what `checkedRows` offers for each. */
  readonly columns: readonly string[];
  readonly values: readonly string[];
  readonly checks: readonly Check[];
  /** `control_total` over all rows, or undefined. */
  readonly controlTotal?: string;
  /** `row_no` and the typed fields `v_<field>`, before anything is joined. */
  readonly typedRows: string;
  /** Statements that create what `checkedRows` joins with. */
  readonly preparations: readonly string[];
}

/** Turns contract, mapping and the columns of a file into the SQL that casts, checks and hashes its rows. */
export function compileLoad(
  contract: Contract,
  mapping: SourceMapping,
  dataset: DatasetMapping,
  rows: StagedRows,
  context: LoadContext,
): CompiledLoad {
  const constants: Record<string, string> = {};
  if (context.storeId !== undefined) constants["store_id"] = context.storeId;
  if (context.currency !== undefined) constants["currency"] = context.currency;
  const bound = bindFields(contract, mapping, dataset, rows.columns, constants, context.fileName);

  const inputs = contract.columns.filter((column) => column.derive === undefined);
  const typed = inputs.map((column) => typeField(column, bound.get(column.field), context.timeZone));
  const markets = inputs.filter((column) => column.type === "market" && bound.get(column.field)?.column !== undefined);
  const typedRows =
    `SELECT row_no, raw_values, ${typed.flatMap((field) => field.select).join(", ")} FROM (` +
    `SELECT s.*, ${rawValues(rows)} AS raw_values, ${typed.map((field) => field.text).join(", ")} FROM (${rows.select}) s)`;

  const instants = new Set(typed.filter((field) => field.hasInstant).map((field) => field.name));
  const columnSql = contract.columns.map(
    (column) => `${finalColumn(column, dataset, bound, context, instants)} AS ${column.name}`,
  );
  const checks = columnChecks(contract, dataset, bound, context.today);
  const identity = dataset.content ?? (contract.identity.kind === "content" ? contract.identity.fields : undefined);
  const hashed = (identity ?? inputs.map((column) => column.field))
    .filter((field) => field !== "store_id")
    .map((field) => hashedField(field, inputs, instants));
  const hasStore = contract.columns.some((column) => column.name === "store_id");
  const hash = contentHash([...(hasStore ? ["store_id"] : []), ...hashed]);

  const currencies = inputs.filter(({ type, field }) => type === "currency" && bound.get(field)?.column !== undefined);
  const zoned = inputs.filter(
    ({ type, field }) => type === "timestamp" && context.timeZone !== "UTC" && bound.has(field),
  );
  const joins = [
    ...zoned.map(({ field }) => joinLocalHours(field)),
    ...markets.map(({ field }) => `LEFT JOIN ingest_market m_${field} ON m_${field}.label = lower(t_${field})`),
    ...currencies.map(({ field }) => `LEFT JOIN ingest_currency k_${field} ON k_${field}.code = v_${field}`),
    ...dataset.allocations.map((_, index) => `LEFT JOIN ${allocationTable(index)} a${index} USING (row_no)`),
  ];
  // What only the checks need.
  const extras = [
    ...currencies.map(({ field }) => `k_${field}.factor AS f_${field}`),
    ...dataset.allocations.map((_, index) => `a${index}.is_resolved AS is_resolved_${index}`),
  ];
  const fault = checks.map((check, index) => `WHEN ${check.sql} THEN ${index}`).join(" ");
  const names = contract.columns.map((column) => column.name);
  const checkedRows =
    `SELECT row_no, ${names.join(", ")}, ${hash} AS content_hash, ` +
    `CASE ${fault} END AS fault, raw_values FROM (` +
    `SELECT row_no, raw_values, ${typed.flatMap((field) => field.names).join(", ")}, ${[...columnSql, ...extras].join(", ")} ` +
    `FROM (${typedRows}) ${joins.join(" ")})`;

  const [left, right] = contract.controlTotal ?? [];
  return {
    checkedRows,
    columns: names,
    values: names.map((name) => (name === dataset.generatedId ? "CAST(content_hash AS VARCHAR)" : name)),
    checks,
    typedRows,
    preparations: zoned.map(({ field }) => createLocalHours(field, typedRows, context.timeZone)),
    ...(left === undefined || right === undefined
      ? {}
      : {
          controlTotal: `SELECT sum(${exactProduct(left, right)}) AS control_total FROM (${typedRows})`,
        }),
  };
}

function rawValues(rows: StagedRows): string {
  const pairs = rows.columns.map(({ name }) => `${literal(name)}: CAST(${identifier(name)} AS VARCHAR)`);
  return `CAST(to_json({${pairs.join(", ")}}) AS VARCHAR)`;
}

/** Canonical value of a field for the content hash: as read, before countries, money and time zones are applied. */
function hashedField(field: string, inputs: readonly ContractColumn[], instants: ReadonlySet<string>): string {
  const type = inputs.find((column) => column.field === field)?.type;
  if (type !== "timestamp") return `v_${field}`;
  return `epoch_us(${instants.has(field) ? `coalesce(u_${field}, v_${field})` : `v_${field}`})`;
}
