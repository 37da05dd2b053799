import type { FieldFault } from "../../core/errors.ts";
import { parseFormula } from "./formula.ts";
import { MART_TABLES, spellOutGrain } from "./mart-tables.ts";
import { refuseAggregate, refuseExpression } from "./metric-sql.ts";
import type { DerivedMetric, Metric, MetricCatalogue, RatioMetric, SimpleMetric } from "./metric.ts";
import { createSchemaCheck } from "./schema-check.ts";
import type { YamlFile } from "./yaml-file.ts";
import { readYamlFolder, reportFaults } from "./yaml-folder.ts";

/** A metric as its file states it: ratios and formulas get grain, additivity and sql from their parts. */
type WrittenMetric =
  | SimpleMetric
  | Omit<RatioMetric, "grain" | "additivity" | "sql">
  | Omit<DerivedMetric, "grain" | "additivity" | "sql">;

interface WrittenFile {
  readonly file: YamlFile;
  readonly metric: WrittenMetric;
}

/**
 * Reads every metric file of the folder. Throws `DASHBOARD_INVALID` with all faults of all files: schema, SQL,
 * names that do not exist, formulas that refer to themselves.
 */
export function loadCatalogue(folder: string): MetricCatalogue {
  const checkSchema = createSchemaCheck("metric");
  const faults: FieldFault[] = [];
  const written = new Map<string, WrittenFile>();
  for (const file of readYamlFolder(folder)) {
    const found = checkSchema(file);
    faults.push(...found);
    // The schema has just proved the shape.
    if (found.length === 0) written.set(file.stem, { file, metric: file.value as WrittenMetric });
  }
  for (const { file, metric } of written.values()) faults.push(...checkMetric(file, metric, written));
  if (faults.length > 0) throw reportFaults(faults);

  const metrics = new Map<string, Metric>();
  for (const { metric } of written.values()) metrics.set(metric.name, complete(metric, written));
  return { metrics };
}

function checkMetric(file: YamlFile, metric: WrittenMetric, all: ReadonlyMap<string, WrittenFile>): FieldFault[] {
  const faults: FieldFault[] = [];
  if (metric.name !== file.stem) {
    faults.push(file.fault(["name"], `is "${metric.name}"; it must be "${file.stem}", as the file is called.`));
  }
  if (metric.type === "simple") return [...faults, ...checkSimple(file, metric)];

  if (metric.type === "derived") {
    try {
      parseFormula(metric.expression);
    } catch (error) {
      return [...faults, file.fault(["expression"], `${(error as Error).message}.`)];
    }
  }
  const unknown = partsOf(metric).filter(({ name }) => !all.has(name));
  for (const { name, property } of unknown) {
    faults.push(
      file.fault([property], `names "${name}", which is no metric; known are ${[...all.keys()].join(", ")}.`),
    );
  }
  if (unknown.length > 0) return faults;
  if (findTables(metric.name, all, []) === undefined) {
    return [...faults, file.fault([partsOf(metric)[0]?.property ?? "name"], "leads back to the metric itself.")];
  }
  return metric.type === "ratio" ? [...faults, ...checkRatioFilter(file, metric, all)] : faults;
}

function checkSimple(file: YamlFile, metric: SimpleMetric): FieldFault[] {
  const faults: FieldFault[] = [];
  const table = MART_TABLES[metric.table];
  const refusedSql = refuseAggregate(metric.sql, metric.unit);
  if (refusedSql !== undefined) faults.push(file.fault(["sql"], refusedSql));
  const refusedFilter = metric.filter === undefined ? undefined : refuseExpression(metric.filter);
  if (refusedFilter !== undefined) faults.push(file.fault(["filter"], refusedFilter));
  if (table === undefined) return faults;
  if (metric.unit === "money" && table.currency === undefined) {
    faults.push(file.fault(["unit"], `is money, but ${table.name} has no currency column.`));
  }
  const accepted = ["day", ...Object.keys(table.dimensions)];
  metric.grain.forEach((dimension, index) => {
    if (accepted.includes(dimension)) return;
    faults.push(file.fault(["grain", index], `is "${dimension}"; ${table.name} can be cut by ${accepted.join(", ")}.`));
  });
  return faults;
}

function checkRatioFilter(
  file: YamlFile,
  metric: Omit<RatioMetric, "grain" | "additivity" | "sql">,
  all: ReadonlyMap<string, WrittenFile>,
): FieldFault[] {
  if (metric.filter === undefined) return [];
  const refused = refuseExpression(metric.filter);
  if (refused !== undefined) return [file.fault(["filter"], refused)];
  const tables = findTables(metric.name, all, []) ?? new Set();
  if (tables.size <= 1) return [];
  return [
    file.fault(["filter"], `needs both sides on one table, but they stand on ${[...tables].sort().join(" and ")}.`),
  ];
}

/** The tables a metric stands on in the end; undefined when its parts lead back to it. */
function findTables(
  name: string,
  all: ReadonlyMap<string, WrittenFile>,
  above: readonly string[],
): Set<string> | undefined {
  if (above.includes(name)) return undefined;
  const metric = all.get(name)?.metric;
  if (metric === undefined) return new Set();
  if (metric.type === "simple") return new Set([metric.table]);
  const tables = new Set<string>();
  for (const part of namesOf(metric)) {
    const below = findTables(part, all, [...above, name]);
    if (below === undefined) return undefined;
    for (const table of below) tables.add(table);
  }
  return tables;
}

/** The metrics a ratio or formula names, each with the property that names it. */
function partsOf(metric: Exclude<WrittenMetric, SimpleMetric>): { name: string; property: string }[] {
  if (metric.type === "derived") {
    return parseFormula(metric.expression).names.map((name) => ({ name, property: "expression" }));
  }
  return [
    { name: metric.numerator, property: "numerator" },
    { name: metric.denominator, property: "denominator" },
  ];
}

/** As `partsOf`, for walking files whose formula may itself be at fault. */
function namesOf(metric: Exclude<WrittenMetric, SimpleMetric>): string[] {
  try {
    return partsOf(metric).map((part) => part.name);
  } catch {
    return [];
  }
}

/** Adds what follows from the parts. Called on a checked set only: no loops, no unknown names. */
function complete(metric: WrittenMetric, all: ReadonlyMap<string, WrittenFile>): Metric {
  if (metric.type === "simple") return { ...metric, grain: spellOutGrain(metric.grain) };
  const grains = namesOf(metric).map((name) => {
    const part = all.get(name)?.metric;
    return part === undefined ? [] : complete(part, all).grain;
  });
  const grain = (grains[0] ?? []).filter((dimension) => grains.every((other) => other.includes(dimension)));
  if (metric.type === "derived") return { ...metric, grain, additivity: "non", sql: metric.expression };
  return { ...metric, grain, additivity: "non", sql: `${metric.numerator} / ${metric.denominator}` };
}
