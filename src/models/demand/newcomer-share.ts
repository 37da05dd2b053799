import { type DemandSeries, isAlive, levelOf, truncateSeries } from "./demand-series.ts";
import { ALIVE_STEPS, HORIZONS } from "./forecast-demand.ts";

/** Windows that tell, each a horizon long. */
const WINDOWS = 3;
/** No more than this is left to them. */
const LARGEST_SHARE = 0.5;

/**
 * Share of a store's demand over a horizon that comes from products in markets which did not sell in the 26 weeks before it, over the last
 * three horizons: the sums hold it, and no series that can be forecast by itself does. O(values of the windows).
 */
export function measureNewcomerShares(all: readonly DemandSeries[]): (store: string) => number {
  const units = new Map<string, { fresh: number; whole: number }>();
  const ages = new Map<string, number>();
  for (const series of all) if (levelOf(series) === "total") ages.set(series.store, series.values.length);
  for (const series of all) {
    if (levelOf(series) !== "productMarket") continue;
    const group = units.get(series.store) ?? { fresh: 0, whole: 0 };
    units.set(series.store, group);
    for (let back = HORIZONS.week; back <= WINDOWS * HORIZONS.week; back += HORIZONS.week) {
      // All is new in a store that has just opened.
      if ((ages.get(series.store) ?? 0) - back < ALIVE_STEPS.week) continue;
      const { values } = series;
      const from = Math.max(0, values.length - back);
      const window = values.subarray(from, Math.max(0, values.length - back + HORIZONS.week));
      const sum = window.reduce((total, value) => total + value, 0);
      group.whole += sum;
      if (!isAlive(truncateSeries(series, back), ALIVE_STEPS.week)) group.fresh += sum;
    }
  }
  return (store) => {
    const { fresh, whole } = units.get(store) ?? { fresh: 0, whole: 0 };
    return whole > 0 ? Math.min(LARGEST_SHARE, fresh / whole) : 0;
  };
}
