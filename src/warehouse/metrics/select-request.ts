import type { Shift } from "./compared-window.ts";
import type { MartTable } from "./mart-tables.ts";
import type { Component } from "./metric-plan.ts";
import type { TimeGrain } from "./metric-result.ts";
import type { PlannedFilter } from "./query-plan.ts";
import type { DayWindow } from "./time-grain.ts";

/** The asked window, or the one it is compared with. */
export type Side = "current" | "previous";

/** A dimension of one statement; time dimensions come with their grain. */
export interface SelectDimension {
  readonly name: string;
  readonly grain?: TimeGrain;
}

/** What a statement sorts its groups by: a dimension or an aggregate of a side, by position. */
export type SelectOrder = { readonly direction: "asc" | "desc" } & (
  | { readonly dimension: number }
  | { readonly component: number; readonly side: Side }
);

/** Everything one statement over one mart table depends on. */
export interface SelectRequest {
  readonly table: MartTable;
  readonly components: readonly Component[];
  readonly dimensions: readonly SelectDimension[];
  readonly filters: readonly PlannedFilter[];
  /** The aggregates of each side are over the rows of its days; a side without a window takes every row. */
  readonly sides: readonly { readonly side: Side; readonly window?: DayWindow }[];
  /** Moves days forward before they are put into periods, so that compared periods line up with the current ones. */
  readonly shift?: Shift;
  /** Set when the table holds other currencies than the wanted one; JSON of the minor digits of all of them. */
  readonly conversion?: { readonly currency: string; readonly digits: string };
  /** Groups in any order when missing. */
  readonly order?: readonly SelectOrder[];
  readonly maxRows: number;
}

/**
 * A group of a compiled statement: d0… the dimensions; of each side current_0… the aggregates and current_rows the rows
 * behind them (previous_0…, previous_rows); group_count the groups before the cut to maxRows; unrated_rows the rows of
 * all groups that a conversion finds no rate for.
 */
export type GroupRow = Readonly<Record<string, string | number | null>>;
