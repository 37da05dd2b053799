import { forecastFixedSmoothing } from "../../algorithms/forecasting/forecast-fixed-smoothing.ts";
import type { PastForecast } from "./calibrate-intervals.ts";
import { type KeptShares, measureKeptShares } from "./cold-start.ts";
import type { DemandSeries } from "./demand-series.ts";
import {
  forecastDemand,
  forecastShort,
  HORIZONS,
  SHORT_WEEKS,
  type StepForecast,
  toStepForecast,
} from "./forecast-demand.ts";
import { attempt, forecastFallback, forecastSafely } from "./forecast-safely.ts";
import { fitProductPortfolio, type PastMean } from "./product-portfolio.ts";
import type { YearlyRatios } from "./yearly-ratios.ts";

type ProductMethod = "portfolio" | "pooled-smoothing";

export interface ProductForecasts {
  /** A forecast a series, in order. */
  readonly forecasts: readonly StepForecast[];
  readonly past: readonly PastForecast[];
  readonly method: ProductMethod;
  /** Weights of the portfolio; empty where there is none. */
  readonly weights: Readonly<Record<string, number>>;
  /** Why there is no portfolio, where it could not be fitted. */
  readonly failure?: string;
}

/**
 * On the windows that choose, the portfolio was fitted up to three horizons before, while smoothing has seen all before the window and its
 * weight was chosen on it: the portfolio stands while its error is no more than this factor of that of smoothing.
 */
const HANDICAP = 1.05;

/**
 * Weekly forecasts of products, in a market or in all: by the portfolio, or by smoothing with one weight for all, whichever had the
 * lesser absolute error on the last windows of the histories, times the yearly ratio of the store. Young series are expected to keep up
 * what those before them did. A suspected series teaches nothing and falls back to smoothing, as does one whose forecast is absurd; where the
 * portfolio finds its numbers unusable, all do without it.
 */
export function forecastProducts(
  all: readonly DemandSeries[],
  isForecast: (series: DemandSeries) => boolean,
  ratios: YearlyRatios,
  alpha: number,
  seed: number,
): ProductForecasts {
  const kept = measureKeptShares(all);
  const products = all.filter(isForecast);
  const sound = products.filter(({ suspicion }) => suspicion === undefined);
  const fitted = attempt(() => fitProductPortfolio(sound, HORIZONS.week, seed));
  const portfolio = "value" in fitted ? fitted.value : undefined;
  const smoothed = (series: DemandSeries): Float64Array => forecastDemand(series, alpha).mean;
  const finish = (series: DemandSeries, mean: Float64Array, back: number, method: ProductMethod): StepForecast =>
    series.values.length < SHORT_WEEKS
      ? startSeries(series, ratios(series.store, back), kept)
      : addSeason(series, mean, ratios(series.store, back), alpha, method);
  const toPast = (
    { series, origin }: PastMean,
    meanOf: (known: DemandSeries) => Float64Array,
    method: ProductMethod,
  ): PastForecast => {
    const known = { ...series, values: series.values.subarray(0, origin) };
    const actual = series.values.subarray(origin, origin + HORIZONS.week);
    return { actual, forecast: finish(known, meanOf(known), series.values.length - origin, method) };
  };
  const windows = portfolio?.past ?? [];
  const byPortfolio = windows.map((window) => toPast(window, () => window.mean, "portfolio"));
  const bySmoothing = windows.map((window) => toPast(window, smoothed, "pooled-smoothing"));
  const isPortfolio = windows.length > 0 && sumErrors(byPortfolio) <= HANDICAP * sumErrors(bySmoothing);
  const method = isPortfolio ? "portfolio" : "pooled-smoothing";
  const means = (portfolio !== undefined && isPortfolio ? portfolio.forecast(sound) : sound.map(smoothed)).values();
  return {
    forecasts: products.map((series) => {
      if (series.suspicion !== undefined) return forecastFallback(series.values, series.suspicion);
      // As many as there are series that nothing is suspected of.
      const mean = means.next().value as Float64Array;
      return forecastSafely(series.values, () => finish(series, mean, 0, method));
    }),
    past: isPortfolio ? byPortfolio : bySmoothing,
    method,
    weights: isPortfolio ? (portfolio?.weights ?? {}) : {},
    ...("reason" in fitted ? { failure: fitted.reason } : {}),
  };
}

/** A mean without season, with the season; the scale is that of smoothing, grown with it. */
function addSeason(
  { values }: DemandSeries,
  mean: Float64Array,
  ratio: Float64Array,
  alpha: number,
  method: ProductMethod,
): StepForecast {
  const { deviation } = forecastFixedSmoothing(values, HORIZONS.week, alpha);
  return toStepForecast(method, {
    mean: mean.map((value, step) => value * (ratio[step] as number)),
    deviation: deviation.map((value, step) => value * (ratio[step] as number)),
  });
}

function startSeries(series: DemandSeries, ratio: Float64Array, kept: KeptShares): StepForecast {
  const { method, mean, scale } = forecastShort(series.values);
  const share = kept(series);
  return toStepForecast(method, {
    mean: mean.map((value, step) => value * share * (ratio[step] as number)),
    deviation: scale,
  });
}

function sumErrors(past: readonly PastForecast[]): number {
  let sum = 0;
  for (const { actual, forecast } of past) {
    actual.forEach((value, step) => (sum += Math.abs(value - (forecast.mean[step] as number))));
  }
  return sum;
}
