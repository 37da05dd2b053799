import { isIsoDate } from "../../core/dates.ts";
import { fail, type FieldFault } from "../../core/errors.ts";
import { DIMENSIONS, isTimeDimension, MART_TABLES, type Dimension, type MartTable } from "./mart-tables.ts";
import { planMetric, type Component, type MetricPlan } from "./metric-plan.ts";
import { DEFAULT_ROW_LIMIT, MAX_ROW_LIMIT, type Comparison, type MetricQuery } from "./metric-query.ts";
import type { Metric, MetricCatalogue } from "./metric.ts";

const MAX_METRICS = 20;
const MAX_DIMENSIONS = 3;
const MAX_FILTER_VALUES = 500;
const COMPARISONS: readonly Comparison[] = ["none", "previous-period", "previous-year"];

export interface PlannedFilter {
  readonly dimension: string;
  readonly values: readonly (string | number)[];
}

/** A query whose every name is known: what to aggregate on which table, and how to show it. */
export interface QueryPlan {
  readonly metrics: readonly MetricPlan[];
  /** The aggregates of each table, each once. */
  readonly tables: ReadonlyMap<MartTable, readonly Component[]>;
  readonly dimensions: readonly Dimension[];
  readonly filters: readonly PlannedFilter[];
  readonly from?: string;
  readonly to?: string;
  readonly currency?: string;
  readonly compare: Comparison;
  readonly orderBy?: { readonly by: string; readonly direction: "asc" | "desc" };
  readonly limit: number;
}

/**
 * Checks a query against the catalogue. Throws `METRIC_UNKNOWN` for a metric that does not exist and
 * `METRIC_QUERY_INVALID` with every other fault, each naming the field and what is accepted.
 */
export function planQuery(catalogue: MetricCatalogue, query: MetricQuery): QueryPlan {
  const metrics = findMetrics(catalogue, query.metrics);
  const faults = [
    ...checkNames(query.metrics, "metrics", 1, MAX_METRICS),
    ...checkDimensions(query.dimensions ?? [], metrics),
    ...checkFilters(query.filters ?? {}, metrics),
    ...checkWindow(query),
    ...checkShape(query),
  ];
  if (faults.length > 0) throw invalidQuery(faults);

  const plans = metrics.map((metric) => planMetric(metric, catalogue));
  return {
    metrics: plans,
    tables: groupByTable(plans),
    dimensions: (query.dimensions ?? []).flatMap((name) => DIMENSIONS.filter((dimension) => dimension.name === name)),
    filters: Object.entries(query.filters ?? {})
      .filter(([, values]) => values.length > 0)
      .map(([dimension, values]) => ({ dimension, values: values.map((value) => toFilterValue(dimension, value)) })),
    compare: query.compare ?? "none",
    limit: query.limit ?? DEFAULT_ROW_LIMIT,
    ...(query.from === undefined ? {} : { from: query.from }),
    ...(query.to === undefined ? {} : { to: query.to }),
    ...(query.currency === undefined ? {} : { currency: query.currency }),
    ...(query.orderBy === undefined ? {} : { orderBy: query.orderBy }),
  };
}

export function invalidQuery(faults: readonly FieldFault[]): Error {
  const detail = faults.map((fault) => `${fault.pointer} ${fault.message}`).join(" ");
  return fail("METRIC_QUERY_INVALID", detail, { errors: faults });
}

function findMetrics(catalogue: MetricCatalogue, names: readonly string[]): Metric[] {
  const known = [...catalogue.metrics.keys()];
  const faults = names
    .filter((name) => !catalogue.metrics.has(name))
    .map((name) => ({ pointer: "metrics", message: `names "${name}"; accepted are ${known.join(", ")}.` }));
  if (faults.length > 0) {
    throw fail("METRIC_UNKNOWN", faults.map((fault) => `metrics ${fault.message}`).join(" "), { errors: faults });
  }
  return names.flatMap((name) => catalogue.metrics.get(name) ?? []);
}

function checkNames(names: readonly string[], pointer: string, least: number, most: number): FieldFault[] {
  const faults: FieldFault[] = [];
  if (names.length < least || names.length > most) {
    faults.push({ pointer, message: `has ${names.length} names; accepted are ${least} to ${most}.` });
  }
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) < index))) {
    faults.push({ pointer, message: `names "${name}" twice; name it once.` });
  }
  return faults;
}

