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
  readonly upper80: Float64Array;
  readonly upper95: Float64Array;
}

/** How a pool of series was forecast. */
export interface PoolReport {
  readonly kind: "regular" | "intermittent";
  readonly period: number;
  readonly horizon: number;
  /** The season that was found, in steps: the period or a multiple of it. */
  readonly season: number;
  readonly series: number;
  /** Weight of each member in the forecast; they sum to 1. */
  readonly weights: Readonly<Record<string, number>>;
}
