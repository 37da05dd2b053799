import { tweedieDeviance } from "../../algorithms/pricing/fit-tweedie-regression.ts";
import { estimateProducts, type DemandForm, type ProductElasticity } from "./estimate-products.ts";
import { cutHistory, type ProductPrices } from "./price-histories.ts";

/** Newest weeks that the fit does not see. */
export const TEST_WEEKS = 13;
/** Weeks needed for the figures to mean something. */
export const LEAST_CASES = 30;
/** Weeks at a price this far from the mean before, in logs, judge: elsewhere both forecasts are about the same. */
const LEAST_CHANGE = 0.02;
/** Units expected at least, so that the deviance of a sale nobody expected is finite. */
const LEAST_MEAN = 1e-3;

export interface ElasticityBacktest {
  readonly cases: number;
  /** Mean Poisson deviance a week, with and without the elasticity. */
  readonly deviance: number;
  readonly plainDeviance: number;
}

/** Units of the newest weeks forecast from level, season and price as known before them, with and without elasticity. */
export function backtestElasticities(
  products: readonly ProductPrices[],
  formOf: (store: string) => DemandForm,
): ElasticityBacktest {
  const long = products.filter(({ history }) => history.units.length > TEST_WEEKS);
  const estimates = estimateProducts(withoutNewest(long, TEST_WEEKS), formOf);
  let [cases, deviance, plainDeviance] = [0, 0, 0];
  long.forEach(({ history }, at) => {
    const { elasticity, pull } = estimates[at] as ProductElasticity;
    if (Number.isNaN(elasticity)) return;
    const split = history.units.length - TEST_WEEKS;
    const logs = history.price.map(Math.log);
    const seen = logs.subarray(0, split);
    const meanLog = seen.reduce((sum, log) => sum + log, 0) / split;
    // Beyond the prices seen the line is not drawn on: a price of pennies, often a slip of the keyboard, would foretell millions.
    const [lowest, highest] = [Math.min(...seen), Math.max(...seen)];
    const moveOf = (week: number): number => Math.min(highest, Math.max(lowest, logs[week] as number)) - meanLog;
    const seasonOf = (week: number): number => Math.exp(history.season[week] as number);
    const answerOf = (week: number): number =>
      Math.exp(elasticity * moveOf(week) + pull * (history.promotion?.[week] ?? 0));
    let [sold, plain, priced] = [0, 0, 0];
    for (let week = 0; week < split; week++) {
      sold += history.units[week] as number;
      plain += seasonOf(week);
      priced += seasonOf(week) * answerOf(week);
    }
    for (let week = split; week < history.units.length; week++) {
      if (Math.abs((logs[week] as number) - meanLog) < LEAST_CHANGE) continue;
      const actual = history.units[week] as number;
      cases++;
      plainDeviance += poissonDeviance(actual, (sold / plain) * seasonOf(week));
      deviance += poissonDeviance(actual, (sold / priced) * seasonOf(week) * answerOf(week));
    }
  });
  return { cases, deviance: deviance / Math.max(1, cases), plainDeviance: plainDeviance / Math.max(1, cases) };
}

/** The histories without their newest weeks, those longer than that. */
export function withoutNewest(products: readonly ProductPrices[], weeks: number): ProductPrices[] {
  return products
    .filter(({ history }) => history.units.length > weeks)
    .map((product) => {
      const { history } = product;
      return { ...product, history: cutHistory(history, 0, history.units.length - weeks) };
    });
}

function poissonDeviance(actual: number, expected: number): number {
  return tweedieDeviance(actual, Math.max(expected, LEAST_MEAN), 1);
}
