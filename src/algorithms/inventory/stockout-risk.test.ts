import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { sumDemand } from "./stock-level.ts";
import type { StockTerms } from "./stock-terms.ts";
import { fitLeadTimeDemand, type LeadTimeDemand } from "./lead-time-demand.ts";
import { assessStockout } from "./stockout-risk.ts";

const terms: StockTerms = {
  leadTimeSteps: 2,
  leadTimeDeviationSteps: 0,
  reviewSteps: 1,
  target: { kind: "fill", share: 0.95 },
};
const meanOf = (known: Float64Array): number =>
  known.reduce((sum, units) => sum + units, 0) / Math.max(1, known.length);
const rng = createRng(5);
/** Units a step even between 0 and 20. */
const shop = Array.from({ length: 120 }, () => Float64Array.from({ length: 60 }, () => Math.floor(rng.next() * 21)));

/** P(D > x) and E(D − x)⁺ of the sum of two such steps, counted out. */
function countOut(units: number): { probability: number; shortage: number } {
  let [over, short] = [0, 0];
  for (let a = 0; a <= 20; a++) {
    for (let b = 0; b <= 20; b++) {
      if (a + b > units) over++;
      short += Math.max(0, a + b - units);
    }
  }
  return { probability: over / 441, shortage: short / 441 };
}

describe("the risk of running out before the next delivery", () => {
  const demand = fitLeadTimeDemand(shop, meanOf, terms) as LeadTimeDemand;
  const history = shop[3] as Float64Array;
  const assess = (units: number) => assessStockout(demand, sumDemand(history), 10, units);

  it.each([0, 8, 15, 20, 26, 33])("with %d units is about what counting all outcomes gives", (units) => {
    const risk = assess(units);
    const exact = countOut(units);
    expect(Math.abs(risk.probability - exact.probability)).toBeLessThan(0.06);
    expect(Math.abs(risk.shortage - exact.shortage)).toBeLessThan(0.8);
  });

  it("falls with every unit more, and what is missed with it", () => {
    let before = assess(0);
    for (let units = 1; units < 80; units++) {
      const risk = assess(units);
      expect(risk.probability).toBeLessThanOrEqual(before.probability + 1e-12);
      expect(risk.shortage).toBeLessThanOrEqual(before.shortage + 1e-12);
      expect(risk.shortage).toBeGreaterThanOrEqual(0);
      before = risk;
    }
    expect(before.probability).toBeLessThan(0.001);
  });

  it("is not told where the past is too short or nothing is waited for", () => {
    expect(fitLeadTimeDemand(shop.slice(0, 5), meanOf, terms)).toBeUndefined();
    expect(fitLeadTimeDemand(shop, meanOf, { ...terms, leadTimeSteps: 0 })).toBeUndefined();
  });
});
