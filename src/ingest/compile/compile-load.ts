import type { IsoDate } from "../../core/dates.ts";
import type { ColumnType, Contract, ContractColumn } from "../declare/contract.ts";
import type { DatasetMapping, SourceMapping } from "../declare/source-mapping.ts";
import { allocationTable } from "../merge/allocate.ts";
import { bindFields, type BoundField } from "./bind-fields.ts";
import { castField } from "./cast-field.ts";
import type { Check } from "./check.ts";
import { columnChecks } from "./column-checks.ts";
import { contentHash } from "./content-hash.ts";
import { currencyFactor } from "./currency-factor.ts";
import { fieldText, isNative } from "./field-text.ts";
import { ruleCase } from "./rule-case.ts";
import { createLocalHours, joinLocalHours, utcOf } from "./local-hours.ts";
import { identifier, literal } from "./sql-text.ts";
import type { StagedRows } from "./staged-rows.ts";

export interface LoadContext {
  readonly fileName: string;
  /** Store of every row; undefined when the file says it, or the dataset knows no stores. */
  readonly storeId?: string;
  /** Currency of every row, where the source has only one. */
  readonly currency?: string;
  readonly timeZone: string;
  readonly today: IsoDate;
}

/** Generated SQL of one load. Every SELECT below reads the shaped rows again; nothing is kept in between. */
export interface CompiledLoad {
  /** `row_no`, the table's columns, `content_hash` and `fault` (number of the first failed check, NULL for a good row). */
  readonly checkedRows: string;
  /** Columns of the target table, and what `checkedRows` offers for each. */
  readonly columns: readonly string[];
  readonly values: readonly string[];
  readonly checks: readonly Check[];
  /** `control_total` over all rows, or undefined. */
  readonly controlTotal?: string;
  /** `row_no` and the source's columns as JSON text `raw_values`. */
  readonly rawRows: string;
  /** `row_no` and the typed fields `v_<field>`, before anything is joined. */
  readonly typedRows: string;
  /** Statements that create what `checkedRows` joins with. */
  readonly preparations: readonly string[];
}

/** Engine type of each contract type, before money becomes minor units. */
const ENGINE_TYPE: Readonly<Record<ColumnType, string>> = {
  text: "VARCHAR",
  integer: "BIGINT",
  decimal: "DECIMAL(18, 6)",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  timestamp: "TIMESTAMP",
  market: "VARCHAR",
  currency: "VARCHAR",
  money: "DECIMAL(18, 6)",
};

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
  const typed = inputs.map((column) => typeColumn(column, bound.get(column.field), context.timeZone));
  const markets = inputs.filter((column) => column.type === "market" && bound.get(column.field)?.column !== undefined);
  const typedRows =
    `SELECT row_no, ${typed.flatMap((field) => field.select).join(", ")} FROM (` +
    `SELECT s.*, ${typed.map((field) => field.text).join(", ")} FROM (${rows.select}) s)`;

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

  const zoned = inputs.filter(
    ({ type, field }) => type === "timestamp" && context.timeZone !== "UTC" && bound.has(field),
  );
  const joins = [
    ...zoned.map(({ field }) => joinLocalHours(field)),
    ...markets.map(({ field }) => `LEFT JOIN ingest_market m_${field} ON m_${field}.label = lower(t_${field})`),
    ...dataset.allocations.map((_, index) => `LEFT JOIN ${allocationTable(index)} a${index} USING (row_no)`),
  ];
  const fault = checks.map((check, index) => `WHEN ${check.sql} THEN ${index}`).join(" ");
  const names = contract.columns.map((column) => column.name);
  const checkedRows =
    `SELECT row_no, ${names.join(", ")}, ${hash} AS content_hash, ` +
    `CASE ${fault} END AS fault FROM (` +
    `SELECT row_no, ${typed.flatMap((field) => field.names).join(", ")}, ${columnSql.join(", ")}${allocationFlags(dataset)} ` +
    `FROM (${typedRows}) ${joins.join(" ")})`;

  const [left, right] = contract.controlTotal ?? [];
  return {
    checkedRows,
    columns: names,
    values: names.map((name) => (name === dataset.generatedId ? "CAST(content_hash AS VARCHAR)" : name)),
    checks,
    typedRows,
    preparations: zoned.map(({ field }) => createLocalHours(field, typedRows, context.timeZone)),
    rawRows: `SELECT row_no, CAST(to_json({${rows.columns
      .map(({ name }) => `${literal(name)}: CAST(${identifier(name)} AS VARCHAR)`)
      .join(", ")}}) AS VARCHAR) AS raw_values FROM (${rows.select})`,
    ...(left === undefined || right === undefined
      ? {}
      : {
          controlTotal: `SELECT sum(${exactProduct(left, right)}) AS control_total FROM (${typedRows})`,
        }),
  };
}

