import { type DemandSeries, levelOf } from "./demand-series.ts";
import { HORIZONS, SHORT_WEEKS } from "./forecast-demand.ts";

/** Series that were as young once, for a group to speak for itself. */
const MIN_SERIES = 30;
/** No share above 1.5 is believed of a few lucky starts. */
const LARGEST_SHARE = 1.5;

/** Share of its first weeks' mean that a series of this age can be expected to keep up over a horizon. */
export type KeptShares = (series: DemandSeries) => number;

/**
 * What young series came to: a product is seen for the first time because it sold, so the mean of its first weeks is too much to expect
 * of the next. The share that those before it kept up, after as many weeks, of its category in its market, else of its
 * category, its market, its store: the first of these that has had 30. 1 where none has. O(values of first weeks).
 */
export function measureKeptShares(all: readonly DemandSeries[]): KeptShares {
  const groups = new Map<string, { first: number; next: number; count: number }>();
  for (const series of all) {
    for (let age = 1; age < SHORT_WEEKS && age + HORIZONS.week <= series.values.length; age++) {
      const first = meanOf(series.values.subarray(0, age));
      const next = meanOf(series.values.subarray(age, age + HORIZONS.week));
      for (const key of keysOf(series, age)) {
        const group = groups.get(key) ?? { first: 0, next: 0, count: 0 };
        groups.set(key, { first: group.first + first, next: group.next + next, count: group.count + 1 });
      }
    }
  }
  return (series) => {
    for (const key of keysOf(series, series.values.length)) {
      const group = groups.get(key);
      if (group === undefined || group.count < MIN_SERIES || !(group.first > 0)) continue;
      return Math.min(LARGEST_SHARE, group.next / group.first);
    }
    return 1;
  };
}

/** Groups that a series of an age may learn from, the nearest first. */
function keysOf(series: DemandSeries, age: number): string[] {
  const { store, category, market } = series;
  const places = [[category, market], [category], ["", market], []];
  return places
    .filter(([kind]) => kind === undefined || kind !== "" || market !== "")
    .map((place) => JSON.stringify([levelOf(series), age, store, ...place]));
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
