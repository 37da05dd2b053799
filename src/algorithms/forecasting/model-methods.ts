import type { NamedMethod } from "./closed-form-methods.ts";
import { forecastAutoEts } from "./forecast-auto-ets.ts";
import { forecastDynamicTheta, forecastOptimisedTheta } from "./forecast-dynamic-theta.ts";
import type { ForecastFunction } from "./forecast-function.ts";
import { guardForecast } from "./guard-forecast.ts";
import { withSeasonalAdjustment } from "./seasonal-adjustment.ts";

/**
 * Methods that search for a model of each series, for aggregates and top sellers: the Theta models take tenths of a
 * millisecond, AutoETS some 20 ms for a monthly series. All are guarded.
 */
export const MODEL_METHODS: readonly NamedMethod[] = (
  [
    ["optimisedTheta", withSeasonalAdjustment(forecastOptimisedTheta)],
    ["dynamicTheta", withSeasonalAdjustment(forecastDynamicTheta)],
    ["autoEts", forecastAutoEts],
  ] satisfies [string, ForecastFunction][]
).map(([name, forecast]) => ({ name, forecast: guardForecast(forecast) }));
