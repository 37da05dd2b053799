import type { NamedMethod } from "./closed-form-methods.ts";
import { forecastAutoEts } from "./forecast-auto-ets.ts";
import { forecastDynamicTheta, forecastOptimisedTheta } from "./forecast-dynamic-theta.ts";
import type { ForecastFunction } from "./forecast-function.ts";
import { withLoessSeasons } from "./forecast-mstl.ts";
import { guardForecast } from "./guard-forecast.ts";
import { withSeasonalAdjustment } from "./seasonal-adjustment.ts";

/**
 * Methods that search for a model of each series, for aggregates and top sellers: for a monthly series the Theta models take
 * a tenth of a millisecond, those on LOESS seasons 0.3 to 4 ms, AutoETS some 40 ms. All are guarded.
 */
export const MODEL_METHODS: readonly NamedMethod[] = (
  [
    ["optimisedTheta", withSeasonalAdjustment(forecastOptimisedTheta)],
    ["dynamicTheta", withSeasonalAdjustment(forecastDynamicTheta)],
    ["mstlTheta", withLoessSeasons(forecastDynamicTheta)],
    ["mstlEts", withLoessSeasons(forecastAutoEts)],
    ["autoEts", forecastAutoEts],
  ] satisfies [string, ForecastFunction][]
).map(([name, forecast]) => ({ name, forecast: guardForecast(forecast) }));
