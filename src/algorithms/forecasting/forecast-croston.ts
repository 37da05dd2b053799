import type { ForecastFunction } from "./forecast-function.ts";

/** Weight of the newest demand and interval; the usual choice for slow movers. */
const ALPHA = 0.1;

/**
 * Croston's rate: smoothed size of a demand over the smoothed interval between demands, both moved at a demand only.
 * A series without demand gives 0. O(n). Source: Croston (1972).
 */
export const forecastCroston: ForecastFunction = (train, _period, horizon) =>
  new Float64Array(horizon).fill(crostonRate(train));

/** Croston's rate times 1 − α/2, which takes off its bias. O(n). Source: Syntetos and Boylan (2005). */
export const forecastSba: ForecastFunction = (train, _period, horizon) =>
  new Float64Array(horizon).fill((1 - ALPHA / 2) * crostonRate(train));

function crostonRate(train: Float64Array): number {
  let [size, interval, since, demands] = [0, 1, 0, 0];
  for (const value of train) {
    since++;
    if (value === 0) continue;
    size += (demands === 0 ? 1 : ALPHA) * (value - size);
    interval += (demands === 0 ? 1 : ALPHA) * (since - interval);
    demands++;
    since = 0;
  }
  return size / interval;
}
