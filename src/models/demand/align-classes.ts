import { measureYearlyRatio } from "../../algorithms/forecasting/yearly-ratio.ts";
import { groupPlaces } from "../../core/group-places.ts";
import { classifyDemand } from "./demand-classes.ts";
import { type DemandSeries, levelOf } from "./demand-series.ts";
import { HORIZONS, type StepForecast } from "./forecast-demand.ts";
import { WEEKS_PER_YEAR, type YearlyRatios } from "./yearly-ratios.ts";

/** Newest weeks whose mean is the level of a series, the same that yearly ratios are relative to. */
const LEVEL_WEEKS = 13;
/** Series of a class that were there a year ago, from which it has a year of its own. */
const LEAST_SERIES = 30;

/**
 * Base forecasts of products, put right for each class of demand as a whole (smooth, erratic, intermittent, lumpy; products, and
 * products in a market, by themselves): drawn halfway, in logarithms, to the mean of its newest 13 weeks, and with the year of the class in
 * place of the store's.
 *
 * Forecasts of rare and uneven demand shrink below what such products sell together, and products that sell every week would be
 * scaled up to make good for them when all is made to add up. The store's year holds what comes anew for a season; that of a class is
 * taken from its series that were there a year ago, like for like. Young series stay as they are. O(values).
 *
 * Input: series with their base forecasts, in order, and the yearly ratios that those of products hold.
 */
export function alignClasses(
  series: readonly DemandSeries[],
  base: readonly StepForecast[],
  ratios: YearlyRatios,
): StepForecast[] {
  const classes = groupPlaces(series, (one) => {
    const demand = classifyDemand(one.values);
    return one.product === "" || demand === "young" ? undefined : JSON.stringify([one.store, levelOf(one), demand]);
  });
  const aligned = base.slice();
  for (const members of classes.values()) {
    const own = members.map((at) => series[at] as DemandSeries);
    const means = members.map((at) => (base[at] as StepForecast).mean);
    const factors = findFactors(own, means, ratios((own[0] as DemandSeries).store, 0));
    for (const at of members) {
      const { mean, ...kept } = base[at] as StepForecast;
      aligned[at] = { ...kept, mean: mean.map((value, step) => value * (factors[step] as number)) };
    }
  }
  return aligned;
}

/** What to multiply the forecasts of a class by at each step. */
function findFactors(
  members: readonly DemandSeries[],
  means: readonly Float64Array[],
  ratio: Float64Array,
): Float64Array {
  let level = 0;
  for (const { values } of members) {
    const recent = values.subarray(-LEVEL_WEEKS);
    level += recent.reduce((sum, value) => sum + value, 0) / recent.length;
  }
  const year = findYear(members) ?? ratio;
  return ratio.map((store, step) => {
    const expected = means.reduce((sum, mean) => sum + (mean[step] as number), 0) / store;
    const own = year[step] as number;
    // A week that is closed, in the store or in what the class did a year ago, is left as it is.
    if (!(expected > 0 && Number.isFinite(expected) && level > 0 && own > 0)) return 1;
    return Math.sqrt(level / expected) * (own / store);
  });
}

/** The year of the members that were there for its ratio to be measured; undefined for too few. */
function findYear(members: readonly DemandSeries[]): Float64Array | undefined {
  const weeks = WEEKS_PER_YEAR + LEVEL_WEEKS;
  const old = members.filter(({ values }) => values.length >= weeks);
  if (old.length < LEAST_SERIES) return undefined;
  const sum = new Float64Array(weeks);
  for (const { values } of old)
    values.subarray(-weeks).forEach((value, week) => (sum[week] = (sum[week] as number) + value));
  return measureYearlyRatio(sum, HORIZONS.week, WEEKS_PER_YEAR);
}
