import { describe, expect, it } from "vitest";
import type { PriceAnswer } from "./price-answer.ts";
import { simulatePrice } from "./simulate-price.ts";

const own: PriceAnswer = {
  store: "shop",
  product: "cup",
  elasticity: -2,
  low: -3,
  high: -1,
  basis: "own",
  drawnTo: "store",
  link: "poisson",
  promotionLift: null,
  promotionLow: null,
  promotionHigh: null,
  market: null,
  refusal: null,
  crossElasticity: null,
  crossLow: null,
  crossHigh: null,
  crossRefusal: "category-unknown",
  priceMinor: 100,
  lowestPriceMinor: 80,
  highestPriceMinor: 120,
  currency: "GBP",
};
const asked = {
  expectedUnits: 280,
  outcomes: Float64Array.of(280),
  horizonDays: 28,
  days: 28,
  priceMinor: 80,
  unitCostMinor: 50,
  elasticity: undefined,
  usePooled: false,
};

describe("what another price would do", () => {
  it("follows the demand curve, and where sales are certain its interval the elasticity's", () => {
    const { now, changed } = simulatePrice(own, asked);
    expect(now.units).toEqual({ expected: 280, low: 280, high: 280 });
    // 280 · 0.8⁻² = 437.5, between 280 / 0.8 = 350 and 280 / 0.512 = 546.875.
    expect(changed.units.expected).toBeCloseTo(437.5, 9);
    expect(Math.abs(changed.units.low - 350)).toBeLessThan(3);
    expect(Math.abs(changed.units.high - 546.875)).toBeLessThan(4);
    expect(changed.revenueMinor.expected).toBeCloseTo(437.5 * 80, 9);
    expect(changed.marginMinor?.expected).toBeCloseTo(437.5 * 30, 9);
  });

  it("holds what sales may stray by, also at today's price", () => {
    // Even between 180 and 380: 95 % lie from 185 to 375.
    const outcomes = Float64Array.from({ length: 64 }, (_, at) => 180 + ((at + 0.5) / 64) * 200);
    const { now, changed } = simulatePrice(own, { ...asked, outcomes, elasticity: -2 });
    expect([now.units.low, now.units.high]).toEqual([expect.closeTo(185, 6), expect.closeTo(375, 6)]);
    // An elasticity that is given is taken as certain: all is 0.8⁻² of that.
    expect(changed.units.low).toBeCloseTo(185 / 0.64, 6);
    const learned = simulatePrice(own, { ...asked, outcomes }).changed.units;
    expect(learned.low).toBeLessThan(changed.units.low);
    expect(learned.high).toBeGreaterThan(changed.units.high);
  });

  it("keeps today's price on the days that a promotion leaves", () => {
    const { changed } = simulatePrice(own, { ...asked, days: 7 });
    expect(changed.units.expected).toBeCloseTo(210 + 437.5 / 4, 9);
    expect(changed.revenueMinor.expected).toBeCloseTo(210 * 100 + (437.5 / 4) * 80, 9);
  });

  it("counts a promotion's own pull where it is known, on days below a tenth only, and holds what is not known of it", () => {
    const pulled = { ...own, promotionLift: 0.2, promotionLow: 0, promotionHigh: 0.44 };
    const week = { ...asked, days: 7 };
    const { changed } = simulatePrice(pulled, week);
    expect(changed.units.expected).toBeCloseTo(210 + (1.2 * 437.5) / 4, 9);
    expect(changed.units.high - changed.units.low).toBeGreaterThan(
      1.2 * (simulatePrice(own, week).changed.units.high - simulatePrice(own, week).changed.units.low),
    );
    const same = [
      { ...week, days: 28 },
      { ...week, priceMinor: 95 },
      { ...week, elasticity: -2 },
    ];
    for (const scenario of same) expect(simulatePrice(pulled, scenario)).toEqual(simulatePrice(own, scenario));
  });

  it("gives no margin without a cost, and no answer where nothing tells", () => {
    expect(simulatePrice(own, { ...asked, unitCostMinor: undefined }).changed.marginMinor).toBeNull();
    const pooled = { ...own, basis: "store" as const, refusal: "price-never-varied" };
    expect(() => simulatePrice(pooled, asked)).toThrow(/price-never-varied/);
    expect(simulatePrice(pooled, { ...asked, usePooled: true }).changed.units.expected).toBeCloseTo(437.5, 9);
    const unknown = { ...own, elasticity: null, low: null, high: null, basis: "none" as const };
    expect(() => simulatePrice(unknown, { ...asked, usePooled: true })).toThrow(/cannot tell/);
    expect(simulatePrice(unknown, { ...asked, elasticity: 0 }).changed.units).toEqual({
      expected: 280,
      low: 280,
      high: 280,
    });
  });
});
