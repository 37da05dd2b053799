import { type DemandSeries, isAlive, truncateSeries } from "./demand-series.ts";
import { ALIVE_STEPS, forecastDemand, HORIZONS } from "./forecast-demand.ts";

/** Weights that the weekly series may share. */
const ALPHAS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];
export const DEFAULT_ALPHA = 0.25;
/** Windows that choose, each a horizon long. */
const WINDOWS = 3;

/** The smoothing weight with the least absolute error over all weekly series on the last three windows of their histories. */
export function chooseAlpha(all: readonly DemandSeries[]): number {
  const cases = Array.from({ length: WINDOWS }, (_, at) => (at + 1) * HORIZONS.week).flatMap((back) =>
    all.flatMap((series) => {
      const known = truncateSeries(series, back);
      if (!isAlive(known, ALIVE_STEPS.week)) return [];
      const from = known.values.length;
      return [{ known, actual: series.values.subarray(from, from + HORIZONS.week) }];
    }),
  );
  let best = DEFAULT_ALPHA;
  let bestError = Number.POSITIVE_INFINITY;
  for (const alpha of ALPHAS) {
    let error = 0;
    for (const { known, actual } of cases) {
      const { mean } = forecastDemand(known, alpha);
      actual.forEach((value, step) => (error += Math.abs(value - (mean[step] as number))));
    }
    if (error > 0 && error < bestError) [best, bestError] = [alpha, error];
  }
  return best;
}
