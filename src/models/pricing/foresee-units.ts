import { CHANCES, readQuantiles } from "../../algorithms/inventory/lead-time-demand.ts";
import { spreadOutcomes } from "../../algorithms/inventory/spread-outcomes.ts";
import { sumDemand } from "../../algorithms/inventory/stock-level.ts";
import type { ForecastPoint, Forecaster } from "../demand/forecaster.ts";
import { expectAhead, STEP_DAYS } from "../inventory/product-demand.ts";
import type { StockPlanner } from "../inventory/stock-planner.ts";
import { expectUnits, type ExpectedUnits, type PriceSubject } from "./expect-units.ts";

/** Expected units, and what they may come to at the newest price. */
export interface ForeseenUnits extends ExpectedUnits {
  /** Equally likely, ascending. */
  readonly outcomes: Float64Array;
}

/** Weeks over which demand is forecast; beyond, errors are taken to grow in proportion. */
const WEEKS = 13;
const OUTCOMES = 64;
const FORECAST_CHANCES = { q025: 0.025, q10: 0.1, q25: 0.25, q50: 0.5, q75: 0.75, q90: 0.9, q975: 0.975 } as const;

/**
 * What demand over the horizon may come to: quantiles learned from stretches of that length in the past of all products of the
 * store and market. Where these are too few, the forecast's own quantiles a week, added up as if all weeks erred alike: that
 * is rather too wide than too narrow. Errors as `StockPlanner.findProduct`.
 */
export async function foreseeUnits(
  planner: StockPlanner,
  forecaster: Forecaster,
  subject: PriceSubject,
): Promise<ForeseenUnits> {
  const expected = expectUnits(planner, subject);
  const { store, product } = expected;
  const market = subject.market ?? "";
  const days = Math.min(subject.horizonDays, WEEKS * STEP_DAYS);
  const found = planner.findProduct(store, product, market);
  const learned = await planner.learnDemand(store, market, { leadTimeDays: days, leadTimeDeviationDays: 0 });
  const outcomes =
    learned === undefined
      ? addUpForecast(forecaster.forecast({ store, product, market: subject.market, horizon: WEEKS }).points, days)
      : spreadOutcomes(CHANCES, readQuantiles(learned, sumDemand(found.history), expectAhead(found, days)), OUTCOMES);
  return { ...expected, outcomes: outcomes.map((units) => (units * subject.horizonDays) / days) };
}

/** Each quantile of the weeks that the days cover, summed; the last week counts for the days it lends. */
function addUpForecast(points: readonly ForecastPoint[], days: number): Float64Array {
  const names = Object.keys(FORECAST_CHANCES) as (keyof typeof FORECAST_CHANCES)[];
  const levels = names.map((name) =>
    points.reduce((sum, point, week) => {
      const share = Math.min(1, Math.max(0, days / STEP_DAYS - week));
      return sum + share * point[name];
    }, 0),
  );
  return spreadOutcomes(Object.values(FORECAST_CHANCES), levels, OUTCOMES);
}
