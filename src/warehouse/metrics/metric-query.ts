import type { IsoDate } from "../../core/dates.ts";

export type Comparison = "none" | "previous-period" | "previous-year";

/** A question to the catalogue. Names are checked against it; nothing of a query becomes SQL text. */
export interface MetricQuery {
  readonly metrics: readonly string[];
  /** What a row stands for. `time` becomes day, week or month by the length of the window. */
  readonly dimensions?: readonly string[];
  /** First and last day, both included. Missing: as far as the data goes. */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  /** Dimension → accepted values. */
  readonly filters?: Readonly<Record<string, readonly (string | number)[]>>;
  /** Currency of money values. Missing: the only currency of the data, else the reporting currency. */
  readonly currency?: string;
  readonly compare?: Comparison;
  /** A metric, its `…__previous`, or a dimension. */
  readonly orderBy?: { readonly by: string; readonly direction: "asc" | "desc" };
  /** Rows at most: 1,000 when missing, never over 5,000. */
  readonly limit?: number;
  /** Language of the notes. */
  readonly language?: "en" | "zh";
}

export const DEFAULT_ROW_LIMIT = 1_000;
export const MAX_ROW_LIMIT = 5_000;
