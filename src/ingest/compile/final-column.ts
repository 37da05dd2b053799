import { minorDigits } from "../../core/money.ts";
import type { ContractColumn } from "../declare/contract.ts";
import type { DatasetMapping } from "../declare/source-mapping.ts";
import type { BoundField } from "./bind-fields.ts";
import type { LoadContext } from "./load-context.ts";
import { utcOf } from "./local-hours.ts";
import { ruleCase } from "./rule-case.ts";
import { literal } from "./sql-text.ts";

/** SQL of a table column over the typed fields. */
export function finalColumn(
  column: ContractColumn,
  dataset: DatasetMapping,
  bound: ReadonlyMap<string, BoundField>,
  context: LoadContext,
  instants: ReadonlySet<string>,
): string {
  const isRead = bound.get("currency")?.column !== undefined;
  const factor = isRead ? "k_currency.factor" : String(10 ** minorDigits(context.currency ?? "EUR"));
  if (column.derive !== undefined) {
    if ("localDayOf" in column.derive) return `CAST(v_${column.derive.localDayOf} AS DATE)`;
    const [left, right] = column.derive.product;
    // 64 bits are enough for all but absurd lines, and 10 times cheaper than 128.
    const fast = `TRY(CAST(CAST(v_${left} AS DECIMAL(11, 0)) * v_${right} * ${factor} AS BIGINT))`;
    return `coalesce(${fast}, TRY_CAST(${exactProduct(left, right)} * ${factor} AS BIGINT))`;
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
      return `coalesce(TRY(CAST(${value} * ${factor} AS BIGINT)), TRY_CAST(CAST(${value} AS DECIMAL(24, 6)) * ${factor} AS BIGINT))`;
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
export function exactProduct(left: string, right: string): string {
  return `TRY_CAST(v_${left} AS DECIMAL(11, 0)) * CAST(v_${right} AS DECIMAL(24, 6))`;
}
