import type { MetricCell, MetricColumn } from "./metric-result.ts";

/**
 * Rows in the asked order; unasked, along time or number dimensions, and then by the first metric from the top.
 * Empty values come last in either direction, ties in the order of the dimensions' values, so the order is total.
 */
export function orderRows(
  rows: readonly MetricCell[][],
  columns: readonly MetricColumn[],
  orderBy?: { readonly by: string; readonly direction: "asc" | "desc" },
): MetricCell[][] {
  const keys: { index: number; direction: 1 | -1 }[] = [];
  if (orderBy !== undefined) {
    const index = columns.findIndex((column) => column.name === orderBy.by);
    keys.push({ index, direction: orderBy.direction === "asc" ? 1 : -1 });
  }
  columns.forEach((column, index) => {
    if (column.kind === "dimension" && column.unit !== "text") keys.push({ index, direction: 1 });
  });
  keys.push({ index: columns.findIndex((column) => column.kind === "metric"), direction: -1 });
  columns.forEach((column, index) => {
    if (column.kind === "dimension") keys.push({ index, direction: 1 });
  });
  return rows.toSorted((left, right) => {
    for (const { index, direction } of keys) {
      const order = compareCells(left[index] ?? null, right[index] ?? null, direction);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compareCells(left: MetricCell, right: MetricCell, direction: 1 | -1): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -direction : direction;
}
