import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newsvendorEmpirical, newsvendorNormal } from "./newsvendor.ts";
import { normalCdf, normalQuantile } from "../normal-distribution.ts";

describe("newsvendor", () => {
  // stockpyl's documented examples of newsvendor_normal.
  it.each([
    { h: 2, p: 18, mean: 120, sd: 10, quantity: 132.815515655446, cost: 35.09966638649737 },
    { h: 0.18, p: 0.7, mean: 50, sd: 8, quantity: 56.60395592743389, cost: 1.9976051931766445 },
  ])("equals stockpyl to 1e-9 for h=$h, p=$p", ({ h, p, mean, sd, quantity, cost }) => {
    const order = newsvendorNormal(h, p, mean, sd);
    expect(Math.abs(order.quantity - quantity)).toBeLessThan(1e-9);
    expect(Math.abs(order.cost - cost)).toBeLessThan(1e-9);
  });

  it("finds the cheapest of all stocks for given outcomes", () => {
    const outcomes = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (list, h, p) => {
        const sorted = Float64Array.from(list).sort();
        const costOf = (stock: number): number =>
          list.reduce((sum, d) => sum + h * Math.max(0, stock - d) + p * Math.max(0, d - stock), 0) / list.length;
        const best = Math.min(...Array.from({ length: 31 }, (_, stock) => costOf(stock)));
        expect(newsvendorEmpirical(h, p, sorted).cost).toBeCloseTo(best, 9);
      }),
    );
  });

  it("refuses a shortage that costs nothing, naming it", () => {
    expect(() => newsvendorNormal(1, 0, 10, 1)).toThrow(/underage is 0/);
  });
});

describe("the normal distribution", () => {
  it("has quantiles that its cdf undoes", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 13);
      }),
    );
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
  });
});
