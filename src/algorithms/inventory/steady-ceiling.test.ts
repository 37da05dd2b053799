import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { planStock } from "./plan-stock.ts";
import { sumDemand } from "./stock-level.ts";
import type { StockTerms } from "./stock-terms.ts";
import { steadyCeiling } from "./steady-ceiling.ts";
import { walkStockRules } from "./walk-stock-rules.ts";

const terms: StockTerms = {
  leadTimeSteps: 2,
  leadTimeDeviationSteps: 0,
  reviewSteps: 1,
  target: { kind: "fill", share: 0.95, scope: "assortment" },
};
const ceilingOf = (history: Float64Array, expected: number, change: Partial<StockTerms> = {}): number =>
  steadyCeiling(history, sumDemand(history), expected, { ...terms, ...change });
const meanOf = (known: Float64Array): number => known.reduce((sum, units) => sum + units, 0) / known.length;

describe("the ceiling of steady demand", () => {
  it("is what a hand-worked past would have needed, its safety a third more", () => {
    // 24 stretches of three steps: the three that hold the step of 20 come to 40, all other to 30. A level of 40 − x above 30
    // misses x in each of those three, since over their lead time alone they ask for 30 at most.
    const history = new Float64Array(26).fill(10);
    history[12] = 20;
    const mayMiss = 0.15 * 0.05 * (23 * 10 + 20);
    const expected = (3 * 270) / 26;
    const level = 40 - mayMiss / 3;
    // Found by halving 40 twelve times.
    expect(Math.abs(ceilingOf(history, expected) - (expected + 1.3 * (level - expected)))).toBeLessThan(0.02);
    // A fifth less expected today asks for a fifth less of all.
    expect(ceilingOf(history, 0.8 * expected)).toBeCloseTo(0.8 * ceilingOf(history, expected), 6);
  });

  it("asks for what is expected where demand never varied, and for more at a higher target", () => {
    expect(ceilingOf(new Float64Array(40).fill(7), 21)).toBeCloseTo(21, 1);
    const rng = createRng(4);
    const history = Float64Array.from({ length: 52 }, () => Math.round(100 * (0.7 + 0.6 * rng.next())));
    const at = (share: number): number => ceilingOf(history, 300, { target: { kind: "fill", share } });
    expect(at(0.99)).toBeGreaterThan(at(0.8));
    expect(at(0.8)).toBeGreaterThan(300);
    const cycle = ceilingOf(history, 300, { target: { kind: "cycle", share: 0.8 } });
    expect(cycle).toBeGreaterThan(300);
    expect(Number.isFinite(ceilingOf(history, 300, { leadTimeSteps: 10 / 7, leadTimeDeviationSteps: 0.3 }))).toBe(true);
  });

  it("is never below mean and deviations at the target", () => {
    // Sums of three weeks are 25 or 35, far less than what weeks apart from each other would stray: √(3·25) · 1.645.
    const history = Float64Array.from({ length: 40 }, (_, week) => (week % 2 === 0 ? 5 : 15));
    expect(ceilingOf(history, 30)).toBeCloseTo(30 + 1.6448536269514722 * Math.sqrt(75), 9);
  });

  it("does not bind where the past is short, erratic or empty", () => {
    const steady = new Float64Array(52).fill(10);
    expect(ceilingOf(steady.subarray(0, 25), 30)).toBe(Infinity);
    expect(ceilingOf(new Float64Array(52), 0)).toBe(Infinity);
    expect(ceilingOf(steady, 0)).toBe(Infinity);
    const erratic = steady.map((units, week) => (week % 4 === 0 ? 4 * units : 0));
    expect(ceilingOf(erratic, 30)).toBe(Infinity);
  });
});

describe("a best seller in an erratic assortment", () => {
  it("holds no multiple of the safety that its own past asks for", () => {
    const rng = createRng(8);
    const steady = Float64Array.from({ length: 60 }, () => Math.round(250 * (0.6 + 0.8 * rng.next())));
    const erratic = Array.from({ length: 120 }, (_, at) =>
      Float64Array.from({ length: 60 }, () => {
        const isBulk = rng.next() < 0.03;
        return Math.floor((2 + at) * 2 * rng.next() * (isBulk ? 25 : 1));
      }),
    );
    const rule = walkStockRules([steady, ...erratic], meanOf, terms, 1).at(-1)?.rule as Float64Array;
    const plan = planStock(steady, meanOf(steady), rule, terms);
    const { count, sum, squares } = sumDemand(steady);
    const textbookSafety = 1.645 * Math.sqrt(3 * (squares / count - (sum / count) ** 2));
    expect(plan.safetyStock).toBeGreaterThan(0.3 * textbookSafety);
    expect(plan.safetyStock).toBeLessThan(2 * textbookSafety);
    // The rule itself, made for great orders that others get, asks for far more.
    const bulky = steady.map((units, week) => (week === 30 ? 12 * units : units));
    expect(planStock(bulky, meanOf(steady), rule, terms).safetyStock).toBeGreaterThan(4 * textbookSafety);
  });
});
