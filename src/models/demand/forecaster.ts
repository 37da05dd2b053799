import type { IsoDate } from "../../core/dates.ts";
import type { QuantileName } from "./calibrate-intervals.ts";

/** How far up demand is added up. A product in a market is a product too. */
export type ForecastLevel = "product" | "category" | "market" | "total";

export interface ForecastRequest {
  /** Missing: the store with most series. */
  readonly store?: string | undefined;
  /** Missing: all products. */
  readonly product?: string | undefined;
  /** Missing: that of the product named, for level category. */
  readonly category?: string | undefined;
  /** ISO 3166-1 alpha-2. Missing: all markets. */
  readonly market?: string | undefined;
  /** How far up from what is named. Missing: the lowest that is named. */
  readonly level?: ForecastLevel | undefined;
  /** Points wanted; there are at most 13 weeks or 28 days. */
  readonly horizon: number;
}

export interface ForecastPoint extends Readonly<Record<QuantileName, number>> {
  readonly on: IsoDate;
  readonly mean: number;
}

export interface DemandForecast {
  /** Last day of the orders that it was made from. */
  readonly asOf: IsoDate;
  /** How it was made, e.g. `portfolio`; docs/algorithms/nightly-demand.md says what each does. */
  readonly method: string;
  /** Why it is not the usual forecast: what is wrong with the series, or when it ended. */
  readonly reason?: string;
  readonly level: ForecastLevel;
  /** Length of a step; `on` is the first day of it. */
  readonly unit: "day" | "week";
  /** The newest steps, oldest first, up to the last day of the data the model was fitted on. */
  readonly history: readonly { readonly on: IsoDate; readonly value: number }[];
  /** Units expected, and the values that 2.5, 10, 25, 50, 75, 90 and 97.5 of 100 outcomes stay at or below. */
  readonly points: readonly ForecastPoint[];
}

/**
 * Forecasts from one release, in memory. What was not sold in the last 26 weeks is expected to sell nothing (`ended`). There are no more
 * points than the release holds steps. Errors: `FORECAST_SERIES_UNKNOWN` for what has no demand on record,
 * `REQUEST_INVALID` for a horizon below 1 or a level whose name is missing, `MODEL_NOT_PUBLISHED` where the release holds no forecasts.
 */
export interface Forecaster {
  forecast(request: ForecastRequest): DemandForecast;
}
