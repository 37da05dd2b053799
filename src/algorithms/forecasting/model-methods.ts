import type { NamedMethod } from "./closed-form-methods.ts";
import { forecastAutoEts } from "./forecast-auto-ets.ts";
import { guardForecast } from "./guard-forecast.ts";

/** Methods that search for a model of each series: milliseconds a series, for aggregates and top sellers. All are guarded. */
export const MODEL_METHODS: readonly NamedMethod[] = [{ name: "autoEts", forecast: guardForecast(forecastAutoEts) }];
