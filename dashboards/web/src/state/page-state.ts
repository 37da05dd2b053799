import type { Comparison, DashboardFilter, DatePreset, IsoDate } from "../api-types.ts";

export const DATE_PRESETS: readonly DatePreset[] = [
  "last-7-days",
  "last-28-days",
  "last-90-days",
  "last-365-days",
  "all",
];
export const TIME_GRAINS = ["day", "week", "month"] as const;
export type TimeGrain = (typeof TIME_GRAINS)[number];

export const COMPARISONS: readonly Comparison[] = ["previous-period", "previous-year", "none"];

/** The dates of a page: counted back from the last day of data, or the reader's own. */
export type DateChoice =
  | { readonly preset: DatePreset }
  | { readonly preset: "custom"; readonly from: IsoDate; readonly to: IsoDate };

/** What the filter bar says. Everything of it stands in the address, so that a page can be shared. */
export interface PageState {
  readonly dates: DateChoice;
  readonly compare: Comparison;
  /** Length of a period in trends; undefined: what suits the dates. */
  readonly grain?: TimeGrain;
  /** Undefined: the API chooses. */
  readonly currency?: string;
  /** Dimension → values to keep; a dimension that is not named keeps all. */
  readonly picked: Readonly<Record<string, readonly string[]>>;
}

type Filters = readonly DashboardFilter[];

/** State of a page whose address says nothing. */
export function defaultPageState(filters: Filters): PageState {
  const dates = filters.find((filter) => filter.kind === "date-range");
  const compare = filters.find((filter) => filter.kind === "compare");
  return { dates: { preset: dates?.default ?? "all" }, compare: compare?.default ?? "none", picked: {} };
}

/** Reads the address; what the page has no filter for, or what makes no sense, counts as not said. */
export function readPageState(params: URLSearchParams, filters: Filters): PageState {
  const defaults = defaultPageState(filters);
  const kinds = new Set(filters.map((filter) => filter.kind));
  const currency = params.get("currency");
  const grain = TIME_GRAINS.find((it) => it === params.get("grain"));
  const picked: Record<string, readonly string[]> = {};
  for (const filter of filters) {
    if (filter.kind !== "dimension") continue;
    const values = params.getAll(filter.dimension).filter((value) => value !== "");
    if (values.length > 0) picked[filter.dimension] = values;
  }
  return {
    dates: kinds.has("date-range") ? readDates(params, defaults.dates) : defaults.dates,
    compare:
      (kinds.has("compare") ? COMPARISONS.find((it) => it === params.get("compare")) : undefined) ?? defaults.compare,
    ...(kinds.has("date-range") && grain !== undefined ? { grain } : {}),
    ...(kinds.has("currency") && currency !== null && /^[A-Z]{3}$/.test(currency) ? { currency } : {}),
    picked,
  };
}

function readDates(params: URLSearchParams, fallback: DateChoice): DateChoice {
  const from = params.get("from");
  const to = params.get("to");
  if (from !== null && to !== null && isDay(from) && isDay(to) && from <= to) return { preset: "custom", from, to };
  const preset = DATE_PRESETS.find((it) => it === params.get("range"));
  return preset === undefined ? fallback : { preset };
}

function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** The address parameters of a state; defaults are left out, so that a plain address stays plain. */
export function writePageState(state: PageState, filters: Filters): URLSearchParams {
  const defaults = defaultPageState(filters);
  const params = new URLSearchParams();
  if (state.dates.preset === "custom") {
    params.set("from", state.dates.from);
    params.set("to", state.dates.to);
  } else if (state.dates.preset !== defaults.dates.preset) {
    params.set("range", state.dates.preset);
  }
  if (state.compare !== defaults.compare) params.set("compare", state.compare);
  if (state.grain !== undefined) params.set("grain", state.grain);
  if (state.currency !== undefined) params.set("currency", state.currency);
  for (const [dimension, values] of Object.entries(state.picked)) {
    for (const value of values) params.append(dimension, value);
  }
  return params;
}
