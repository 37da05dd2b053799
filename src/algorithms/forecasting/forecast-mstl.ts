import { decomposeStl } from "./decompose-stl.ts";
import type { ForecastFunction } from "./forecast-function.ts";

const ROUNDS = 2;
/** A season needs this many full cycles. */
const CYCLES = 3;
/** The week above a season of a day, for hourly and half-hourly series. */
const LONGER_SEASONS: ReadonlyMap<number, number> = new Map([
  [24, 168],
  [48, 336],
]);

/**
 * Takes off every season by LOESS (the given period, and the week above a period of a day), forecasts what is left with
 * `forecastRest`, and adds the last cycle of each season. A series too short for the season is forecast as it is.
 * O(n · longest period). Source: Bandara, Hyndman and Bergmeir (2021), MSTL.
 */
export function withLoessSeasons(forecastRest: ForecastFunction): ForecastFunction {
  return (train, period, horizon) => {
    const n = train.length;
    const periods = [period, LONGER_SEASONS.get(period) ?? 1].filter((one) => one > 1 && n >= CYCLES * one);
    const seasons = periods.map(() => new Float64Array(n));
    const rest = train.slice();
    for (let round = 0; round < (periods.length > 1 ? ROUNDS : 1); round++) {
      periods.forEach((one, i) => {
        const season = seasons[i];
        for (let t = 0; t < n; t++) rest[t] += season[t];
        season.set(decomposeStl(rest, one, 7 + 4 * (i + 1)));
        for (let t = 0; t < n; t++) rest[t] -= season[t];
      });
    }
    return forecastRest(rest, 1, horizon).map((value, step) =>
      periods.reduce((sum, one, i) => sum + seasons[i][n - one + (step % one)], value),
    );
  };
}
