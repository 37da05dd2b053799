import { minorDigits } from "../../core/money.ts";
import { readSql } from "../read-sql.ts";
import { findShift, shiftBack, type Shift } from "./compared-window.ts";
import type { MartTable } from "./mart-tables.ts";
import type { MetricSource } from "./metric-source.ts";
import type { Note } from "./note.ts";
import { invalidQuery, type QueryPlan } from "./query-plan.ts";
import type { SelectDimension, SelectRequest } from "./select-request.ts";
import { readTableProfile, type TableProfile } from "./table-profile.ts";
import { chooseTimeGrain, contains, unite, type DayWindow } from "./time-grain.ts";

/** What a plan leaves open until the data is known: window, compared window, currency, grain of time. */
export interface QueryFrame {
  readonly profiles: ReadonlyMap<MartTable, TableProfile>;
  /** The days each table speaks for: those of its domain. Outside, a value is unknown, not zero. */
  readonly coverage: ReadonlyMap<MartTable, DayWindow>;
  /** Undefined where the data carries no dates. */
  readonly window?: DayWindow;
  /** True when the query itself names the window or cuts by time, so that rows without a date drop out. */
  readonly isDated: boolean;
  readonly compared?: { readonly window: DayWindow; readonly shift: Shift };
  readonly dimensions: readonly SelectDimension[];
  /** Set when the query has amounts. */
  readonly currency?: string;
  readonly conversions: ReadonlyMap<MartTable, NonNullable<SelectRequest["conversion"]>>;
  readonly notes: readonly Note[];
}

/** Settles the open points of a plan by the profiles of its tables. */
export async function settleFrame(
  plan: QueryPlan,
  source: MetricSource,
  reportingCurrency: string,
): Promise<QueryFrame> {
  const stores = plan.filters.find((filter) => filter.dimension === "store")?.values.map(String);
  const profiles = new Map<MartTable, TableProfile>();
  for (const table of plan.tables.keys()) profiles.set(table, await readTableProfile(source, table, stores));
  const coverage = findCoverage(profiles);

  const notes: Note[] = [];
  const window = settleWindow(plan, [...coverage.values()]);
  const cutsByTime = plan.dimensions.some((dimension) => dimension.kind === "time");
  const isDated = plan.from !== undefined || plan.to !== undefined || cutsByTime;
  if (isDated) {
    const undated = Math.max(...[...profiles.values()].map((profile) => profile.undatedCount));
    if (undated > 0) notes.push({ kind: "undated", rows: undated });
  }
  const compared = settleComparison(plan, window, notes);
  const currency = await settleCurrency(plan, source, profiles, reportingCurrency);
  return {
    profiles,
    isDated,
    dimensions: settleDimensions(plan, profiles, window, notes),
    conversions: currency === undefined ? new Map() : findConversions(plan, profiles, currency, notes),
    coverage,
    notes: [...notes, ...noteBounds(profiles, coverage, window, compared?.window)],
    ...(window === undefined ? {} : { window }),
    ...(compared === undefined ? {} : { compared }),
    ...(currency === undefined ? {} : { currency }),
  };
}

/** The named days, or else as far as the data of all tables goes. */
function settleWindow(plan: QueryPlan, coverage: readonly DayWindow[]): DayWindow | undefined {
  const data = unite(coverage);
  const from = plan.from ?? data?.from;
  const to = plan.to ?? data?.to;
  if (from === undefined || to === undefined) {
    const named = plan.from ?? plan.to;
    return named === undefined ? undefined : { from: named, to: named };
  }
  if (from > to) {
    throw invalidQuery([
      plan.from === undefined
        ? { pointer: "to", message: `is ${to}, before the first day of data (${from}).` }
        : { pointer: "from", message: `is ${from}, after the last day of data (${to}).` },
    ]);
  }
  return { from, to };
}

function settleComparison(
  plan: QueryPlan,
  window: DayWindow | undefined,
  notes: Note[],
): { window: DayWindow; shift: Shift } | undefined {
  if (plan.compare === "none") return undefined;
  if (window === undefined) {
    notes.push({ kind: "comparison-undated" });
    return undefined;
  }
  const shift = findShift(window, plan.compare);
  return { window: shiftBack(window, shift), shift };
}

