import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { estimateCross } from "./estimate-cross.ts";
import type { ProductPrices } from "./price-histories.ts";

const [OWN, CROSS] = [-2, 0.7];
const WEEKS = 104;
const ORANGE_JUICE = new URL("../../../../shared/data/forecast/dominicks_oj/subset_oj_sim_sales.csv", import.meta.url);

/** Three categories of eight products; demand answers to its own price and to the mean log price of the other seven. */
function simulate(cross: number): ProductPrices[] {
  const rng = createRng(21);
  const season = Float64Array.from({ length: WEEKS }, (_, week) => 0.3 * Math.sin(week / 8));
  return ["cups", "lamps", "bags"].flatMap((category) => {
    // A level for the whole category moves slowly, so that the mean of the others varies at all.
    let level = 0;
    const levels = Array.from({ length: WEEKS }, () => (level = 0.9 * level + 0.08 * (rng.next() - 0.5)));
    const prices = Array.from({ length: 8 }, () =>
      Float64Array.from({ length: WEEKS }, (_, week) => 500 * Math.exp(levels[week] + 0.3 * (rng.next() - 0.5))),
    );
    return prices.map((price, product) => {
      const units = price.map((own, week) => {
        const others = prices.reduce((sum, each, at) => (at === product ? sum : sum + Math.log(each[week])), 0);
        const answer = OWN * Math.log(own / 500) + cross * (others / 7 - Math.log(500));
        const mean = 80 * Math.exp(answer + season[week]);
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * 3.4 * (rng.next() - 0.5)));
      });
      return {
        store: "shop",
        product: `${category}-${product}`,
        market: "",
        category,
        currency: "GBP",
        history: { units, price, season },
      };
    });
  });
}

describe("cross-elasticities", () => {
  it("are found again in demand made with them", () => {
    const found = estimateCross(simulate(CROSS));
    const mean = found.reduce((sum, { elasticity }) => sum + elasticity, 0) / found.length;
    expect(Math.abs(mean - CROSS)).toBeLessThan(0.15);
    const inside = found.filter(({ elasticity, error }) => Math.abs(elasticity - CROSS) < 2 * error);
    expect(inside.length / found.length).toBeGreaterThan(0.75);
    expect(found.every(({ refusal }) => refusal === undefined)).toBe(true);
  });

  it("are about nothing where products do not care for each other", () => {
    const found = estimateCross(simulate(0));
    const mean = found.reduce((sum, { elasticity }) => sum + elasticity, 0) / found.length;
    expect(Math.abs(mean)).toBeLessThan(0.15);
  });

  it("are refused by name where categories or prices cannot tell, and lent by the category where only the product cannot", () => {
    const products = simulate(CROSS);
    const [first] = products as [ProductPrices];
    const refusalOf = (list: readonly ProductPrices[]) => estimateCross(list)[0]?.refusal;
    expect(refusalOf(products.map((product) => ({ ...product, category: "" })))).toBe("category-unknown");
    expect(refusalOf(products.filter(({ category }, at) => category !== "cups" || at < 2))).toBe("category-too-small");
    const still = products.map(({ history, ...rest }) => ({
      ...rest,
      history: { ...history, price: history.price.map(() => 500) },
    }));
    expect(refusalOf(still)).toBe("other-prices-never-varied");
    expect(estimateCross(still)[0]?.elasticity).toBeNaN();
    const short = {
      units: first.history.units.slice(-9),
      price: first.history.price.slice(-9),
      season: first.history.season.slice(-9),
    };
    const [lent] = estimateCross([{ ...first, history: short }, ...products.slice(1)]);
    expect(lent?.refusal).toBe("too-few-periods");
    expect(Math.abs((lent?.elasticity ?? Number.NaN) - CROSS)).toBeLessThan(0.3);
  });

  it.skipIf(!existsSync(ORANGE_JUICE))(
    "are not found between brands of orange juice whose sales were made without them",
    () => {
      const found = estimateCross(readJuice());
      const told = found.filter(({ refusal }) => refusal === undefined);
      expect(told.length).toBe(99);
      expect(Math.abs(told.reduce((sum, { elasticity }) => sum + elasticity, 0) / told.length)).toBeLessThan(0.05);
      // By chance alone one in twenty strays so far.
      const sure = told.filter(({ elasticity, error }) => Math.abs(elasticity) > 2 * error);
      expect(sure.length).toBeLessThan(0.15 * told.length);
    },
  );
});

/** Each shop a store of its own, each brand a product, weeks in order. */
function readJuice(): ProductPrices[] {
  const rows = readFileSync(ORANGE_JUICE, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const keys = [...new Set(rows.map(([, store, brand]) => `${store} ${brand}`))];
  return keys.map((key) => {
    const own = rows.filter(([, store, brand]) => `${store} ${brand}` === key).sort((a, b) => a[0].localeCompare(b[0]));
    const of = (column: number): Float64Array => Float64Array.from(own, (row) => Number(row[column]));
    const [store = "", product = ""] = key.split(" ");
    const history = { units: of(3), price: of(5), season: new Float64Array(own.length) };
    return { store, product, market: "", category: "juice", currency: "USD", history };
  });
}
