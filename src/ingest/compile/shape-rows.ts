import type { DatasetMapping } from "../declare/source-mapping.ts";
import { identifier, literal } from "./sql-text.ts";
import type { StagedRows } from "./staged-rows.ts";

/** Applies what changes rows before any cast: wide columns to rows, and values copied within a group. */
export function shapeRows(staged: StagedRows, mapping: DatasetMapping): StagedRows {
  let shaped = staged;
  if (mapping.unpivot !== undefined) shaped = unpivot(shaped, mapping.unpivot);
  if (mapping.fillWithin !== undefined) shaped = fillWithin(shaped, mapping.fillWithin);
  return shaped;
}

function unpivot(staged: StagedRows, rule: NonNullable<DatasetMapping["unpivot"]>): StagedRows {
  const kept = rule.keep.map(identifier);
  const wide = staged.columns.filter((column) => !rule.keep.includes(column.name) && column.name.trim() !== "");
  const names = wide.map((column) => literal(column.name)).join(", ");
  const values = wide.map((column) => `trim(CAST(${identifier(column.name)} AS VARCHAR))`).join(", ");
  const skipped = ["", ...rule.skip].map(literal).join(", ");
  const [name, value] = [identifier(rule.name), identifier(rule.value)];
  return {
    select:
      `SELECT row_no, ${[...kept, name, value].join(", ")} FROM (` +
      `SELECT row_no, ${kept.join(", ")}, unnest([${names}]) AS ${name}, unnest([${values}]) AS ${value} ` +
      `FROM (${staged.select})) WHERE ${value} IS NOT NULL AND ${value} NOT IN (${skipped})`,
    columns: [...rule.keep, rule.name, rule.value].map((column) => ({ name: column, type: "VARCHAR" })),
  };
}

function fillWithin(staged: StagedRows, rule: NonNullable<DatasetMapping["fillWithin"]>): StagedRows {
  const columns = staged.columns.map(({ name }) => {
    const column = identifier(name);
    if (!rule.columns.includes(name)) return column;
    const group = `(PARTITION BY ${identifier(rule.by)} ORDER BY row_no ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;
    return `coalesce(${column}, first_value(${column} IGNORE NULLS) OVER ${group}) AS ${column}`;
  });
  return { ...staged, select: `SELECT row_no, ${columns.join(", ")} FROM (${staged.select})` };
}
