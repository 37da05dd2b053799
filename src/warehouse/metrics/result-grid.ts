import { fail } from "../../core/errors.ts";
import { shiftBack } from "./compared-window.ts";
import type { MartTable } from "./mart-tables.ts";
import type { Component } from "./metric-plan.ts";
import type { MetricCell } from "./metric-result.ts";
import type { QueryFrame } from "./query-frame.ts";
import type { GroupRow, Side } from "./select-request.ts";
import { contains, intersect, listPeriods, periodOf, type DayWindow } from "./time-grain.ts";

/** Groups a statement may yield before the query is refused: ordering and joining happen in memory. */
export const MAX_GROUPS = 100_000;

interface GridRow {
  readonly keys: readonly MetricCell[];
  readonly values: Readonly<Record<Side, Map<string, number | null>>>;
}

/** Where the groups of all tables and of both windows meet: one row a combination of dimension values. */
export interface ResultGrid {
  add(side: Side, components: readonly Component[], groups: readonly GroupRow[]): void;
  /** Adds the periods of the window that no group fell into, for each combination of the other dimensions. */
  fillPeriods(): void;
  rows(): readonly GridRow[];
  /** The aggregate in a row: 0 where the data covers the days and holds nothing, null where it does not cover them. */
  valueOf(row: GridRow, side: Side, component: Component, table: MartTable): number | null;
}

export function createResultGrid(frame: QueryFrame): ResultGrid {
  const { dimensions, window, compared } = frame;
  const rows = new Map<string, GridRow>();
  const timeIndex = dimensions.findIndex((dimension) => dimension.grain !== undefined);
  const grain = dimensions[timeIndex]?.grain;
  const storeIndex = dimensions.findIndex((dimension) => dimension.name === "store");

  const rowOf = (keys: readonly MetricCell[]): GridRow => {
    const name = JSON.stringify(keys);
    let row = rows.get(name);
    if (row === undefined) {
      if (rows.size >= MAX_GROUPS) throw tooManyGroups();
      row = { keys, values: { current: new Map(), previous: new Map() } };
      rows.set(name, row);
    }
    return row;
  };
  if (dimensions.length === 0) rowOf([]);

  /** The days a row speaks of on a side. */
  const spanOf = (row: GridRow, side: Side): DayWindow | undefined => {
    if (window === undefined) return undefined;
    const start = row.keys[timeIndex];
    const span = grain === undefined || typeof start !== "string" ? window : intersect(window, periodOf(start, grain));
    return side === "previous" && compared !== undefined && span !== undefined ? shiftBack(span, compared.shift) : span;
  };

  /**
   * The current side is known where any day is covered, the compared side only where all are; neither is of a store
   * that has nothing in the table at all.
   */
  const isKnown = (row: GridRow, side: Side, table: MartTable): boolean => {
    const store = row.keys[storeIndex];
    if (typeof store === "string" && frame.profiles.get(table)?.stores.includes(store) === false) return false;
    const covered = frame.coverage.get(table);
    if (covered === undefined) return !frame.isDated && (frame.profiles.get(table)?.rowCount ?? 0) > 0;
    const span = spanOf(row, side);
    if (span === undefined) return false;
    return side === "current" ? intersect(covered, span) !== undefined : contains(covered, span);
  };

  return {
    add: (side, components, groups) => {
      if (groups.length > MAX_GROUPS) throw tooManyGroups();
      for (const group of groups) {
        if (group[`${side}_rows`] === 0) continue;
        const { values } = rowOf(dimensions.map((_, index) => group[`d${index}`] ?? null));
        components.forEach((component, index) => {
          const value = group[`${side}_${index}`];
          values[side].set(component.key, typeof value === "number" ? value : null);
        });
      }
    },
    fillPeriods: () => {
      if (grain === undefined || window === undefined) return;
      const periods = listPeriods(window, grain).map((period) => period.from);
      const known = [...rows.values()].map((row) => row.keys);
      const others = new Map(known.map((keys) => [JSON.stringify(keys.toSpliced(timeIndex, 1)), keys]));
      if (dimensions.length === 1) others.set("[]", [null]);
      for (const keys of others.values()) for (const period of periods) rowOf(keys.with(timeIndex, period));
    },
    rows: () => [...rows.values()],
    valueOf: (row, side, component, table) => {
      if (!isKnown(row, side, table)) return null;
      const value = row.values[side].get(component.key);
      return value === undefined ? emptyValue(component) : value;
    },
  };
}

/** An aggregate over no rows: nothing sold is zero, the average of nothing is unknown. */
function emptyValue(component: Component): number | null {
  return /^(sum|count)\b/i.test(component.metric.sql.trim()) ? 0 : null;
}

function tooManyGroups(): Error {
  const message = `make over ${MAX_GROUPS.toLocaleString("en")} groups; name fewer, filter, or ask for a shorter window.`;
  return fail("METRIC_QUERY_INVALID", `dimensions ${message}`, { errors: [{ pointer: "dimensions", message }] });
}
