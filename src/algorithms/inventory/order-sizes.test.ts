import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { economicOrderQuantity } from "./economic-order-quantity.ts";
import { roundOrder } from "./round-order.ts";
import { wagnerWhitin } from "./wagner-whitin.ts";

describe("economic order quantity", () => {
  it("equals stockpyl's documented example to 1e-9", () => {
    const { quantity, cost } = economicOrderQuantity(8, 0.225, 1300);
    expect(Math.abs(quantity - 304.0467800264368)).toBeLessThan(1e-9);
    expect(Math.abs(cost - 68.41052550594829)).toBeLessThan(1e-9);
  });
});

describe("Wagner–Whitin", () => {
  it("is never beaten by any set of order periods", () => {
    const demands = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(demands, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3 }), (list, K, h) => {
        const plan = wagnerWhitin(Float64Array.from(list), K, h);
        let best = Infinity;
        for (let mask = 0; mask < 1 << list.length; mask++) {
          let [cost, last] = [0, -1];
          for (let t = 0; t < list.length; t++) {
            if (mask & (1 << t)) [cost, last] = [cost + K, t];
            const units = list[t];
            if (units > 0) cost += last < 0 ? Infinity : h * (t - last) * units;
          }
          best = Math.min(best, cost);
        }
        expect(plan.cost).toBeCloseTo(best, 9);
        expect(plan.orders.reduce((sum, units) => sum + units, 0)).toBe(list.reduce((sum, units) => sum + units, 0));
      }),
    );
  });

  it("places the orders of a hand-worked example", () => {
    // An order costs 10, carrying a unit 1: 5 and 5 go together (10 + 5), 20 waits for its own (10).
    const { orders, cost } = wagnerWhitin(Float64Array.of(5, 5, 20), 10, 1);
    expect([...orders]).toEqual([10, 0, 20]);
    expect(cost).toBe(25);
  });
});

describe("rounding an order", () => {
  it("covers the need by whole packs of at least the minimum, and orders nothing for no need", () => {
    expect(roundOrder(13, { minimumOrder: 0, packSize: 6 })).toBe(18);
    expect(roundOrder(13, { minimumOrder: 50, packSize: 6 })).toBe(54);
    expect(roundOrder(12, { minimumOrder: 0, packSize: 6 })).toBe(12);
    expect(roundOrder(0, { minimumOrder: 50, packSize: 6 })).toBe(0);
  });
});