interface TypedField {
  readonly name: string;
  readonly text: string;
  readonly select: readonly string[];
  readonly names: readonly string[];
  readonly hasInstant: boolean;
}

/** `t_<field>` is the text as read, `v_<field>` its value, `u_<field>` its UTC time where the file states one. */
function typeColumn(column: ContractColumn, bound: BoundField | undefined, timeZone: string): TypedField {
  const [text, value, instant] = [`t_${column.field}`, `v_${column.field}`, `u_${column.field}`];
  if (bound?.column === undefined) {
    const constant = `CAST(${bound?.constant ?? "NULL"} AS ${ENGINE_TYPE[column.type]})`;
    return {
      name: column.field,
      text: `${bound?.constant ?? "CAST(NULL AS VARCHAR)"} AS ${text}`,
      select: [text, `${constant} AS ${value}`],
      names: [text, value],
      hasInstant: false,
    };
  }
  const isText = column.type === "text" || column.type === "market" || column.type === "currency";
  const native = !isText && isNative(bound.column.type) && bound.source.values === undefined;
  const cast = castField(
    column.type,
    text,
    native ? { column: text, type: bound.column.type } : undefined,
    bound.source,
    timeZone,
  );
  return {
    name: column.field,
    text: `${native ? identifier(bound.column.name) : fieldText(bound.column, bound.source)} AS ${text}`,
    select: [
      text,
      `${cast.value} AS ${value}`,
      ...(cast.instant === undefined ? [] : [`${cast.instant} AS ${instant}`]),
    ],
    names: [text, value, ...(cast.instant === undefined ? [] : [instant])],
    hasInstant: cast.instant !== undefined,
  };
}

/** SQL of a table column over the typed fields. */
function finalColumn(
  column: ContractColumn,
  dataset: DatasetMapping,
  bound: ReadonlyMap<string, BoundField>,
  context: LoadContext,
  instants: ReadonlySet<string>,
): string {
  const factor = (): string => {
    const single = bound.get("currency")?.column === undefined ? context.currency : undefined;
    return currencyFactor("v_currency", single);
  };
  if (column.derive !== undefined) {
    if ("localDayOf" in column.derive) return `CAST(v_${column.derive.localDayOf} AS DATE)`;
    const [left, right] = column.derive.product;
    return `TRY_CAST(${exactProduct(left, right)} * ${factor()} AS BIGINT)`;
  }
  const allocation = dataset.allocations.findIndex((rule) => rule.column === column.name || rule.basis === column.name);
  if (allocation !== -1) {
    const rule = dataset.allocations[allocation];
    return `a${allocation}.${rule?.column === column.name ? "share" : "basis"}`;
  }
  const value = `v_${column.field}`;
  const otherwise =
    column.otherwise === undefined
      ? undefined
      : typeof column.otherwise === "string"
        ? literal(column.otherwise)
        : String(column.otherwise);
  switch (column.type) {
    case "market":
      return bound.get(column.field)?.column === undefined
        ? (otherwise ?? value)
        : // An unknown label stays NULL and is refused; only a missing one takes the default.
          `CASE WHEN t_${column.field} IS NULL THEN ${otherwise ?? "NULL"} ELSE m_${column.field}.market_id END`;
    case "money":
      return `TRY_CAST(CAST(${value} AS DECIMAL(24, 6)) * ${factor()} AS BIGINT)`;
    case "timestamp": {
      const utc = context.timeZone === "UTC" || !bound.has(column.field) ? value : utcOf(column.field);
      return instants.has(column.field) ? `coalesce(u_${column.field}, ${utc})` : utc;
    }
    default: {
      const rules = dataset.rules[column.name] ?? column.rules;
      if (rules === undefined && otherwise === undefined) return value;
      const fallback = ruleCase(rules ?? [], (field) => `v_${field}`, otherwise ?? "NULL");
      return bound.has(column.field) ? `coalesce(${value}, ${fallback})` : fallback;
    }
  }
}

/** Product of a whole number and a decimal in 128 bits: with 64 the engine would stop at an overflow. */
function exactProduct(left: string, right: string): string {
  return `TRY_CAST(v_${left} AS DECIMAL(11, 0)) * CAST(v_${right} AS DECIMAL(24, 6))`;
}

/** Canonical value of a field for the content hash: as read, before countries, money and time zones are applied. */
function hashedField(field: string, inputs: readonly ContractColumn[], instants: ReadonlySet<string>): string {
  const type = inputs.find((column) => column.field === field)?.type;
  if (type !== "timestamp") return `v_${field}`;
  return `epoch_us(${instants.has(field) ? `coalesce(u_${field}, v_${field})` : `v_${field}`})`;
}

function allocationFlags(dataset: DatasetMapping): string {
  return dataset.allocations.map((_, index) => `, a${index}.is_resolved AS is_resolved_${index}`).join("");
}
