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
  /** Of each group, what came at each age. */
  const groups = new Map<string, Kept[]>();
  const emptyGroup = (): Kept[] => Array.from({ length: SHORT_WEEKS }, () => ({ first: 0, next: 0, count: 0 }));
  for (const series of all) {
    const { values } = series;
    if (1 + HORIZONS.week > values.length) continue;
    const own = keysOf(series).map((key) => {
      const group = groups.get(key) ?? emptyGroup();
      groups.set(key, group);
      return group;
    });
    for (let age = 1; age < SHORT_WEEKS && age + HORIZONS.week <= values.length; age++) {
      const first = meanOf(values.subarray(0, age));
      const next = meanOf(values.subarray(age, age + HORIZONS.week));
      for (const group of own) {
        // A place an age.
        const kept = group[age] as Kept;
        kept.first += first;
        kept.next += next;
        kept.count++;
      }
    }
  }
  return (series) => {
    for (const key of keysOf(series)) {
      const kept = groups.get(key)?.[series.values.length];
      if (kept === undefined || kept.count < MIN_SERIES || !(kept.first > 0)) continue;
      return Math.min(LARGEST_SHARE, kept.next / kept.first);
    }
    return 1;
  };
}

interface Kept {
  first: number;
  next: number;
  count: number;
}

/** Groups that a series may learn from, the nearest first. */
function keysOf(series: DemandSeries): string[] {
  const { store, category, market } = series;
  const places = [[category, market], [category], ["", market], []];
  return places
    .filter(([kind]) => kind === undefined || kind !== "" || market !== "")
    .map((place) => JSON.stringify([levelOf(series), store, ...place]));
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
