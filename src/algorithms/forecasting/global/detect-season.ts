import { refinedIndices } from "../refine-season.ts";
import type { PanelSeries } from "./panel-types.ts";

/** Days of a fortnight, as promotions of every other week make it, and of a year. */
const OF_DAYS = [2, 52] as const;
/** Whole multiples of a period that name a longer season: hours of a week, days of a fortnight and a year, also where weeks have five or six of them. */
const LONGER: Readonly<Record<number, readonly number[]>> = {
  24: [7],
  48: [7],
  96: [7],
  5: OF_DAYS,
  6: OF_DAYS,
  7: OF_DAYS,
};
/** The longer season must take at least this share off the median error of the shorter. */
const MIN_GAIN = 0.1;
/** What a pool without a period may repeat itself after: quarters, months and weeks of a year, days of a week, hours of a day. */
const UNNAMED = [4, 7, 12, 24, 52] as const;
/** A season nobody named must take at least this share off the error of none, in the geometric mean over the series. */
const MIN_UNNAMED_GAIN = 0.05;
/** Windows of the horizon at the end of each history that an unnamed season is judged on. */
const JUDGED_WINDOWS = 3;
/** Seasons before a window without which nothing is said of it. */
const LEAST_SEASONS = 3;
/** More series than this tell no more of a season they share. */
const MAX_JUDGED_SERIES = 500;

/**
 * The season of a pool: the period; or a longer one that its series share (168 of hourly data in days); or, where the period is 1 and so names
 * none, one of the usual ones that most of the pool is long enough for (52 of weeks). O(values · seasons tried).
 */
export function detectSeason(pool: readonly PanelSeries[], period: number): number {
  return period > 1 ? detectLonger(pool, period) : detectUnnamed(pool);
}

/**
 * The season whose values are features of the global models of a pool of `season`: the longest multiple of the period that has a name and that most histories
 * hold three of, also where indices of it would take too much of them; else the season itself. O(series).
 */
export function chooseFeaturedSeason(pool: readonly PanelSeries[], period: number, season: number): number {
  const longest = period * (LONGER[period]?.at(-1) ?? 1);
  const holding = pool.filter(({ values }) => values.length >= LEAST_SEASONS * longest).length;
  return 2 * holding >= pool.length ? Math.max(season, longest) : season;
}

/** The longer season, of those that are clearly nearer than the period, that is nearest when its last values are repeated. */
function detectLonger(pool: readonly PanelSeries[], period: number): number {
  let [season, least] = [period, 1 - MIN_GAIN];
  for (const multiple of LONGER[period] ?? []) {
    const ratio = medianErrorRatio(pool, period, multiple * period);
    if (ratio < least) [season, least] = [multiple * period, ratio];
  }
  return season;
}

/**
 * Median over the series that hold three longer seasons of the error of repeating the value one longer season ago relative to that of
 * repeating the one of the period, over their last quarter; 1 where most series are too short to tell.
 */
function medianErrorRatio(pool: readonly PanelSeries[], period: number, longer: number): number {
  const ratios: number[] = [];
  for (const { values } of pool) {
    if (values.length < LEAST_SEASONS * longer) continue;
    const start = Math.max(longer, Math.floor(values.length * 0.75));
    let [near, far] = [0, 0];
    for (let t = start; t < values.length; t++) {
      near += Math.abs(values[t] - values[t - period]);
      far += Math.abs(values[t] - values[t - longer]);
    }
    if (near > 0) ratios.push(far / near);
  }
  if (ratios.length * 2 < pool.length) return 1;
  ratios.sort((a, b) => a - b);
  return ratios[ratios.length >> 1];
}

/** The season whose indices help the last value most as a forecast of the last windows; 1 where none helps enough. */
function detectUnnamed(pool: readonly PanelSeries[]): number {
  const stride = Math.ceil(pool.length / MAX_JUDGED_SERIES);
  const judged = pool.filter((_, at) => at % stride === 0);
  let [season, least] = [1, 1 - MIN_UNNAMED_GAIN];
  for (const candidate of UNNAMED) {
    const ratio = meanErrorRatio(judged, candidate);
    if (ratio < least) [season, least] = [candidate, ratio];
  }
  return season;
}

/** Geometric mean over the series of the error with the season relative to that without; 1 where most series are too short to tell. */
function meanErrorRatio(pool: readonly PanelSeries[], season: number): number {
  let [logs, count] = [0, 0];
  for (const { values, horizon } of pool) {
    let [without, having] = [0, 0];
    for (let window = 1; window <= JUDGED_WINDOWS; window++) {
      const origin = values.length - window * horizon;
      if (origin < LEAST_SEASONS * season) break;
      const history = values.subarray(0, origin);
      const ahead = values.subarray(origin, origin + horizon);
      without += sumErrors(history, ahead, undefined);
      having += sumErrors(history, ahead, refinedIndices(history, season));
    }
    if (!(without > 0 && having > 0)) continue;
    logs += Math.log(having / without);
    count++;
  }
  return 2 * count < pool.length ? 1 : Math.exp(logs / count);
}

/** Absolute errors of the last value, adjusted by the indices where there are any, over the steps ahead. */
function sumErrors(history: Float64Array, ahead: Float64Array, indices: Float64Array | undefined): number {
  const n = history.length;
  const indexOf = (time: number): number => (indices === undefined ? 1 : indices[time % indices.length]);
  const level = history[n - 1] / indexOf(n - 1);
  return ahead.reduce((sum, value, step) => sum + Math.abs(value - level * indexOf(n + step)), 0);
}
