import { type DemandSeries, isAlive, levelOf, truncateSeries } from "./demand-series.ts";
import { ALIVE_STEPS, HORIZONS } from "./forecast-demand.ts";

/** Windows that tell, each a horizon long. */
const WINDOWS = 3;
/** No more than this is left to them. */
const LARGEST_SHARE = 0.8;
/** Windows of a product in a market from which its market counts as much as its store does. */
const PRIOR_WINDOWS = 10;

/** Share of a market of a store that newcomers will bring. */
export type NewcomerShares = (store: string, market: string) => number;

/**
 * Share of a market's demand over a horizon that comes from products which did not sell there in the 26 weeks before it, over the last
 * three horizons: the sums hold it, and no series that can be forecast by itself does. A small market buys a few of many products, other
 * ones each time: most of it is new, while the home market's share is small. Shrunk to the store's share where few products sold, as is the store's to none.
 * O(values of the windows).
 */
export function measureNewcomerShares(all: readonly DemandSeries[]): NewcomerShares {
  const units = new Map<string, Counted>();
  const count = (key: string): Counted => {
    const counted = units.get(key) ?? { fresh: 0, whole: 0, windows: 0 };
    units.set(key, counted);
    return counted;
  };
  const ages = new Map<string, number>();
  for (const series of all) if (levelOf(series) === "total") ages.set(series.store, series.values.length);
  for (const series of all) {
    if (levelOf(series) !== "productMarket") continue;
    const groups = [count(keyOf(series.store)), count(keyOf(series.store, series.market))];
    for (let back = HORIZONS.week; back <= WINDOWS * HORIZONS.week; back += HORIZONS.week) {
      // All is new in a store that has just opened.
      if ((ages.get(series.store) ?? 0) - back < ALIVE_STEPS.week) continue;
      const { values } = series;
      const from = Math.max(0, values.length - back);
      const window = values.subarray(from, Math.max(0, values.length - back + HORIZONS.week));
      const sum = window.reduce((total, value) => total + value, 0);
      if (sum === 0) continue;
      const isFresh = !isAlive(truncateSeries(series, back), ALIVE_STEPS.week);
      for (const group of groups) {
        group.whole += sum;
        group.windows++;
        if (isFresh) group.fresh += sum;
      }
    }
  }
  const shrink = (counted: Counted | undefined, share: number): number => {
    if (counted === undefined || counted.windows === 0) return share;
    const prior = (PRIOR_WINDOWS * counted.whole) / counted.windows;
    return (counted.fresh + prior * share) / (counted.whole + prior);
  };
  return (store, market) =>
    Math.min(LARGEST_SHARE, shrink(units.get(keyOf(store, market)), shrink(units.get(keyOf(store)), 0)));
}

interface Counted {
  fresh: number;
  whole: number;
  windows: number;
}

function keyOf(...names: readonly string[]): string {
  return JSON.stringify(names);
}
