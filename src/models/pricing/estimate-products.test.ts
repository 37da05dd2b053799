import { expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { estimateProducts, type DemandForm, type ProductElasticity } from "./estimate-products.ts";
import type { ProductPrices } from "./price-histories.ts";

const WEEKS = 80;
const FORM: DemandForm = { link: "poisson", hasPromotions: false };

/** Units by a constant elasticity, with chance of a tenth of each week's units. */
function makeProduct(product: string, elasticity: number, seed: number, market = ""): ProductPrices {
  const rng = createRng(seed);
  const price = Float64Array.from({ length: WEEKS }, () => 80 + 40 * rng.next());
  const units = price.map((one) => Math.round(60 * (one / 100) ** elasticity * (0.9 + 0.2 * rng.next())));
  const history = { units, price, season: new Float64Array(WEEKS) };
  return { store: "s", product, market, category: "", currency: "GBP", history };
}

const like = Array.from({ length: 40 }, (_, at) => makeProduct(`p${at}`, -2, at));
const find = (products: readonly ProductPrices[]): ProductElasticity[] => estimateProducts(products, () => FORM);

it("does not believe demand that rises with price: the store's answer stands, and says why", () => {
  const answers = find([...like, makeProduct("status", 2, 99)]);
  const rising = answers.at(-1);
  expect(rising).toMatchObject({ basis: "store", drawnTo: "store", refusal: "rises-with-price" });
  expect(Math.abs((rising?.elasticity ?? 0) + 2)).toBeLessThan(0.2);
  expect(answers[0]).toMatchObject({ basis: "own", refusal: undefined });
});

it("reports no elasticity above 0 where demand hardly answers", () => {
  const answers = find(Array.from({ length: 40 }, (_, at) => makeProduct(`p${at}`, 0, at)));
  for (const { elasticity, error } of answers) {
    expect(elasticity).toBeLessThan(0);
    expect(elasticity).toBeGreaterThan(-0.3);
    expect(error).toBeGreaterThan(0);
  }
});

it("lets freak histories move neither the group nor the others", () => {
  const plain = find(like);
  // Sold in two weeks, at a price of pennies: its own regression says −20 or so without a doubt.
  const freaks = Array.from({ length: 6 }, (_, at): ProductPrices => {
    const freak = makeProduct(`f${at}`, -2, 200 + at);
    const { price, units } = freak.history;
    units.fill(0);
    price.fill(100);
    for (const week of [at, at + 30]) {
      price[week] = 75;
      units[week] = 4000;
    }
    return freak;
  });
  const answers = find([...like, ...freaks]);
  expect(Math.abs((answers[0]?.elasticity ?? 0) - (plain[0]?.elasticity ?? 0))).toBeLessThan(0.05);
});
