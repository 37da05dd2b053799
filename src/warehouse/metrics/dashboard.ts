import type { LocalizedText } from "./metric.ts";

export type DashboardFilter =
  | { readonly kind: "date-range"; readonly default: string }
  | { readonly kind: "compare"; readonly default: string }
  | { readonly kind: "dimension"; readonly dimension: string }
  | { readonly kind: "currency" };

export interface DashboardCard {
  readonly id: string;
  readonly kind: "kpi" | "trend" | "map" | "bar" | "table";
  readonly title: LocalizedText;
  readonly metrics: readonly string[];
  readonly dimension?: string;
  readonly sort?: { readonly by: string; readonly direction: "asc" | "desc" };
  readonly limit?: number;
  /** Columns of a grid of twelve. */
  readonly width: number;
}

/** A page as its YAML file states it. */
export interface Dashboard {
  readonly id: string;
  /** Place in the menu. */
  readonly order: number;
  readonly title: LocalizedText;
  readonly description: LocalizedText;
  /** Domains of mart_freshness the page shows. */
  readonly domain: readonly string[];
  readonly filters: readonly DashboardFilter[];
  readonly cards: readonly DashboardCard[];
  /** What to say while the domains have no rows, and which datasets to ingest. */
  readonly noData?: { readonly message: LocalizedText; readonly datasets: readonly string[] };
}
