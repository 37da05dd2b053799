import { addDays } from "../../core/dates.ts";
import { reportStep, type Model, type ModelContext, type ModelOutcome } from "../model.ts";
import { ARTEFACT_NAMES, encodeForecasts, type PublishedSeries } from "./artefacts.ts";
import { backtestDemand, type DemandBacktest } from "./backtest-demand.ts";
import { isAlive, readDemandSeries, type DemandSeries } from "./demand-series.ts";
import { ALIVE_STEPS, forecastDemand } from "./forecast-demand.ts";

const GATE_RULE =
  "On the last 13 weeks (products, markets that sell seldom) and the last six times 28 days (other markets), each unseen by " +
  "its forecast: the weighted absolute error is below those of the naive and of the seasonal naive forecast.";
const UNMEASURED_RULE =
  "Too little history to measure: the mean of recent weeks and simple smoothing, named in each answer.";

/** A market is forecast by day when it has 8 weeks of history and sold on half of the last 91 days, else by week. */
const DAILY = { steps: 56, window: 91, share: 1 / 2 } as const;

/** Units demanded per product and market by week, and per market by day; backtested against naive forecasts. */
export const seasonalForecast: Model = {
  name: "seasonal-forecast",
  fit: async (context): Promise<ModelOutcome> => {
    const { daily, weekly } = await readSeries(context);
    reportStep(context, "backtest weeks", 1, 4);
    const weekTest = backtestDemand(weekly, "week");
    reportStep(context, "backtest days", 2, 4);
    const dayTest = backtestDemand(daily, "day");
    reportStep(context, "forecast", 3, 4);
    const published = [...publish(weekly, weekTest), ...publish(daily, dayTest)];
    const observations = [...weekly, ...daily].reduce((sum, series) => sum + series.values.length, 0);
    const oldest = Math.max(0, ...weekly.map((series) => series.values.length));
    return {
      card: {
        name: "seasonal-forecast",
        version: "1",
        artefacts: Object.values(ARTEFACT_NAMES),
        window: { from: addDays(context.asOf, -7 * oldest + (oldest > 0 ? 1 : 0)), to: context.asOf },
        trainedOn: observations,
        parameters: { weeklyAlpha: weekTest.alpha },
        ...summarise(weekTest, dayTest, published.length),
        seed: context.seed,
      },
      files: encodeForecasts(published),
    };
  },
};

/** Markets and stores that sell on enough days are daily series and leave the weekly ones. */
async function readSeries(context: ModelContext): Promise<{ daily: DemandSeries[]; weekly: DemandSeries[] }> {
  reportStep(context, "read demand", 0, 4);
  const weeks = await readDemandSeries(context.session, context.asOf, "week");
  const days = await readDemandSeries(context.session, context.asOf, "day");
  const daily = days.filter(({ values }) => {
    const recent = values.subarray(-DAILY.window);
    return values.length >= DAILY.steps && recent.filter((value) => value > 0).length >= DAILY.share * recent.length;
  });
  const isDaily = new Set(daily.map(({ store, market }) => `${store}\n${market}`));
  const weekly = weeks.filter(({ store, product, market }) => product !== "" || !isDaily.has(`${store}\n${market}`));
  return { daily, weekly };
}

function publish(all: readonly DemandSeries[], { alpha, calibration }: DemandBacktest): PublishedSeries[] {
  return all
    .filter((series) => isAlive(series, ALIVE_STEPS[series.unit]))
    .map((series) => {
      const forecast = forecastDemand(series, alpha);
      return { series, forecast, quantiles: calibration(forecast) };
    });
}

function summarise(
  weekTest: DemandBacktest,
  dayTest: DemandBacktest,
  series: number,
): Pick<ModelOutcome["card"], "metrics" | "baseline" | "gate"> {
  const metrics: Record<string, number> = { series };
  const baseline: Record<string, number> = {};
  let isMeasured = false;
  let isBetter = true;
  for (const [label, { measured }] of [
    ["week", weekTest],
    ["day", dayTest],
  ] as const) {
    if (measured === undefined) continue;
    isMeasured = true;
    metrics[`${label}Series`] = measured.series;
    for (const [name, value] of Object.entries(measured.model)) metrics[label + capitalise(name)] = value;
    for (const [name, value] of Object.entries(measured.naive)) baseline[`${label}Naive${capitalise(name)}`] = value;
    for (const [name, value] of Object.entries(measured.seasonalNaive)) {
      baseline[`${label}SeasonalNaive${capitalise(name)}`] = value;
    }
    const bestNaive = Math.min(measured.naive["wape"] as number, measured.seasonalNaive["wape"] as number);
    isBetter &&= (measured.model["wape"] as number) < bestNaive;
  }
  return { metrics, baseline, gate: { rule: isMeasured ? GATE_RULE : UNMEASURED_RULE, passed: isBetter } };
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
