import { requireInteger } from "../require-numbers.ts";

export interface ProfileParams {
  /** Steps of a season, e.g. 7 days. */
  readonly period: number;
  /** Seasons whose sums make the profile. */
  readonly profileSeasons: number;
  /** Seasons whose mean is the level. */
  readonly levelSeasons: number;
}

/**
 * Multiplicative season without fitting: the share of each phase in the last `profileSeasons` seasons, times the mean sum
 * of the last `levelSeasons` seasons. A phase without any demand in the profile (a closed weekday) stays at 0.
 *
 * Needs non-negative values; of a series that is too short for either number of seasons all whole ones are taken, and
 * without a single whole season the answer is zeros. O(profileSeasons · period + horizon).
 * Source: the seasonal index of classical decomposition, over a recent window.
 */
export function forecastProfile(series: Float64Array, horizon: number, params: ProfileParams): Float64Array {
  const { period, profileSeasons, levelSeasons } = params;
  requireInteger(period, 1, 10_000, "period");
  requireInteger(profileSeasons, 1, 10_000, "profileSeasons");
  requireInteger(levelSeasons, 1, 10_000, "levelSeasons");
  const seasons = Math.floor(series.length / period);
  const sumOf = (count: number, phase: number): number => {
    let sum = 0;
    for (let back = 1; back <= Math.min(count, seasons); back++) sum += series[series.length - back * period + phase];
    return sum;
  };
  const shares = Float64Array.from({ length: period }, (_, phase) => sumOf(profileSeasons, phase));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let level = 0;
  for (let phase = 0; phase < period; phase++) level += sumOf(levelSeasons, phase);
  level /= Math.max(1, Math.min(levelSeasons, seasons));
  return Float64Array.from({ length: horizon }, (_, step) => (total > 0 ? (shares[step % period] / total) * level : 0));
}
