import type { IsoDate } from "../../core/dates.ts";
import type { Contract, ContractColumn } from "../declare/contract.ts";
import type { DatasetMapping } from "../declare/source-mapping.ts";
import type { BoundField } from "./bind-fields.ts";
import { readBound } from "./read-bound.ts";
import type { Check, FaultCode } from "./check.ts";
import { literal } from "./sql-text.ts";

/** Checks of every column in the contract's order; the first that fails is the row's reason. */
export function columnChecks(
  contract: Contract,
  dataset: DatasetMapping,
  bound: ReadonlyMap<string, BoundField>,
  today: IsoDate,
): Check[] {
  return [
    ...contract.columns.flatMap((column) => checkColumn(column, dataset, bound.get(column.field), today)),
    ...dataset.allocations.map((rule, index) => ({
      code: "POINTER_UNRESOLVED" as const,
      column: rule.column,
      sourceColumn: rule.from,
      message: `${rule.from} is "{value}" but the file has no line with that ${rule.pointsAt}; load the lines of one consignment in one file.`,
      sql: `NOT is_resolved_${index}`,
    })),
  ];
}

function checkColumn(
  column: ContractColumn,
  dataset: DatasetMapping,
  bound: BoundField | undefined,
  today: IsoDate,
): Check[] {
  const sourceColumn = bound?.column?.name ?? null;
  const label = sourceColumn ?? column.field;
  const make = (code: FaultCode, sql: string, message: string): Check => ({
    code,
    column: column.name,
    sourceColumn,
    message: `${label} ${message}`,
    sql,
  });
  const checks: Check[] = [];
  if (column.derive !== undefined) {
    if ("product" in column.derive) {
      checks.push(
        make(
          "VALUE_OUT_OF_RANGE",
          `${column.name} IS NULL`,
          "is too large to be an amount; correct quantity or price.",
        ),
      );
    }
    return checks;
  }
  if (dataset.allocations.some((rule) => rule.column === column.name || rule.basis === column.name)) return checks;

  const [text, value] = [`t_${column.field}`, `v_${column.field}`];
  const isRead = bound?.column !== undefined;
  if (isRead && column.type !== "text" && column.type !== "market" && column.type !== "currency") {
    const bad = `${text} IS NOT NULL AND ${value} IS NULL`;
    if (column.type === "date" || column.type === "timestamp") {
      const formats = (bound.source.formats ?? ["iso"]).join(", ");
      checks.push(
        make(
          "VALUE_NOT_A_DATE",
          bad,
          `is "{value}", no date of the form ${formats}; correct it or add its format to the source mapping.`,
        ),
      );
    } else if (column.type === "boolean") {
      checks.push(make("VALUE_NOT_A_FLAG", bad, 'is "{value}"; write true or false.'));
    } else {
      const kind = column.type === "integer" ? "whole number" : "number";
      checks.push(make("VALUE_NOT_A_NUMBER", bad, `is "{value}", no ${kind}; write digits with a point for decimals.`));
    }
  }
  if (isRead && column.type === "market") {
    checks.push(
      make(
        "MARKET_UNKNOWN",
        `${text} IS NOT NULL AND ${column.name} IS NULL`,
        'is "{value}", no known country; write its ISO 3166-1 code or add the label to the country map.',
      ),
    );
  }
  if (isRead && column.type === "currency") {
    checks.push(
      make(
        "CURRENCY_UNKNOWN",
        `${value} IS NOT NULL AND f_${column.field} IS NULL`,
        'is "{value}", no ISO 4217 currency; write a code such as EUR.',
      ),
    );
  }
  const hasFallback = column.otherwise !== undefined || (dataset.rules[column.name] ?? column.rules) !== undefined;
  const isFilled = bound?.column === undefined && (bound?.constant !== undefined || column.otherwise !== undefined);
  if (column.required && dataset.generatedId !== column.name && !isFilled) {
    // Conversions of a value that is there never fail, so the value before them decides.
    const tested = isRead && column.type !== "market" && !hasFallback ? value : column.name;
    checks.push(make("VALUE_MISSING", `${tested} IS NULL`, "is empty; fill it in."));
  }
  if (isRead && column.maxLength !== undefined) {
    checks.push(
      make(
        "VALUE_TOO_LONG",
        `length(${value}) > ${column.maxLength}`,
        `has more than ${column.maxLength} characters; shorten it.`,
      ),
    );
  }
  if (column.allowed !== undefined && isRead) {
    const allowed = column.allowed.map(literal).join(", ");
    checks.push(
      make(
        "VALUE_NOT_ALLOWED",
        `${column.name} NOT IN (${allowed})`,
        `is "{value}"; write one of ${column.allowed.join(", ")}.`,
      ),
    );
  }
  if (isRead) checks.push(...boundChecks(column, value, today, make));
  return checks;
}

function boundChecks(
  column: ContractColumn,
  value: string,
  today: IsoDate,
  make: (code: FaultCode, sql: string, message: string) => Check,
): Check[] {
  const checks: Check[] = [];
  const except = Object.entries(column.boundsExcept ?? {})
    .map(([other, values]) => ` AND ${other} NOT IN (${values.map(literal).join(", ")})`)
    .join("");
  if (column.min !== undefined) {
    const low = readBound(column.min, today);
    checks.push(
      make("VALUE_OUT_OF_RANGE", `${value} < ${low.sql}${except}`, `is "{value}", below ${low.text}; correct it.`),
    );
  }
  if (column.max !== undefined) {
    const high = readBound(column.max, today);
    // A day as upper bound includes the whole day.
    const sql = column.type === "timestamp" ? `${value} >= ${high.sql} + INTERVAL 1 DAY` : `${value} > ${high.sql}`;
    checks.push(make("VALUE_OUT_OF_RANGE", `${sql}${except}`, `is "{value}", above ${high.text}; correct it.`));
  }
  return checks;
}
