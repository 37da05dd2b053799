import { alignClasses } from "./align-classes.ts";
import type { PastForecast } from "./calibrate-intervals.ts";
import { chooseAlpha } from "./choose-alpha.ts";
import { type DemandSeries, isAlive, type SeriesLevel } from "./demand-series.ts";
import { ALIVE_STEPS, type StepForecast } from "./forecast-demand.ts";
import { forecastProducts, type ProductForecasts } from "./forecast-products.ts";
import { forecastSums } from "./forecast-sums.ts";
import { measureNewcomerShares } from "./newcomer-share.ts";
import { reconcileWeeks } from "./reconcile-weeks.ts";
import { measureYearlyRatios } from "./yearly-ratios.ts";

export interface WeekForecasts {
  /** The series that are alive, and a forecast each, in order. */
  readonly series: readonly DemandSeries[];
  readonly forecasts: readonly StepForecast[];
  /** Forecasts from earlier origins and what came, of products and of sums; none of them had seen it. */
  readonly past: { readonly products: readonly PastForecast[]; readonly sums: readonly PastForecast[] };
  readonly alpha: number;
  readonly chosen: {
    readonly products: ProductForecasts["method"];
    readonly weights: Readonly<Record<string, number>>;
    readonly sums: Readonly<Partial<Record<SeriesLevel, string>>>;
    /** Why products do without the portfolio, where it could not be fitted. */
    readonly portfolioFailure?: string;
  };
}

/** All weekly forecasts from what is known: products and sums each in their own way, then made to add up. */
export function forecastWeeks(all: readonly DemandSeries[], seed: number): WeekForecasts {
  const isForecast = (one: DemandSeries): boolean => isAlive(one, ALIVE_STEPS.week);
  const series = all.filter(isForecast);
  const ratios = measureYearlyRatios(all);
  const alpha = chooseAlpha(all);
  const isProduct = (one: DemandSeries): boolean => one.product !== "";
  const products = forecastProducts(all.filter(isProduct), isForecast, ratios, alpha, seed);
  const sums = forecastSums(
    series.filter((one) => !isProduct(one)),
    ratios,
  );
  const [ofProducts, ofSums] = [products.forecasts.values(), sums.forecasts.values()];
  // As many as there are series of the kind.
  const base = series.map((one) => (isProduct(one) ? ofProducts : ofSums).next().value as StepForecast);
  return {
    series,
    forecasts: reconcileWeeks(series, alignClasses(series, base, ratios), measureNewcomerShares(all)),
    past: { products: products.past, sums: sums.past },
    alpha,
    chosen: {
      products: products.method,
      weights: products.weights,
      sums: sums.methods,
      ...(products.failure === undefined ? {} : { portfolioFailure: products.failure }),
    },
  };
}
