import type { IsoDate } from "../../core/dates.ts";
import type { MetricUnit } from "./metric.ts";

export type TimeGrain = "day" | "week" | "month";

/**
 * label: the readable name of the dimension before it (`product__label`).
 * comparison: the metric in the compared window (`net_sales__previous`).
 */
export interface MetricColumn {
  readonly name: string;
  readonly kind: "dimension" | "label" | "metric" | "comparison";
  /** Of dimensions: day, week, month (values are the first day of the period), number or text. */
  readonly unit: MetricUnit | TimeGrain | "number" | "text";
  /** Of money columns. */
  readonly currency?: string;
}

export type MetricCell = string | number | null;

export interface MetricResult {
  readonly columns: readonly MetricColumn[];
  /** Money is whole minor units; null means not known or not defined, never zero. */
  readonly rows: readonly (readonly MetricCell[])[];
  /** The window; null where the data carries no dates. */
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
