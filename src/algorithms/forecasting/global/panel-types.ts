/** One series of a panel; values are finite, oldest first, at least one. */
export interface PanelSeries {
  readonly values: Float64Array;
  readonly period: number;
  readonly horizon: number;
}

/** Point forecast and interval bounds of one series, a value a step. */
export interface PanelForecast {
  readonly mean: Float64Array;
  readonly lower95: Float64Array;
  readonly lower80: Float64Array;
  readonly lower50: Float64Array;
  /** Half of all outcomes stay at or below; on series of mostly zeros well below the mean. */
  readonly median: Float64Array;
  readonly upper50: Float64Array;
  readonly upper80: Float64Array;
  readonly upper95: Float64Array;
}

/** What the weighed ensemble said of a series at an earlier origin, its global models fitted before the window. */
export interface PastForecast {
  /** Position of the series in the panel. */
  readonly index: number;
  /** Number of values known. */
  readonly origin: number;
  readonly mean: Float64Array;
}

/** How a pool of series was forecast. */
export interface PoolReport {
  readonly kind: "regular" | "intermittent";
  /** The period of the series; the open steps of it where closed ones were left out, and so for the horizon. */
  readonly period: number;
  readonly horizon: number;
  /** The season that was found, in steps: the period or a multiple of it. */
  readonly season: number;
  readonly series: number;
  /** Weight of each member in the forecast; they sum to 1. */
  readonly weights: Readonly<Record<string, number>>;
}

export interface PanelOutcome {
  /** A forecast a series, in order. */
  readonly forecasts: readonly PanelForecast[];
  /** What was forecast on the last windows of the histories, by which weights and intervals were chosen; a sample of large pools. */
  readonly past: readonly PastForecast[];
  readonly pools: readonly PoolReport[];
}
