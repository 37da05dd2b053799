import type { MartTable } from "./mart-tables.ts";
import type { QueryFrame } from "./query-frame.ts";
import type { QueryPlan } from "./query-plan.ts";
import { MAX_GROUPS } from "./result-grid.ts";
import type { SelectOrder, SelectRequest } from "./select-request.ts";
import { contains } from "./time-grain.ts";

/**
 * The statements of a query. A table cut by time needs one for each window, whose periods must line up; otherwise one
 * statement takes both. Where the order is one the engine can tell, only the rows that are shown leave it.
 */
export function planSelects(plan: QueryPlan, frame: QueryFrame): SelectRequest[] {
  if (frame.isDated && frame.window === undefined) return [];
  return [...plan.tables.keys()].flatMap((table) => planTable(table, plan, frame));
}

function planTable(table: MartTable, plan: QueryPlan, frame: QueryFrame): SelectRequest[] {
  const conversion = frame.conversions.get(table);
  const request = {
    table,
    components: plan.tables.get(table) ?? [],
    dimensions: frame.dimensions,
    filters: plan.filters,
    maxRows: MAX_GROUPS + 1,
    ...(conversion === undefined ? {} : { conversion }),
  };
  const isCutByTime = frame.dimensions.some((dimension) => dimension.grain !== undefined);
  // Without named days the window is all there is, so that nothing can lie before it.
  const current = { side: "current" as const, ...(frame.isDated && frame.window ? { window: frame.window } : {}) };
  const compared = frame.isDated ? frame.compared : undefined;
  const previous = compared === undefined ? [] : [{ side: "previous" as const, window: compared.window }];
  if (isCutByTime) {
    return [
      { ...request, sides: [current] },
      ...previous.map((side) => ({ ...request, sides: [side], ...(compared ? { shift: compared.shift } : {}) })),
    ];
  }
  const order = planOrder(plan, frame);
  const cut = order === undefined ? {} : { order, maxRows: plan.limit };
  return [{ ...request, sides: [current, ...previous], ...cut }];
}

/** The order of `orderRows` in the engine's terms; undefined where it depends on several tables or on a formula. */
function planOrder(plan: QueryPlan, frame: QueryFrame): SelectOrder[] | undefined {
  if (plan.tables.size > 1 || frame.dimensions.length === 0) return undefined;
  const components = [...plan.tables.values()].flat();
  const byMetric = (name: string, direction: "asc" | "desc"): SelectOrder | undefined => {
    const [metricName, previous] = name.split("__");
    const planned = plan.metrics.find((each) => each.metric.name === metricName);
    if (planned?.metric.type !== "simple") return undefined;
    const component = components.findIndex((each) => each.key === planned.components[0]?.key);
    if (previous === undefined) return { component, side: "current", direction };
    return isComparable(plan, frame) ? { component, side: "previous", direction } : undefined;
  };
  const byDimension = (name: string, direction: "asc" | "desc"): SelectOrder | undefined => {
    const dimension = frame.dimensions.findIndex((each) => each.name === name);
    return dimension < 0 ? undefined : { dimension, direction };
  };
  const names = frame.dimensions.map((each) => each.name);
  const numbers = names.filter((name) => plan.dimensions.some((each) => each.name === name && each.kind === "number"));
  const { orderBy } = plan;
  const keys = [
    ...(orderBy === undefined
      ? []
      : [byDimension(orderBy.by, orderBy.direction) ?? byMetric(orderBy.by, orderBy.direction)]),
    ...numbers.map((name) => byDimension(name, "asc")),
    byMetric(plan.metrics[0]?.metric.name ?? "", "desc"),
    ...names.map((name) => byDimension(name, "asc")),
  ];
  const known = keys.filter((key) => key !== undefined);
  return known.length === keys.length ? known : undefined;
}

/** Whether compared values are shown: the engine knows some also where the data covers the window only in part. */
function isComparable(plan: QueryPlan, frame: QueryFrame): boolean {
  const { compared } = frame;
  if (compared === undefined || !frame.isDated) return false;
  return [...plan.tables.keys()].every((table) => {
    const covered = frame.coverage.get(table);
    return covered !== undefined && contains(covered, compared.window);
  });
}
