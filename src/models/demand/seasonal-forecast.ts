import { addDays } from "../../core/dates.ts";
import { type Model, type ModelOutcome, reportStep } from "../model.ts";
import { ARTEFACT_NAMES, encodeForecasts, type PublishedSeries } from "./artefacts.ts";
import {
  backtestDays,
  backtestWeeks,
  calibrationOf,
  type DayBacktest,
  placeOf,
  type WeekBacktest,
} from "./backtest-demand.ts";
import { type DemandSeries, isAlive, readDemandSeries } from "./demand-series.ts";
import { describeEnded } from "./ended-series.ts";
import { fillStockOuts } from "./fill-stock-outs.ts";
import { splitWeeks } from "./forecast-days.ts";
import { ALIVE_STEPS, type StepForecast } from "./forecast-demand.ts";
import { forecastWeeks, type WeekForecasts } from "./forecast-weeks.ts";
import { describeQuarantine, listQuarantined, NAMED_AT_MOST } from "./list-quarantined.ts";
import { readWeeks } from "./suspect-series.ts";
import { summariseBacktests } from "./summarise-backtests.ts";

/** A market is forecast by day when it has 8 weeks of history and sold on half of the last 91 days, else by week. */
const DAILY = { steps: 56, window: 91, share: 1 / 2 } as const;

/** Units demanded per product, category and market by week, and per market by day; backtested against naive forecasts. */
export const seasonalForecast: Model = {
  name: "seasonal-forecast",
  fit: async (context): Promise<ModelOutcome> => {
    const { seed } = context;
    reportStep(context, "read demand", 0, 5);
    const sold = await readWeeks(context.session, context.asOf);
    const weeks = await fillStockOuts(sold, context.session, context.asOf);
    const days = (await readDemandSeries(context.session, context.asOf, "day")).filter(isDense);
    reportStep(context, "forecast weeks", 1, 5);
    const now = forecastWeeks(weeks, seed);
    reportStep(context, "backtest weeks", 2, 5);
    const weekTest = backtestWeeks(weeks, now, seed);
    reportStep(context, "backtest days", 3, 5);
    const dayTest = backtestDays(days, weeks);
    reportStep(context, "forecast days", 4, 5);
    const published = publish(days, now, weekTest, dayTest);
    const ended = weeks.filter((series) => !isAlive(series, ALIVE_STEPS.week)).map(describeEnded);
    const quarantined = listQuarantined(published, ended);
    const observations = [...weeks, ...days].reduce((sum, series) => sum + series.values.length, 0);
    const oldest = Math.max(0, ...weeks.filter(({ product }) => product === "").map((series) => series.values.length));
    return {
      card: {
        name: "seasonal-forecast",
        version: "2",
        artefacts: Object.values(ARTEFACT_NAMES),
        window: { from: addDays(context.asOf, -7 * oldest + (oldest > 0 ? 1 : 0)), to: context.asOf },
        trainedOn: observations,
        parameters: {
          weeklyAlpha: now.alpha,
          ...now.chosen,
          weeksWithoutStock: countWeeksOut(weeks),
          quarantined: quarantined.slice(0, NAMED_AT_MOST),
        },
        ...summariseBacktests(weekTest, dayTest, days, {
          series: published.length,
          endedSeries: ended.length,
          quarantinedSeries: quarantined.length,
        }),
        seed,
      },
      files: encodeForecasts(published, ended),
      ...describeQuarantine(quarantined, now.chosen.portfolioFailure),
    };
  },
};

/** Weeks of products in a market that had days without stock. */
function countWeeksOut(weeks: readonly DemandSeries[]): number {
  let count = 0;
  for (const { market, daysOut = [] } of weeks) {
    if (market !== "") for (const days of daysOut) if (days > 0) count++;
  }
  return count;
}

function isDense({ values }: DemandSeries): boolean {
  const recent = values.subarray(-DAILY.window);
  return values.length >= DAILY.steps && recent.filter((value) => value > 0).length >= DAILY.share * recent.length;
}

/** Markets and stores that sell on enough days are daily series and leave the weekly ones. */
function publish(
  days: readonly DemandSeries[],
  now: WeekForecasts,
  weekTest: WeekBacktest,
  dayTest: DayBacktest,
): PublishedSeries[] {
  const isDaily = new Set(days.map(placeOf));
  const byPlace = new Map<string, StepForecast>();
  const weekly: PublishedSeries[] = [];
  now.series.forEach((series, at) => {
    const forecast = now.forecasts[at] as StepForecast;
    if (series.product === "") byPlace.set(placeOf(series), forecast);
    if (series.product === "" && isDaily.has(placeOf(series))) return;
    weekly.push({ series, forecast, quantiles: calibrationOf(weekTest.calibrations, series)(forecast) });
  });
  const daily = days.flatMap((series): PublishedSeries[] => {
    const week = byPlace.get(placeOf(series));
    if (week === undefined || !isAlive(series, ALIVE_STEPS.day)) return [];
    const forecast = splitWeeks(series, week);
    return [{ series, forecast, quantiles: dayTest.calibration(forecast) }];
  });
  return [...weekly, ...daily];
}
