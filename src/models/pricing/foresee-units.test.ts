import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import type { ForecastArtefact } from "../demand/artefacts.ts";
import { createForecaster } from "../demand/load-forecaster.ts";
import { createStockPlanner } from "../inventory/stock-planner.ts";
import { foreseeUnits } from "./foresee-units.ts";
import type { PriceAnswer } from "./price-answer.ts";
import { simulatePrice } from "./simulate-price.ts";

const WEEKS = 52;
const ALPHA = 0.1;
const [ELASTICITY, ERROR, CHANGE] = [-2, 0.3, 0.85];
const rng = createRng(17);

/** Sum of twelve even numbers less six: near enough to a standard normal. */
const drawNormal = (): number => Array.from({ length: 12 }, () => rng.next()).reduce((sum, value) => sum + value, -6);
/** Units of a week around a mean, with a chance of a great order. */
const drawWeek = (mean: number): number => Math.round(mean * (0.4 + 1.2 * rng.next()) * (rng.next() < 0.04 ? 3 : 1));

/** A shop of products of very different size, with forecasts smoothed from their past. */
function openShop(products: number) {
  const means = Array.from({ length: products }, (_, at) => 3 + 60 * (at / products) ** 2);
  const histories = means.map((mean) => Float64Array.from({ length: WEEKS }, () => drawWeek(mean)));
  const names = means.map((_, at) => `p${at}`);
  const levels = histories.map((history) => history.reduce((level, units) => level + ALPHA * (units - level)));
  const spread = (factor: number): Float32Array =>
    Float32Array.from({ length: products * 13 }, (_, at) => (levels[Math.floor(at / 13)] ?? 0) * factor);
  const artefact: ForecastArtefact = {
    store: names.map(() => "shop"),
    product: names,
    category: names.map(() => ""),
    market: names.map(() => ""),
    unit: names.map(() => "week"),
    method: names.map(() => "pooled-smoothing"),
    reason: names.map(() => ""),
    history: Float32Array.from(histories.flatMap((history) => [...history])),
    historyPtr: Int32Array.from({ length: products + 1 }, (_, at) => at * WEEKS),
    mean: spread(1),
    pointPtr: Int32Array.from({ length: products + 1 }, (_, at) => at * 13),
    quantiles: {
      q025: spread(0.4),
      q10: spread(0.5),
      q25: spread(0.7),
      q50: spread(0.95),
      q75: spread(1.25),
      q90: spread(1.5),
      q975: spread(2.2),
    },
  };
  return { means, planner: createStockPlanner(artefact, ALPHA), forecaster: createForecaster(artefact, "2011-12-31") };
}

const answer = (product: string): PriceAnswer => ({
  store: "shop",
  product,
  elasticity: ELASTICITY,
  low: ELASTICITY - 1.96 * ERROR,
  high: ELASTICITY + 1.96 * ERROR,
  basis: "own",
  drawnTo: "store",
  link: "poisson",
  promotionLift: null,
  promotionLow: null,
  promotionHigh: null,
  market: null,
  refusal: null,
  crossElasticity: null,
  crossLow: null,
  crossHigh: null,
  crossRefusal: null,
  priceMinor: 100,
  lowestPriceMinor: 80,
  highestPriceMinor: 120,
  currency: "GBP",
});

/** Share of simulated futures within the intervals of units sold over 28 days at 85 % of the price. */
async function measureCoverage(products: number, isCertain: boolean): Promise<number> {
  const { means, planner, forecaster } = openShop(products);
  const terms = { horizonDays: 28, days: 28, priceMinor: 100 * CHANGE, usePooled: false };
  let [inside, all] = [0, 0];
  for (const [at, mean] of means.entries()) {
    const foreseen = await foreseeUnits(planner, forecaster, { product: `p${at}`, horizonDays: 28 });
    const outcomes = isCertain ? Float64Array.of(foreseen.expectedUnits) : foreseen.outcomes;
    const { low, high } = simulatePrice(answer(`p${at}`), { ...foreseen, outcomes, ...terms }).changed.units;
    for (let future = 0; future < 40; future++) {
      const gain = CHANGE ** (ELASTICITY + ERROR * drawNormal());
      const units = [0, 1, 2, 3].reduce((sum) => sum + drawWeek(mean) * gain, 0);
      if (units >= low && units <= high) inside++;
      all++;
    }
  }
  return inside / all;
}

describe("the interval of a what-if", () => {
  it("holds about 95 of 100 futures, where that of the elasticity alone holds far fewer", async () => {
    expect(Math.abs((await measureCoverage(80, false)) - 0.95)).toBeLessThan(0.025);
    expect(await measureCoverage(80, true)).toBeLessThan(0.75);
  });

  it("is rather too wide where too few products tell how stretches of weeks err", async () => {
    const coverage = await measureCoverage(4, false);
    expect(coverage).toBeGreaterThan(0.94);
  });

  it("grows in proportion beyond what is forecast", async () => {
    const { planner, forecaster } = openShop(80);
    const foresee = (horizonDays: number) => foreseeUnits(planner, forecaster, { product: "p79", horizonDays });
    const [quarter, year] = [await foresee(91), await foresee(364)];
    expect(year.expectedUnits).toBeCloseTo(4 * quarter.expectedUnits, 6);
    expect([...year.outcomes]).toEqual([...quarter.outcomes].map((units) => expect.closeTo(4 * units, 6)));
    expect([...year.outcomes]).toEqual([...year.outcomes].sort((a, b) => a - b));
  });
});
