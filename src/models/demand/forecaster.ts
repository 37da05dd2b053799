import type { IsoDate } from "../../core/dates.ts";

export interface ForecastRequest {
  /** Missing: the store with most series. */
  readonly store?: string | undefined;
  /** Missing: all products. */
  readonly product?: string | undefined;
  /** ISO 3166-1 alpha-2. Missing: all markets. */
  readonly market?: string | undefined;
  /** Points wanted; there are at most 13 weeks or 28 days. */
  readonly horizon: number;
}

export interface DemandForecast {
  /** Last day of the orders that it was made from. */
  readonly asOf: IsoDate;
  /** How it was made, e.g. `pooled-smoothing`; docs/algorithms/exponential-smoothing.md says what each does. */
  readonly method: string;
  /** Length of a step; `on` is the first day of it. */
  readonly unit: "day" | "week";
  /** The newest steps, oldest first, up to the last day of the data the model was fitted on. */
  readonly history: readonly { readonly on: IsoDate; readonly value: number }[];
  /** Units expected, and the values that 10, 50 and 90 of 100 outcomes stay at or below. */
  readonly points: readonly {
    readonly on: IsoDate;
    readonly mean: number;
    readonly q10: number;
    readonly q50: number;
    readonly q90: number;
  }[];
}

/**
 * Forecasts from one release, in memory. Errors: `FORECAST_SERIES_UNKNOWN` for what was not sold in the last 26 weeks,
 * `REQUEST_INVALID` for a horizon below 1, `MODEL_NOT_PUBLISHED` where the release holds no forecasts.
 */
export interface Forecaster {
  forecast(request: ForecastRequest): DemandForecast;
}