function checkDimensions(names: readonly string[], metrics: readonly Metric[]): FieldFault[] {
  const faults = checkNames(names, "dimensions", 0, MAX_DIMENSIONS);
  for (const name of names) faults.push(...checkGrain(name, "dimensions", metrics));
  if (names.filter(isTimeDimension).length > 1) {
    faults.push({ pointer: "dimensions", message: "hold more than one of time, day, week and month; name one." });
  }
  return faults;
}

function checkFilters(filters: NonNullable<MetricQuery["filters"]>, metrics: readonly Metric[]): FieldFault[] {
  return Object.entries(filters).flatMap(([name, values]) => {
    const pointer = `filters.${name}`;
    if (isTimeDimension(name)) return [{ pointer, message: "is a time; narrow it with from and to." }];
    const faults = checkGrain(name, pointer, metrics);
    if (values.length > MAX_FILTER_VALUES) {
      faults.push({ pointer, message: `has ${values.length} values; accepted are at most ${MAX_FILTER_VALUES}.` });
    }
    if (isNumeric(name) && values.some((value) => !Number.isFinite(Number(value)))) {
      faults.push({ pointer, message: "holds a value that is no number." });
    }
    return faults;
  });
}

function checkGrain(name: string, pointer: string, metrics: readonly Metric[]): FieldFault[] {
  if (!DIMENSIONS.some((dimension) => dimension.name === name)) {
    const known = DIMENSIONS.map((dimension) => dimension.name).join(", ");
    return [{ pointer, message: `names "${name}", which is no dimension; accepted are ${known}.` }];
  }
  const refusing = metrics.find((metric) => !metric.grain.includes(name));
  if (refusing === undefined) return [];
  return [
    { pointer, message: `names "${name}", but ${refusing.name} can be cut by ${refusing.grain.join(", ")} only.` },
  ];
}

function checkWindow(query: MetricQuery): FieldFault[] {
  const faults: FieldFault[] = [];
  for (const pointer of ["from", "to"] as const) {
    const day = query[pointer];
    if (day !== undefined && !isIsoDate(day)) {
      faults.push({ pointer, message: `is "${day}", which is no calendar day; write it as YYYY-MM-DD.` });
    }
  }
  if (faults.length === 0 && query.from !== undefined && query.to !== undefined && query.from > query.to) {
    faults.push({ pointer: "from", message: `is ${query.from}, after to (${query.to}); swap them.` });
  }
  return faults;
}

function checkShape(query: MetricQuery): FieldFault[] {
  const faults: FieldFault[] = [];
  const { compare = "none", limit = DEFAULT_ROW_LIMIT, orderBy } = query;
  if (!COMPARISONS.includes(compare)) {
    faults.push({ pointer: "compare", message: `is "${compare}"; accepted are ${COMPARISONS.join(", ")}.` });
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ROW_LIMIT) {
    faults.push({ pointer: "limit", message: `is ${limit}; accepted is a whole number from 1 to ${MAX_ROW_LIMIT}.` });
  }
  if (query.currency !== undefined && !/^[A-Z]{3}$/.test(query.currency)) {
    faults.push({ pointer: "currency", message: `is "${query.currency}"; use an ISO 4217 code such as EUR.` });
  }
  if (orderBy !== undefined) {
    const previous = compare === "none" ? [] : query.metrics.map((name) => `${name}__previous`);
    const accepted = [...query.metrics, ...previous, ...(query.dimensions ?? [])];
    if (!accepted.includes(orderBy.by)) {
      faults.push({ pointer: "orderBy.by", message: `is "${orderBy.by}"; accepted are ${accepted.join(", ")}.` });
    }
    if (orderBy.direction !== "asc" && orderBy.direction !== "desc") {
      faults.push({ pointer: "orderBy.direction", message: "must be asc or desc." });
    }
  }
  return faults;
}

function isNumeric(dimension: string): boolean {
  return DIMENSIONS.some((each) => each.name === dimension && each.kind === "number");
}

function toFilterValue(dimension: string, value: string | number): string | number {
  return isNumeric(dimension) ? Number(value) : String(value);
}

function groupByTable(plans: readonly MetricPlan[]): ReadonlyMap<MartTable, readonly Component[]> {
  const tables = new Map<MartTable, Component[]>();
  for (const component of plans.flatMap((plan) => plan.components)) {
    const table = MART_TABLES[component.metric.table];
    if (table === undefined) throw new Error(`${component.metric.table} is no mart table.`);
    const known = tables.get(table) ?? [];
    tables.set(table, known);
    if (!known.some((other) => other.key === component.key)) known.push(component);
  }
  return tables;
}
