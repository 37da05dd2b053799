import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { calibrateStockFactor } from "./calibrate-stock-factor.ts";
import { planStock } from "./plan-stock.ts";
import { simulatePolicy } from "./simulate-policy.ts";
import type { StockTerms } from "./stock-terms.ts";

const terms: StockTerms = {
  leadTimeSteps: 2,
  leadTimeDeviationSteps: 0,
  reviewSteps: 1,
  target: { kind: "fill", share: 0.95 },
};
const meanOf = (known: Float64Array): number =>
  known.reduce((sum, units) => sum + units, 0) / Math.max(1, known.length);

/** Products that sell between 0 and 20 a step, by chance. */
function shop(products: number, steps: number): Float64Array[] {
  const rng = createRng(7);
  return Array.from({ length: products }, () =>
    Float64Array.from({ length: steps }, () => Math.floor(rng.next() * 21)),
  );
}

describe("calibrated stock levels", () => {
  it("serve the share of demand they were asked to on demand they have not seen", () => {
    const histories = shop(200, 120);
    const known = histories.map((history) => history.subarray(0, 60));
    const factor = calibrateStockFactor(known, meanOf, terms) as number;
    let [demand, served] = [0, 0];
    histories.forEach((history, at) => {
      const past = known[at];
      const plan = planStock(past, meanOf(past), factor, terms);
      const policy = { reviewSteps: 1, reorderPoint: plan.orderUpTo, orderUpTo: plan.orderUpTo };
      const figures = simulatePolicy(history.subarray(60), () => policy, {
        leadTimeSteps: [2],
        isLost: false,
        openingStock: plan.orderUpTo,
        warmUpSteps: 3,
        minimumOrder: 0,
        packSize: 1e-9,
      });
      demand += figures.demand;
      served += figures.served;
    });
    expect(served / demand).toBeGreaterThan(0.94);
    expect(served / demand).toBeLessThan(0.96);
  });

  it("rise with the target and with the spread of the lead time", () => {
    const histories = shop(40, 60);
    const factorOf = (change: Partial<StockTerms>): number =>
      calibrateStockFactor(histories, meanOf, { ...terms, ...change }) as number;
    expect(factorOf({ target: { kind: "fill", share: 0.99 } })).toBeGreaterThan(factorOf({}));
    expect(factorOf({ leadTimeDeviationSteps: 1 })).toBeGreaterThan(factorOf({}));
  });

  it("do not change when what comes after the last stretch is unknown, nor with the unit of time", () => {
    const histories = shop(20, 60);
    const halves = histories.map((history) => Float64Array.from({ length: 120 }, (_, t) => history[t >> 1] / 2));
    const days = { ...terms, leadTimeSteps: 4, reviewSteps: 2 };
    const weekly = calibrateStockFactor(histories, meanOf, terms) as number;
    const daily = calibrateStockFactor(halves, meanOf, days) as number;
    // Thirteen origins reach half as far back; the same order of magnitude is all that must hold.
    expect(Math.abs(weekly - daily)).toBeLessThan(0.25);
  });

  it("are not calibrated where no history is as long as the lead time", () => {
    expect(calibrateStockFactor([Float64Array.of(1, 2)], meanOf, terms)).toBeUndefined();
    expect(calibrateStockFactor([new Float64Array(50)], meanOf, terms)).toBeUndefined();
  });
});
