import type { ModelConfig } from "../../algorithms/recommendation/collaborative/model-config.ts";

/** Length of the validation and of the test window; the history before them must be as long as both. */
export const WINDOW_DAYS = 28;
/** Customers needed in a window for its figures to mean something. */
export const MIN_QUERIES = 30;
/** Items not bought for longer are never recommended: most of them are not on sale any more. */
export const ACTIVE_DAYS = 60;
/** Purchase, cart, view, return. */
export const KIND_WEIGHTS = [1, 0.5, 0.2, -1] as const;
/** Interactions of one customer that count. */
export const MOST_PER_CUSTOMER = 2000;
/** Items of a customer's list. */
export const LIST_LENGTH = 100;
/** Neighbours kept of each item. */
export const NEIGHBOURS = 200;
/** Half-lives of an interaction, and of the popular baseline, that the validation window chooses between. */
export const HALF_LIVES = [30, 60, 180, 720] as const;
export const POPULAR_HALF_LIVES = [7, 14, 28] as const;

/** Days that count as of late, and weights, that the validation window chooses the trend from; it may choose none. */
export const TREND_WINDOWS = [14, 30, 60] as const;
export const TREND_WEIGHTS = [0.3, 0.6, 1] as const;

/** How much the trend of an item (see measureTrend) adds to its standardised scores. */
export interface TrendParams {
  readonly windowDays: number;
  readonly weight: number;
}

/** What was chosen for a store. */
export interface StoreParams {
  readonly halfLifeDays: number;
  readonly popularHalfLifeDays: number;
  /** Absent where the trend does not help, and in releases made before there was one. */
  readonly trend?: TrendParams | undefined;
  readonly parts: readonly { readonly config: ModelConfig; readonly weight: number }[];
}
