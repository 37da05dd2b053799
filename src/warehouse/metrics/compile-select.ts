import type { SqlParams } from "../database.ts";
import { readSql } from "../read-sql.ts";
import type { MartTable } from "./mart-tables.ts";
import type { Component } from "./metric-plan.ts";
import { innerOfSum } from "./metric-sql.ts";
import type { SelectDimension, SelectOrder, SelectRequest, Side } from "./select-request.ts";

export interface Statement {
  readonly sql: string;
  readonly params: SqlParams;
}

type Params = Record<string, string | number>;

/**
 * The SELECT of a request; its rows are `GroupRow`s. Identifiers and aggregates come from the catalogue, every value of
 * the query is a bound parameter.
 */
export function compileSelect(request: SelectRequest): Statement {
  const params: Params = {};
  const dimensions = request.dimensions.map(
    (dimension, index) => `${dimensionSql(request, dimension, params)} AS d${index}`,
  );
  const aggregates = request.sides.flatMap(({ side }) => [
    ...request.components.map((component, index) => `${aggregateSql(request, component, side)} AS ${side}_${index}`),
    `count(*)${filterSql(sideConditions(request, side))} AS ${side}_rows`,
  ]);
  const isGrouped = dimensions.length > 0;
  const counts = [
    ...(isGrouped ? ["count(*) OVER () AS group_count"] : []),
    ...(request.conversion === undefined
      ? []
      : [`CAST(sum(count(*)${filterSql([isUnrated(request)])}) OVER () AS BIGINT) AS unrated_rows`]),
  ];
  const sql = [
    ...withFx(request, params),
    `SELECT ${[...dimensions, ...aggregates, ...counts].join(",\n  ")}`,
    ...fromWhere(request, params),
    ...(isGrouped ? [`GROUP BY ${dimensions.map((_, index) => index + 1).join(", ")}`] : []),
    ...(request.order === undefined ? [] : [`ORDER BY ${request.order.map(orderSql).join(", ")}`]),
    `LIMIT ${request.maxRows}`,
  ].join("\n");
  return { sql, params };
}

/** How many of the unrated rows of a converted request are in each currency. */
export function compileUnrated(request: SelectRequest): Statement {
  const { table } = request;
  const params: Params = {};
  const sql = [
    ...withFx(request, params),
    `SELECT ${table.currency} AS currency, count(*) AS row_count`,
    ...fromWhere({ ...request, dimensions: [] }, params),
    `  AND ${isUnrated(request)}`,
    "GROUP BY 1 ORDER BY 1",
  ].join("\n");
  return { sql, params };
}

function withFx({ conversion }: SelectRequest, params: Params): string[] {
  if (conversion === undefined) return [];
  params["currency"] = conversion.currency;
  params["digits"] = conversion.digits;
  return [`WITH fx AS (\n${readSql("metrics/convert_currency").trim()}\n)`];
}

/** FROM, joins and WHERE. Joined columns have names of their own, so the columns of the table need no prefix. */
function fromWhere(request: SelectRequest, params: Params): string[] {
  const { table } = request;
  const lines = [`FROM ${table.name}`];
  if (request.conversion !== undefined) {
    lines.push(`LEFT JOIN fx ON fx_day = ${table.day} AND fx_currency = ${table.currency}`);
  }
  const named = [...request.dimensions.map((each) => each.name), ...request.filters.map((each) => each.dimension)];
  for (const name of new Set(named)) lines.push(...joinLookup(table, name));

  const conditions = ["true"];
  const windows = request.sides.flatMap(({ side, window }) => (window === undefined ? [] : [{ side, window }]));
  for (const { side, window } of windows) {
    params[`${side}_from`] = window.from;
    params[`${side}_to`] = window.to;
  }
  if (windows.length === request.sides.length) {
    conditions.push(`(${windows.map(({ side }) => isOnSide(table, side)).join(" OR ")})`);
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
  const dimension = table.dimensions[name];
  if (dimension?.lookup === undefined) return [];
  const keys = dimension.lookup.keys.map((key) => `${key} AS ${name}_${key}`).join(", ");
  const matches = dimension.lookup.keys.map((key) => `${name}_${key} = ${key}`).join(" AND ");
  return [
    `LEFT JOIN (SELECT ${keys}, ${dimension.column} AS ${name}_value FROM ${dimension.lookup.table}) ON ${matches}`,
  ];
}

function columnOf(table: MartTable, name: string): string {
  const dimension = table.dimensions[name];
  if (dimension === undefined) throw new Error(`${table.name} has no dimension ${name}.`);
  return dimension.lookup === undefined ? dimension.column : `${name}_value`;
}

function dimensionSql({ table, shift }: SelectRequest, dimension: SelectDimension, params: Params): string {
  if (dimension.grain === undefined) return columnOf(table, dimension.name);
  let day = table.day;
  if (shift !== undefined) {
    params["shift_years"] = shift.years;
    params["shift_days"] = shift.days;
    day = `${table.day} + to_years($shift_years::INTEGER) + to_days($shift_days::INTEGER)`;
  }
  return `CAST(date_trunc('${dimension.grain}', ${day}) AS DATE)`;
}

/** The aggregate of a component, its amounts converted row by row, over the rows of a side that meet its conditions. */
function aggregateSql(request: SelectRequest, component: Component, side: Side): string {
  const { table, conversion } = request;
  const { metric, conditions } = component;
  const aggregate =
    metric.unit === "money" && conversion !== undefined
      ? `sum((${innerOfSum(metric.sql)}) * CASE WHEN ${table.currency} = $currency THEN 1 ELSE fx_rate END)`
      : metric.sql;
  return `CAST(${aggregate}${filterSql([...conditions, ...sideConditions(request, side)])} AS DOUBLE)`;
}

/** Tells the rows of one side from those of the other; nothing to tell where there is one side only. */
function sideConditions({ table, sides }: SelectRequest, side: Side): string[] {
  return sides.length > 1 ? [isOnSide(table, side)] : [];
}

function isOnSide(table: MartTable, side: Side): string {
  return `${table.day} BETWEEN $${side}_from::DATE AND $${side}_to::DATE`;
}

/** Rows without a rate on their day; they are in no amount. */
function isUnrated({ table }: SelectRequest): string {
  return `${table.currency} <> $currency AND fx_rate IS NULL`;
}

function filterSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : ` FILTER (WHERE ${conditions.map((each) => `(${each})`).join(" AND ")})`;
}

/** A group without rows on a side counts as zero there, as it is shown. */
function orderSql(order: SelectOrder): string {
  const direction = order.direction === "asc" ? "ASC" : "DESC";
  const key =
    "dimension" in order
      ? `d${order.dimension}`
      : `CASE WHEN ${order.side}_rows = 0 THEN 0 ELSE ${order.side}_${order.component} END`;
  return `${key} ${direction} NULLS LAST`;
}
