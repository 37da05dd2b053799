import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { layOutPast } from "./assortment-past.ts";
import { type ClassCurves, drawClassCurves, groupClasses, ruleForShares } from "./class-curves.ts";
import { DEMAND_CLASSES, LEVEL_TERMS, stockLevel } from "./stock-level.ts";
import { collectOutcomes, selectOutcomes, serviceOf } from "./stock-outcomes.ts";
import type { StockTerms, TargetScope } from "./stock-terms.ts";

const meanOf = (known: Float64Array): number => known.reduce((sum, units) => sum + units, 0) / known.length;
const termsOf = (scope: TargetScope): StockTerms => ({
  leadTimeSteps: 1,
  leadTimeDeviationSteps: 0,
  reviewSteps: 1,
  target: { kind: "fill", share: 0.9, scope },
});

/** So many steady products and so many that sell now and then. */
function collect(steady: number, erratic: number) {
  const rng = createRng(9);
  const histories = Array.from({ length: steady + erratic }, (_, at) =>
    Float64Array.from({ length: 40 }, () => {
      if (at < steady) return Math.round(30 * (0.8 + 0.4 * rng.next()));
      return rng.next() < 0.15 ? Math.ceil(60 * rng.next()) : 0;
    }),
  );
  const past = layOutPast(histories, meanOf, termsOf("product"), 36);
  return collectOutcomes(past, termsOf("product"), past.steps - 1);
}

describe("classes of demand", () => {
  it("are told apart where each has stretches enough, and joined where one has not", () => {
    const { of, count } = groupClasses(collect(40, 40), termsOf("product"));
    expect(count).toBe(2);
    expect([of[0], of[DEMAND_CLASSES - 1]]).toEqual([0, 1]);
    expect(groupClasses(collect(1, 40), termsOf("product")).count).toBe(1);
    expect(groupClasses(collect(40, 0), termsOf("product")).count).toBe(1);
    expect(groupClasses(collect(40, 40), termsOf("assortment")).count).toBe(1);
  });

  it("have rules of their own, each with the share asked of it", () => {
    const outcomes = collect(40, 40);
    const terms = termsOf("product");
    const groups = groupClasses(outcomes, terms);
    const curves = drawClassCurves(outcomes, terms, groups) as ClassCurves;
    const rule = ruleForShares(curves, groups, Float64Array.of(0.9, 0.8));
    expect(rule.length).toBe(DEMAND_CLASSES * LEVEL_TERMS);
    const serviceOfGroup = (group: number): number =>
      serviceOf(
        selectOutcomes(outcomes, (each) => groups.of[each] === group),
        rule,
        terms,
      );
    expect(Math.abs(serviceOfGroup(0) - 0.9)).toBeLessThan(0.02);
    expect(Math.abs(serviceOfGroup(1) - 0.8)).toBeLessThan(0.05);
  });

  it("make nothing of products nobody asked for", () => {
    const none = collectOutcomes(
      layOutPast([new Float64Array(40)], meanOf, termsOf("product"), 36),
      termsOf("product"),
      39,
    );
    expect(drawClassCurves(none, termsOf("product"), groupClasses(none, termsOf("product")))).toBeUndefined();
    // f = 100 and a deviation of 20: steady, by the first weights; f = 1 and one of 9: not, by the last.
    const rule = Float64Array.from({ length: DEMAND_CLASSES * LEVEL_TERMS }, (_, at) =>
      at % LEVEL_TERMS === 0 ? at : 0,
    );
    expect(stockLevel(Float64Array.of(1, 10, 100, Math.sqrt(110 * 20), 0), 0, rule)).toBe(0);
    expect(stockLevel(Float64Array.of(1, 1, 1, Math.sqrt(2 * 9), 0), 0, rule)).toBe((DEMAND_CLASSES - 1) * LEVEL_TERMS);
  });
});
