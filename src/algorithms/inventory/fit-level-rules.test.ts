import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { layOutPast } from "./assortment-past.ts";
import { fitLevelRules } from "./fit-level-rules.ts";
import { describeDemand, LEVEL_TERMS, stockLevel, sumDemand } from "./stock-level.ts";
import { collectOutcomes } from "./stock-outcomes.ts";
import type { StockTerms } from "./stock-terms.ts";
import { thinOutcomes } from "./thin-outcomes.ts";

const terms: StockTerms = {
  leadTimeSteps: 1,
  leadTimeDeviationSteps: 0,
  reviewSteps: 1,
  target: { kind: "fill", share: 0.9, scope: "assortment" },
};
const meanOf = (known: Float64Array): number => known.reduce((sum, units) => sum + units, 0) / known.length;

/** Products that each sell in spells of eight steps and then not for eight, begun at different times. */
function sellInSpells(products: number) {
  const rng = createRng(3);
  const histories = Array.from({ length: products }, (_, product) =>
    Float64Array.from({ length: 60 }, (_unused, step) => ((step + product) % 16 < 8 ? Math.floor(20 * rng.next()) : 0)),
  );
  const past = layOutPast(histories, meanOf, terms, 50);
  return collectOutcomes(past, terms, past.steps - 1);
}

describe("rules of levels by chance", () => {
  const outcomes = sellInSpells(900);
  const [rule] = fitLevelRules(outcomes, [0.9]);

  it("are exceeded as often as asked, though most of the past is thinned out", () => {
    const thinned = thinOutcomes(outcomes);
    expect(outcomes.count).toBeGreaterThan(20_000);
    expect(thinned.count).toBeLessThanOrEqual(15_000);
    const total = thinned.weight.reduce((sum, each) => sum + each, 0);
    expect(Math.abs(total / outcomes.count - 1)).toBeLessThan(0.001);
    let exceeded = 0;
    for (let at = 0; at < outcomes.count; at++) {
      if (outcomes.leadAndReview[at] > stockLevel(outcomes.described, at * LEVEL_TERMS, rule)) exceeded++;
    }
    expect(Math.abs(exceeded / outcomes.count - 0.1)).toBeLessThan(0.03);
  });

  it("ask less of a product that has ceased to sell than of one that sells now, all else alike", () => {
    const levelOf = (known: Float64Array): number => {
      const described = new Float64Array(LEVEL_TERMS);
      describeDemand(sumDemand(known), 10, 2, described, 0);
      return stockLevel(described, 0, rule);
    };
    const spell = [8, 12, 10, 9, 11, 10, 12, 8];
    const quiet = Array.from({ length: 8 }, () => 0);
    expect(levelOf(Float64Array.of(...spell, ...quiet))).toBeLessThan(levelOf(Float64Array.of(...quiet, ...spell)));
  });

  it("describe the newest demand by running sums as from the whole history", () => {
    const history = Float64Array.of(3, 0, 5, 1, 0, 2, 4, 0, 1, 7);
    const past = layOutPast([history], meanOf, terms, 10);
    for (let step = 0; step < history.length; step++) {
      const known = history.subarray(0, step + 1);
      const described = new Float64Array(LEVEL_TERMS);
      describeDemand(sumDemand(known), 2 * meanOf(known), 2, described, 0);
      expect([...past.described.subarray(step * LEVEL_TERMS, (step + 1) * LEVEL_TERMS)]).toEqual([...described]);
    }
  });

  it("keep a short past as it is", () => {
    const few = sellInSpells(40);
    expect(thinOutcomes(few)).toBe(few);
  });
});
