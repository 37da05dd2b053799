import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { estimateElasticity, type PriceResponse } from "./estimate-elasticity.ts";
import { markPromotions } from "./mark-promotions.ts";

describe("promotions", () => {
  it("are prices a tenth below the usual, until they are usual, seen from what came before", () => {
    const price = Float64Array.from([10, 10, 5, 10, 9, 9.1, 10, 12, 8, 10]);
    expect([...markPromotions(price)]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 1, 0]);
    const lowered = Float64Array.from({ length: 30 }, (_, week) => (week < 15 ? 10 : 8));
    // Seven weeks after the cut most of the thirteen before are at the new price.
    expect(markPromotions(lowered).indexOf(1)).toBe(15);
    expect(markPromotions(lowered).lastIndexOf(1)).toBe(21);
    expect([...markPromotions(price.subarray(0, 6))]).toEqual([...markPromotions(price).subarray(0, 6)]);
  });

  it("have a pull of their own that price is not charged with", () => {
    const rng = createRng(6);
    const [answer, pull] = [-1.2, 0.6];
    const price = Float64Array.from(
      { length: 150 },
      () => 10 * (0.95 + 0.1 * rng.next()) * (rng.next() < 0.15 ? 0.8 : 1),
    );
    const promotion = markPromotions(price);
    const units = price.map((value, week) => {
      const mean = 200 * (value / 10) ** answer * Math.exp(pull * promotion[week]);
      return Math.max(1, Math.round(mean + Math.sqrt(mean) * 3.4 * (rng.next() - 0.5)));
    });
    const plain = { units, price, season: new Float64Array(150) };
    for (const link of ["poisson", "tweedie", "log-log"] as const) {
      const found = estimateElasticity({ ...plain, promotion }, link) as PriceResponse;
      expect(Math.abs(found.elasticity - answer)).toBeLessThan(2.5 * found.error);
      const told = found.promotion as { pull: number; error: number };
      expect(Math.abs(told.pull - pull)).toBeLessThan(2.5 * told.error);
      expect(told.error).toBeLessThan(0.1);
      // Left alone, price is charged with both.
      expect((estimateElasticity(plain, link) as PriceResponse).elasticity).toBeLessThan(answer - 1);
    }
    const rare = { ...plain, promotion: promotion.map((mark, week) => (week < 10 ? mark : 0)) };
    expect((estimateElasticity(rare) as PriceResponse).promotion).toBeUndefined();
  });
});
