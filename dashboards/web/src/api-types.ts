/** The API's JSON answers and questions, as GET /v1/dashboards, GET /v1/metrics and POST /v1/metrics/query state them. */

export interface LocalizedText {
  readonly en: string;
  readonly zh: string;
}

/** A calendar day, `YYYY-MM-DD`. */
export type IsoDate = string;

export interface DashboardListAnswer {
  readonly dashboards: readonly { readonly id: string; readonly title: LocalizedText }[];
  /** Null while nothing has been published. */
  readonly release: string | null;
  readonly asOf: IsoDate | null;
}

export type DatePreset = "all" | "last-7-days" | "last-28-days" | "last-90-days" | "last-365-days";
export type Comparison = "none" | "previous-period" | "previous-year";

export type DashboardFilter =
  | { readonly kind: "date-range"; readonly default: DatePreset }
  | { readonly kind: "compare"; readonly default: Comparison }
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

/** What stands in the release in one table of a domain; days are null where its rows carry none. */
export interface DomainFreshness {
  readonly domain: string;
  readonly table: string;
  readonly rows: number;
  readonly firstOn: IsoDate | null;
  readonly lastOn: IsoDate | null;
}

export interface DashboardAnswer {
  readonly id: string;
  readonly title: LocalizedText;
  readonly description: LocalizedText;
  readonly domain: readonly string[];
  readonly filters: readonly DashboardFilter[];
  readonly cards: readonly DashboardCard[];
  readonly noData?: { readonly message: LocalizedText; readonly datasets: readonly string[] };
  readonly freshness: readonly DomainFreshness[];
  readonly release: string;
  readonly asOf: IsoDate;
}

export type MetricUnit = "money" | "count" | "percent" | "ratio" | "days" | "kg";

export interface MetricDescription {
  readonly name: string;
  readonly label: LocalizedText;
  readonly definition: LocalizedText;
  readonly unit: MetricUnit;
  /** Which way is good. */
  readonly direction: "up" | "down" | "neutral";
  readonly owner: string;
  /** Domain of data whose age is the metric's age. */
  readonly domain: string;
  /** Dimensions the metric can be cut and filtered by. */
  readonly grain: readonly string[];
}

export interface CatalogueAnswer {
  readonly metrics: readonly MetricDescription[];
  readonly dimensions: readonly { readonly name: string; readonly label: LocalizedText }[];
  readonly stores: readonly { readonly id: string; readonly name: string }[];
  readonly markets: readonly { readonly id: string; readonly name: string; readonly isoNumeric: string | null }[];
  readonly currencies: readonly string[];
  readonly release: string;
  readonly asOf: IsoDate;
}

export interface MetricQuery {
  readonly metrics: readonly string[];
  readonly dimensions?: readonly string[];
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly filters?: Readonly<Record<string, readonly (string | number)[]>>;
  readonly currency?: string;
  readonly compare?: Comparison;
  readonly orderBy?: { readonly by: string; readonly direction: "asc" | "desc" };
  readonly limit?: number;
  readonly language?: "en" | "zh";
}

export interface MetricColumn {
  readonly name: string;
  /** label: the readable name of the dimension before it; comparison: the metric in the compared window. */
  readonly kind: "dimension" | "label" | "metric" | "comparison";
  readonly unit: MetricUnit | "day" | "week" | "month" | "number" | "text";
  readonly currency?: string;
}

export type MetricCell = string | number | null;

export interface MetricResult {
  readonly columns: readonly MetricColumn[];
  /** Money is whole minor units, percent a fraction; null is not known or not defined, never zero. */
  readonly rows: readonly (readonly MetricCell[])[];
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  readonly comparedFrom?: IsoDate;
  readonly comparedTo?: IsoDate;
  /** Periods of a time dimension that the window or the data covers only in part. */
  readonly partialPeriods: readonly IsoDate[];
  readonly asOf: IsoDate;
  readonly release: string;
  readonly notes: readonly string[];
}

/** RFC 9457. */
export interface ProblemAnswer {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code?: string;
  /** Names the request in the server's log. */
  readonly instance?: string;
}
