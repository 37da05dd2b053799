import { measureYearlyRatio } from "../../algorithms/forecasting/yearly-ratio.ts";
import { type DemandSeries, levelOf, truncateSeries } from "./demand-series.ts";
import { HORIZONS } from "./forecast-demand.ts";

export const WEEKS_PER_YEAR = 52;

/** Ratio of each coming week to the level now, as a year ago, for a store as it was known `back` weeks before the end. */
export type YearlyRatios = (store: string, back: number) => Float64Array;

/** One season a store, measured on the sum of all that it sells: a product of two years says nothing of its own. */
export function measureYearlyRatios(weeks: readonly DemandSeries[]): YearlyRatios {
  const totals = new Map(weeks.filter((series) => levelOf(series) === "total").map((series) => [series.store, series]));
  const known = new Map<string, Float64Array>();
  return (store, back) => {
    const key = `${back} ${store}`;
    const total = totals.get(store);
    const values = total === undefined ? new Float64Array(0) : truncateSeries(total, back).values;
    const ratio = known.get(key) ?? measureYearlyRatio(values, HORIZONS.week, WEEKS_PER_YEAR);
    known.set(key, ratio);
    return ratio;
  };
}
