import type { SqlParams } from "../database.ts";
import { readSql } from "../read-sql.ts";
import type { Shift } from "./compared-window.ts";
import type { MartTable } from "./mart-tables.ts";
import type { Component } from "./metric-plan.ts";
import type { TimeGrain } from "./metric-result.ts";
import { innerOfSum } from "./metric-sql.ts";
import type { PlannedFilter } from "./query-plan.ts";
import type { DayWindow } from "./time-grain.ts";

/** A dimension of one statement; time dimensions come with their grain. */
export interface SelectDimension {
  readonly name: string;
  readonly grain?: TimeGrain;
}

/** Everything one statement over one mart table depends on. */
export interface SelectRequest {
  readonly table: MartTable;
  readonly components: readonly Component[];
  readonly dimensions: readonly SelectDimension[];
  readonly filters: readonly PlannedFilter[];
  /** Rows without a day are left out when there is a window. */
  readonly window?: DayWindow;
  /** Moves days forward before they are put into periods, so that compared periods line up with the current ones. */
  readonly shift?: Shift;
  /** Set when the table holds other currencies than the wanted one; JSON of the minor digits of all of them. */
  readonly conversion?: { readonly currency: string; readonly digits: string };
  readonly maxRows: number;
}

export interface Statement {
  readonly sql: string;
  readonly params: SqlParams;
}

/**
 * The SELECT of a request: columns d0… (dimensions), m0… (aggregates, doubles) and row_count; one row a group.
 * Identifiers and aggregates come from the catalogue; every value of the query is a bound parameter.
 */
export function compileSelect(request: SelectRequest): Statement {
  const { table, conversion } = request;
  const params: Record<string, string | number> = {};
  const dimensions = request.dimensions.map(
    (dimension, index) => `${dimensionSql(table, dimension, request.shift, params)} AS d${index}`,
  );
  const aggregates = request.components.map(
    (component, index) => `${aggregateSql(component, table, conversion)} AS m${index}`,
  );
  const sql = [
    ...withFx(conversion, params),
    `SELECT ${[...dimensions, ...aggregates, "count(*) AS row_count"].join(",\n  ")}`,
    ...fromWhere(request, params),
    ...(dimensions.length === 0 ? [] : [`GROUP BY ${dimensions.map((_, index) => index + 1).join(", ")}`]),
    `LIMIT ${request.maxRows}`,
  ].join("\n");
  return { sql, params };
}

/** How many rows of each currency of a converted request have no rate on their day, and so are in no sum. */
export function compileUnconverted(request: SelectRequest): Statement {
  const { table, conversion } = request;
  const params: Record<string, string | number> = {};
  const sql = [
    ...withFx(conversion, params),
    `SELECT ${table.currency} AS currency, count(*) AS row_count`,
    ...fromWhere(request, params),
    `  AND ${table.currency} <> $currency AND fx_rate IS NULL`,
    "GROUP BY 1 ORDER BY 1",
  ].join("\n");
  return { sql, params };
}

function withFx(conversion: SelectRequest["conversion"], params: Record<string, string | number>): string[] {
  if (conversion === undefined) return [];
  params["currency"] = conversion.currency;
  params["digits"] = conversion.digits;
  return [`WITH fx AS (\n${readSql("metrics/convert_currency").trim()}\n)`];
}

/** FROM, joins and WHERE. Joined columns have names of their own, so the columns of the table need no prefix. */
function fromWhere(request: SelectRequest, params: Record<string, string | number>): string[] {
  const { table, window, conversion } = request;
  const lines = [`FROM ${table.name}`];
  if (conversion !== undefined) {
    lines.push(`LEFT JOIN fx ON fx_day = ${table.day} AND fx_currency = ${table.currency}`);
  }
  const named = [...request.dimensions.map((each) => each.name), ...request.filters.map((each) => each.dimension)];
  for (const name of new Set(named)) lines.push(...joinLookup(table, name));

  const conditions = ["true"];
  if (window !== undefined) {
    params["from"] = window.from;
    params["to"] = window.to;
    conditions.push(`${table.day} BETWEEN $from::DATE AND $to::DATE`);
  }
  request.filters.forEach((filter, index) => {
    const names = filter.values.map((value, position) => {
      params[`f${index}_${position}`] = value;
      return `$f${index}_${position}`;
    });
    conditions.push(`${columnOf(table, filter.dimension)} IN (${names.join(", ")})`);
  });
  return [...lines, `WHERE ${conditions.join("\n  AND ")}`];
}

/** Looks a dimension up in another table by the shared keys, which are unique there. */
function joinLookup(table: MartTable, name: string): string[] {
  const lookup = table.dimensions[name]?.lookup;
  if (lookup === undefined) return [];
  const keys = lookup.keys.map((key) => `${key} AS ${name}_${key}`).join(", ");
  const matches = lookup.keys.map((key) => `${name}_${key} = ${key}`).join(" AND ");
  const column = table.dimensions[name]?.column ?? "";
  return [`LEFT JOIN (SELECT ${keys}, ${column} AS ${name}_value FROM ${lookup.table}) ON ${matches}`];
}

function columnOf(table: MartTable, name: string): string {
  const dimension = table.dimensions[name];
  if (dimension === undefined) throw new Error(`${table.name} has no dimension ${name}.`);
  return dimension.lookup === undefined ? dimension.column : `${name}_value`;
}

function dimensionSql(
  table: MartTable,
  dimension: SelectDimension,
  shift: Shift | undefined,
  params: Record<string, string | number>,
): string {
  if (dimension.grain === undefined) return columnOf(table, dimension.name);
  let day = table.day;
  if (shift !== undefined) {
    params["shift_years"] = shift.years;
    params["shift_days"] = shift.days;
    day = `${table.day} + to_years($shift_years::INTEGER) + to_days($shift_days::INTEGER)`;
  }
  return `CAST(date_trunc('${dimension.grain}', ${day}) AS DATE)`;
}

/** The aggregate of a component, its amounts converted row by row, over the rows that meet its conditions. */
function aggregateSql(component: Component, table: MartTable, conversion: SelectRequest["conversion"]): string {
  const { metric, conditions } = component;
  const aggregate =
    metric.unit === "money" && conversion !== undefined
      ? `sum((${innerOfSum(metric.sql)}) * CASE WHEN ${table.currency} = $currency THEN 1 ELSE fx_rate END)`
      : metric.sql;
  const filter =
    conditions.length === 0 ? "" : ` FILTER (WHERE ${conditions.map((each) => `(${each})`).join(" AND ")})`;
  return `CAST(${aggregate}${filter} AS DOUBLE)`;
}
