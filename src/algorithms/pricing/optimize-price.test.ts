import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demandAt, equilibriumPrice, optimizePrice } from "./optimize-price.ts";

const free = { unitCost: 4, minPrice: 0.01, maxPrice: 1e6, stock: Infinity };

describe("the price of greatest margin", () => {
  it("is c·ε/(1 + ε) without limits", () => {
    expect(optimizePrice({ price: 10, units: 100, elasticity: -2 }, free)).toMatchObject({ price: 8, bound: "none" });
  });

  it("is never beaten by any price on a grid within the bounds", () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(number(-5, -0.1), number(0, 9), number(1, 500), (elasticity, unitCost, stock) => {
        const curve = { price: 10, units: 100, elasticity };
        const terms = { unitCost, minPrice: 7, maxPrice: 13, stock };
        const { price, margin } = optimizePrice(curve, terms);
        const best = Math.max(
          ...Array.from({ length: 601 }, (_, at) => {
            const candidate = 7 + at / 100;
            return (candidate - unitCost) * Math.min(stock, demandAt(curve, candidate));
          }),
        );
        expect(price).toBeGreaterThanOrEqual(7);
        expect(price).toBeLessThanOrEqual(13);
        // A cost above every price makes each a loss; the least loss is where least is sold, the upper bound.
        expect(margin).toBeGreaterThanOrEqual(best - 1e-6 * Math.abs(best) - 1e-9);
      }),
    );
  });

  it("rises to what clears scarce stock, and says so", () => {
    const choice = optimizePrice({ price: 10, units: 100, elasticity: -2 }, { ...free, stock: 25 });
    expect(choice).toMatchObject({ price: 20, units: 25, bound: "stock" });
  });

  it("refuses demand that rises with price, and bounds without a price", () => {
    expect(() => optimizePrice({ price: 1, units: 1, elasticity: 0.5 }, free)).toThrow(/rises with price/);
    expect(() => optimizePrice({ price: 1, units: 1, elasticity: -2 }, { ...free, minPrice: 9, maxPrice: 8 })).toThrow(
      /No price/,
    );
  });
});

describe("the equilibrium price", () => {
  it("is where demand meets supply", () => {
    const demand = { price: 10, units: 100, elasticity: -1.5 };
    const supply = { price: 12, units: 60, elasticity: 0.8 };
    const price = equilibriumPrice(demand, supply);
    expect(demandAt(demand, price)).toBeCloseTo(demandAt(supply, price), 9);
  });
});
