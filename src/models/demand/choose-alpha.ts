import { smoothLevel } from "../../algorithms/forecasting/forecast-fixed-smoothing.ts";
import { type DemandSeries, isAlive, truncateSeries } from "./demand-series.ts";
import { ALIVE_STEPS, forecastShort, HORIZONS, SHORT_WEEKS } from "./forecast-demand.ts";

/** Weights that the weekly series may share. */
const ALPHAS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];
export const DEFAULT_ALPHA = 0.25;
/** Windows that choose, each a horizon long. */
const WINDOWS = 3;

/**
 * The smoothing weight with the least absolute error over all weekly series on the last three windows of their histories. Young series are
 * not smoothed: they weigh the same for all. O(weights · values).
 */
export function chooseAlpha(all: readonly DemandSeries[]): number {
  const errors = new Float64Array(ALPHAS.length);
  for (let back = HORIZONS.week; back <= WINDOWS * HORIZONS.week; back += HORIZONS.week) {
    for (const series of all) {
      const known = truncateSeries(series, back);
      if (!isAlive(known, ALIVE_STEPS.week)) continue;
      const from = known.values.length;
      const actual = series.values.subarray(from, from + HORIZONS.week);
      const isShort = from < SHORT_WEEKS;
      const short = isShort ? (forecastShort(known.values).mean[0] as number) : 0;
      ALPHAS.forEach((alpha, at) => {
        const level = isShort ? short : Math.max(0, smoothLevel(known.values, alpha));
        let error = 0;
        for (let step = 0; step < actual.length; step++) error += Math.abs((actual[step] as number) - level);
        errors[at] = (errors[at] as number) + error;
      });
    }
  }
  const least = errors.reduce((best, error, at) => (error < (errors[best] as number) ? at : best), 0);
  return (errors[least] as number) > 0 ? (ALPHAS[least] as number) : DEFAULT_ALPHA;
}
