import { applyPool, fitPool } from "../../algorithms/forecasting/global/forecast-pool.ts";
import { createRng } from "../../core/rng.ts";
import { type DemandSeries, levelOf } from "./demand-series.ts";

/** What was forecast of a series from an earlier origin by models that had not seen what came. */
export interface PastMean {
  readonly series: DemandSeries;
  /** Number of values known. */
  readonly origin: number;
  readonly mean: Float64Array;
}

/** A fitted portfolio over products. */
export interface ProductPortfolio {
  /** On the last windows of the series it was fitted on. */
  readonly past: readonly PastMean[];
  /** Weight of each member and global model; they sum to 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** A forecast a series: any parting of the series gives the same. */
  readonly forecast: (all: readonly DemandSeries[]) => Float64Array[];
}

/** Series that the portfolio is fitted on: half of them products, half products in a market. More cost more and tell little. */
const FITTED_SERIES = 1200;
/** With fewer there is nothing to learn from each other. */
const MIN_SERIES = 20;

/**
 * The automatic portfolio for weekly products: means, smoothing, ridge and two boostings over all, weighed on the last windows
 * (docs/algorithms/global-forecast.md), as one pool of rare demand: a week has no season of its own, and squared and Tweedie
 * losses aim at the mean that stock is planned by. Fitted on a seeded sample, so its cost does not grow with the assortment.
 */
export function fitProductPortfolio(
  products: readonly DemandSeries[],
  horizon: number,
  seed: number,
): ProductPortfolio | undefined {
  const rng = createRng(seed);
  const groups = (["product", "productMarket"] as const).map((level) =>
    products.filter((series) => levelOf(series) === level),
  );
  const sample = groups.flatMap((group) =>
    group.filter(() => rng.next() * group.length < FITTED_SERIES / groups.length),
  );
  if (sample.length < MIN_SERIES) return undefined;
  const pool = sample.map(({ values }) => ({ values, period: 1, horizon }));
  const { model, past, report } = fitPool(pool, "intermittent", seed);
  return {
    past: past.map(({ index, origin, mean }) => ({ series: sample[index] as DemandSeries, origin, mean })),
    weights: report.weights,
    forecast: (all) =>
      applyPool(
        model,
        all.map(({ values }) => values),
      ).map(({ mean }) => mean),
  };
}
