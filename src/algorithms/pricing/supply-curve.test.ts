import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demandAt } from "./optimize-price.ts";
import { clearingPrice, drawSupply } from "./supply-curve.ts";

/** 100 units at a price of 10, a quarter of that at 20. */
const demand = { price: 10, units: 100, elasticity: -2 };
const near = { unitCost: 12, unitsPerDay: 2, leadTimeDays: 8 };
const far = { unitCost: 8, unitsPerDay: 5, leadTimeDays: 20 };

describe("supply from lead time and cost", () => {
  it("is what comes between lead time and horizon, cheapest first", () => {
    expect(drawSupply([near, far], 28)).toEqual([
      { cost: 8, units: 40 },
      { cost: 12, units: 80 },
    ]);
    expect(drawSupply([near, far], 20)).toEqual([{ cost: 12, units: 24 }]);
    expect(drawSupply([near, far], 8)).toEqual([]);
  });

  it("meets demand at the cost of the dearest supplier needed, or where the cheaper ones sell out", () => {
    // At 12 are asked 100 / 1.44 = 69.4 units, of which 40 are cheaper: the dearer one is needed.
    expect(clearingPrice(demand, drawSupply([near, far], 28))).toBe(12);
    // 50 · 8 = 400 units could be had at 8, where 156.25 are asked.
    expect(clearingPrice(demand, [{ cost: 8, units: 400 }])).toBe(8);
    // 25 units at 8 and no more below 30: demand is 25 at 20.
    const scarce = [
      { cost: 8, units: 25 },
      { cost: 30, units: 500 },
    ];
    expect(clearingPrice(demand, scarce)).toBeCloseTo(20, 9);
    expect(clearingPrice(demand, scarce.slice(0, 1))).toBeCloseTo(20, 9);
  });

  it("leaves no demand at its price that supply could serve more cheaply, and none unserved", () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const offer = fc.record({ unitCost: number(1, 40), unitsPerDay: number(0.1, 9), leadTimeDays: number(0, 27) });
    fc.assert(
      fc.property(fc.array(offer, { minLength: 1, maxLength: 6 }), number(-4, -0.3), (offers, elasticity) => {
        const curve = { ...demand, elasticity };
        const supply = drawSupply(offers, 28);
        const price = clearingPrice(curve, supply);
        const asked = demandAt(curve, price);
        const upTo = Math.max(0, ...supply.filter(({ cost }) => cost <= price * (1 + 1e-9)).map(({ units }) => units));
        const below = Math.max(0, ...supply.filter(({ cost }) => cost < price * (1 - 1e-9)).map(({ units }) => units));
        expect(asked).toBeLessThanOrEqual(upTo * (1 + 1e-6));
        expect(asked).toBeGreaterThanOrEqual(below * (1 - 1e-6));
      }),
    );
  });

  it("is refused where nothing comes in time, or nothing makes demand fall", () => {
    expect(() => clearingPrice(demand, drawSupply([near], 7))).toThrow(/horizon/);
    expect(() => clearingPrice({ ...demand, elasticity: 0 }, [{ cost: 8, units: 25 }])).toThrow(/does not fall/);
  });
});
