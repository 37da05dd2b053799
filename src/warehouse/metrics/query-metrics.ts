import { SETTINGS } from "../../core/config.ts";
import { compileSelect, compileUnrated, type Statement } from "./compile-select.ts";
import type { MetricQuery } from "./metric-query.ts";
import type { MetricCell, MetricColumn, MetricResult } from "./metric-result.ts";
import type { MetricSource } from "./metric-source.ts";
import type { MetricCatalogue } from "./metric.ts";
import { renderNotes, type Note } from "./note.ts";
import { orderRows } from "./order-rows.ts";
import { fillProductLabels } from "./product-labels.ts";
import { settleFrame, type QueryFrame } from "./query-frame.ts";
import { planQuery, type QueryPlan } from "./query-plan.ts";
import { createResultGrid, type ResultGrid } from "./result-grid.ts";
import { planSelects } from "./plan-selects.ts";
import type { GroupRow, Side } from "./select-request.ts";
import { contains, intersect, listPeriods, unite } from "./time-grain.ts";

/**
 * Answers a metric query from a release: one statement a table and window, joined by the dimensions.
 * Throws `METRIC_UNKNOWN` or `METRIC_QUERY_INVALID` naming the field and what is accepted.
 */
export async function queryMetrics(
  source: MetricSource,
  catalogue: MetricCatalogue,
  query: MetricQuery,
  options: { readonly reportingCurrency?: string } = {},
): Promise<MetricResult> {
  const plan = planQuery(catalogue, query);
  const reportingCurrency = options.reportingCurrency ?? SETTINGS.reportingCurrency.fallback;
  const frame = await settleFrame(plan, source, reportingCurrency);
  const grid = createResultGrid(frame);
  const { groupCount, missingRates } = await runStatements(source, plan, frame, grid);
  grid.fillPeriods();

  const columns = listColumns(plan, frame);
  const ordered = orderRows(evaluateRows(plan, frame, grid), columns, plan.orderBy);
  const rows = ordered.slice(0, plan.limit);
  const stores = new Set([...frame.profiles.values()].flatMap((profile) => profile.stores));
  await fillProductLabels(source, columns, rows, stores.size === 1 ? [...stores][0] : undefined);

  const partialPeriods = findPartialPeriods(frame);
  const total = Math.max(ordered.length, groupCount);
  const notes: Note[] = [
    ...frame.notes,
    ...missingRates,
    ...partialPeriods.map((period): Note => ({ kind: "partial-period", period })),
    ...(total > rows.length ? [{ kind: "truncated", shown: rows.length, total } satisfies Note] : []),
  ];
  return {
    columns,
    rows,
    from: frame.window?.from ?? null,
    to: frame.window?.to ?? null,
    ...(frame.compared === undefined
      ? {}
      : { comparedFrom: frame.compared.window.from, comparedTo: frame.compared.window.to }),
    partialPeriods,
    asOf: source.asOf,
    release: source.id,
    notes: renderNotes(notes, query.language ?? "en"),
  };
}

/** Runs the statements of all tables side by side into the grid. */
async function runStatements(
  source: MetricSource,
  plan: QueryPlan,
  frame: QueryFrame,
  grid: ResultGrid,
): Promise<{ groupCount: number; missingRates: Note[] }> {
  const run = async <T extends object>({ sql, params }: Statement): Promise<T[]> => source.rows<T>(sql, params);
  const answers = await Promise.all(
    planSelects(plan, frame).map(async (request) => {
      const groups = await run<GroupRow>(compileSelect(request));
      const isUnrated = Number(groups[0]?.["unrated_rows"] ?? 0) > 0;
      const missing = isUnrated ? await run<{ currency: string; row_count: number }>(compileUnrated(request)) : [];
      return { request, groups, missing };
    }),
  );
  let groupCount = 0;
  const missingRows = new Map<string, number>();
  for (const { request, groups, missing } of answers) {
    for (const { side } of request.sides) grid.add(side, request.components, groups);
    groupCount = Math.max(groupCount, Number(groups[0]?.["group_count"] ?? 0));
    for (const { currency, row_count } of missing) {
      missingRows.set(currency, (missingRows.get(currency) ?? 0) + row_count);
    }
  }
  return {
    groupCount,
    missingRates: [...missingRows].map(([currency, rows]) => ({ kind: "rate-missing", currency, rows })),
  };
}

function listColumns(plan: QueryPlan, frame: QueryFrame): MetricColumn[] {
  const columns: MetricColumn[] = [];
  for (const { name, grain } of frame.dimensions) {
    const kind = plan.dimensions.find((dimension) => dimension.name === name)?.kind;
    columns.push({ name, kind: "dimension", unit: grain ?? (kind === "number" ? "number" : "text") });
    if (name === "product") columns.push({ name: "product__label", kind: "label", unit: "text" });
  }
  for (const { metric } of plan.metrics) {
    const { name, unit } = metric;
    const shape = unit === "money" && frame.currency !== undefined ? { unit, currency: frame.currency } : { unit };
    columns.push({ name, kind: "metric", ...shape });
    if (plan.compare !== "none") columns.push({ name: `${name}__previous`, kind: "comparison", ...shape });
  }
  return columns;
}

/** Puts the metrics of each row together from their aggregates. */
function evaluateRows(plan: QueryPlan, frame: QueryFrame, grid: ResultGrid): MetricCell[][] {
  const tables = new Map([...plan.tables].flatMap(([table, parts]) => parts.map((part) => [part.key, table] as const)));
  const sides: readonly Side[] = plan.compare === "none" ? ["current"] : ["current", "previous"];
  return grid.rows().map((row) => {
    const cells: MetricCell[] = [];
    frame.dimensions.forEach(({ name }, index) => {
      cells.push(row.keys[index] ?? null);
      if (name === "product") cells.push(null);
    });
    for (const part of plan.metrics) {
      for (const side of sides) {
        const value =
          side === "previous" && frame.compared === undefined
            ? null
            : part.evaluate((component) => {
                const table = tables.get(component.key);
                return table === undefined ? null : grid.valueOf(row, side, component, table);
              });
        // Adding 0 turns -0 into 0.
        cells.push(value === null || part.metric.unit !== "money" ? value : Math.round(value) + 0);
      }
    }
    return cells;
  });
}

/** Weeks and months that reach beyond the window or the data. */
function findPartialPeriods(frame: QueryFrame): string[] {
  const grain = frame.dimensions.find((dimension) => dimension.grain !== undefined)?.grain;
  const data = unite([...frame.coverage.values()]);
  if (grain === undefined || frame.window === undefined || data === undefined) return [];
  const known = intersect(frame.window, data);
  if (known === undefined) return [];
  return listPeriods(known, grain)
    .filter((period) => !contains(known, period))
    .map((period) => period.from);
}
