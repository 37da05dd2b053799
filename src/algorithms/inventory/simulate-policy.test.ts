import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulatePolicy, type SimulationTerms } from "./simulate-policy.ts";

const terms: SimulationTerms = {
  leadTimeSteps: [1],
  isLost: true,
  openingStock: 10,
  warmUpSteps: 0,
  minimumOrder: 0,
  packSize: 1,
};

describe("the replay of a policy", () => {
  it("follows a hand-worked example", () => {
    // Stock after each step: 6, 2 (orders 8, due at step 3), 0 with 2 lost, 8 arrive and 4 go: 4.
    const policy = { reviewSteps: 1, reorderPoint: 2, orderUpTo: 10 };
    const figures = simulatePolicy(Float64Array.of(4, 4, 4, 4), () => policy, terms);
    expect(figures).toMatchObject({ demand: 16, served: 14, fillRate: 14 / 16, stepService: 3 / 4, orders: 1 });
    expect(figures.meanStock).toBe((6 + 2 + 0 + 4) / 4);
  });

  it("orders whole lots until stock and orders are above the reorder point", () => {
    // Of 10 are left 6, then 2: one lot of 2 makes 4, not above 4, so two are ordered. 2 more are served and 2 missed, with 4 under
    // way: one lot. The 4 arrive and are served, with 2 under way: two lots.
    const policy = { reviewSteps: 1, reorderPoint: 4, orderUpTo: 6, lotSize: 2 };
    const figures = simulatePolicy(Float64Array.of(4, 4, 4, 4), () => policy, terms);
    expect(figures).toMatchObject({ demand: 16, served: 14, orders: 3, meanStock: (6 + 2 + 0 + 0) / 4 });
  });

  it("serves everything when nothing is short, and no more than was asked", () => {
    const demand = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(demand, fc.integer({ min: 0, max: 40 }), fc.boolean(), (list, orderUpTo, isLost) => {
        const policy = { reviewSteps: 2, reorderPoint: orderUpTo / 2, orderUpTo };
        const figures = simulatePolicy(Float64Array.from(list), () => policy, {
          ...terms,
          isLost,
          openingStock: orderUpTo,
        });
        expect(figures.served).toBeLessThanOrEqual(figures.demand);
        const isAmple = list.reduce((sum, units) => sum + units, 0) <= orderUpTo;
        expect(figures.fillRate).toBeGreaterThanOrEqual(isAmple ? 1 : 0);
      }),
    );
  });
});
