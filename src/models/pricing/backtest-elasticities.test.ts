import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { backtestElasticities } from "./backtest-elasticities.ts";
import type { ProductPrices } from "./price-histories.ts";

const WEEKS = 60;
const ELASTICITY = -2;

/** Products whose demand follows their price, which changes week by week; the newest price is the one given, if any. */
function sellAtPrices(newestPrice?: number): ProductPrices[] {
  const rng = createRng(5);
  return Array.from({ length: 10 }, (_, at) => {
    const price = Float64Array.from({ length: WEEKS }, () => Math.round(300 + 400 * rng.next()));
    const units = price.map((value) => Math.round(200 * (value / 500) ** ELASTICITY * (0.9 + 0.2 * rng.next())));
    if (at === 0 && newestPrice !== undefined) price[WEEKS - 1] = newestPrice;
    const history = { units, price, season: new Float64Array(WEEKS) };
    return { store: "shop", product: `p${at}`, market: "", category: "", currency: "GBP", history };
  });
}

describe("the backtest of elasticities", () => {
  it("forecasts unseen weeks better with the elasticity than without", () => {
    const { cases, deviance, plainDeviance } = backtestElasticities(sellAtPrices(), () => ({
      link: "poisson",
      hasPromotions: false,
    }));
    expect(cases).toBeGreaterThan(100);
    expect(deviance).toBeLessThan(plainDeviance / 4);
  });

  it.each([1, 900_000])("is not decided by one price of %s, far beyond those seen before", (slip) => {
    const { deviance, plainDeviance } = backtestElasticities(sellAtPrices(slip), () => ({
      link: "poisson",
      hasPromotions: false,
    }));
    expect(deviance).toBeLessThan(plainDeviance / 2);
  });
});