/** Gives `time` its grain, and products of several stores their store. */
function settleDimensions(
  plan: QueryPlan,
  profiles: ReadonlyMap<MartTable, TableProfile>,
  window: DayWindow | undefined,
  notes: Note[],
): SelectDimension[] {
  const dimensions = plan.dimensions.map(({ name }): SelectDimension => {
    if (name === "time") return { name, grain: window === undefined ? "day" : chooseTimeGrain(window) };
    return name === "day" || name === "week" || name === "month" ? { name, grain: name } : { name };
  });
  const names = dimensions.map((dimension) => dimension.name);
  const stores = new Set([...profiles.values()].flatMap((profile) => profile.stores));
  if (names.includes("product") && !names.includes("store") && stores.size > 1) {
    notes.push({ kind: "store-added" });
    return [...dimensions, { name: "store" }];
  }
  return dimensions;
}

/** The asked currency, else the only one of the data, else the reporting currency. Undefined without amounts. */
async function settleCurrency(
  plan: QueryPlan,
  source: MetricSource,
  profiles: ReadonlyMap<MartTable, TableProfile>,
  reportingCurrency: string,
): Promise<string | undefined> {
  const tables = moneyTables(plan);
  if (tables.length === 0) return undefined;
  const held = [...new Set(tables.flatMap((table) => profiles.get(table)?.currencies ?? []))].sort();
  if (plan.currency === undefined) return held.length === 1 ? held[0] : reportingCurrency;
  if (held.includes(plan.currency)) return plan.currency;
  const rated = await source.rows<{ currency: string }>(readSql("metrics/list_fx_currencies"));
  const accepted = [...new Set([...held, ...rated.map((row) => row.currency)])].sort();
  if (accepted.includes(plan.currency)) return plan.currency;
  throw invalidQuery([
    {
      pointer: "currency",
      message: `is "${plan.currency}", for which there are no rates; accepted are ${accepted.join(", ")}.`,
    },
  ]);
}

function findConversions(
  plan: QueryPlan,
  profiles: ReadonlyMap<MartTable, TableProfile>,
  currency: string,
  notes: Note[],
): Map<MartTable, { currency: string; digits: string }> {
  const conversions = new Map<MartTable, { currency: string; digits: string }>();
  for (const table of moneyTables(plan)) {
    const held = profiles.get(table)?.currencies ?? [];
    if (held.every((each) => each === currency)) continue;
    const digits = Object.fromEntries([...held, currency].map((each) => [each, minorDigits(each)]));
    conversions.set(table, { currency, digits: JSON.stringify(digits) });
  }
  if (conversions.size > 0) notes.push({ kind: "converted", currency });
  return conversions;
}

function moneyTables(plan: QueryPlan): MartTable[] {
  return [...plan.tables]
    .filter(([, components]) => components.some((component) => component.metric.unit === "money"))
    .map(([table]) => table);
}

/** Days of data by table; tables of one domain share them. */
function findCoverage(profiles: ReadonlyMap<MartTable, TableProfile>): Map<MartTable, DayWindow> {
  const coverage = new Map<MartTable, DayWindow>();
  for (const table of profiles.keys()) {
    const siblings = [...profiles].filter(([other]) => other.domain === table.domain);
    const window = unite(siblings.flatMap(([, profile]) => profile.window ?? []));
    if (window !== undefined) coverage.set(table, window);
  }
  return coverage;
}

/** Says where the asked days and the days of data part. */
function noteBounds(
  profiles: ReadonlyMap<MartTable, TableProfile>,
  coverage: ReadonlyMap<MartTable, DayWindow>,
  window: DayWindow | undefined,
  compared: DayWindow | undefined,
): Note[] {
  const notes: Note[] = [];
  if ([...profiles.values()].some((profile) => profile.rowCount === 0)) notes.push({ kind: "no-data" });
  for (const known of coverage.values()) {
    const bounds = { first: known.from, last: known.to };
    if (window !== undefined && !contains(known, window)) notes.push({ kind: "data-bounds", ...bounds });
    if (compared !== undefined && !contains(known, compared)) notes.push({ kind: "comparison-outside", ...bounds });
  }
  return notes;
}
