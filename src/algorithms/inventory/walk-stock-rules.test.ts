import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { planStock } from "./plan-stock.ts";
import { simulatePolicy, type SimulationFigures } from "./simulate-policy.ts";
import { PLAIN_RULE, stockLevel, sumDemand } from "./stock-level.ts";
import type { StockTerms, TargetScope } from "./stock-terms.ts";
import { walkStockRules, type ReviewRule } from "./walk-stock-rules.ts";

const terms: StockTerms = {
  leadTimeSteps: 2,
  leadTimeDeviationSteps: 0,
  reviewSteps: 1,
  target: { kind: "fill", share: 0.9 },
};
const RECENT = 8;
const meanOf = (known: Float64Array): number => {
  const recent = known.subarray(-RECENT);
  return recent.reduce((sum, units) => sum + units, 0) / Math.max(1, recent.length);
};

/** Products of very different size that sell by chance; `levelAt` moves all of them in time. */
function shop(products: number, steps: number, levelAt: (step: number) => number): Float64Array[] {
  const rng = createRng(7);
  return Array.from({ length: products }, (_, product) => {
    const size = 2 + 40 * (product / products) ** 2;
    return Float64Array.from({ length: steps }, (_unused, step) => {
      const isBulk = rng.next() < 0.01;
      return Math.floor(levelAt(step) * size * 2 * rng.next() * (isBulk ? 5 : 1));
    });
  });
}

function newest(histories: readonly Float64Array[], change: Partial<StockTerms> = {}): ReviewRule {
  return walkStockRules(histories, meanOf, { ...terms, ...change }, 1).at(-1) as ReviewRule;
}

/** The last `steps` of all histories replayed under rules made as they went, and figures pooled. */
function replay(
  histories: readonly Float64Array[],
  steps: number,
  levelOf: (known: Float64Array, step: number) => number,
): Pick<SimulationFigures, "fillRate" | "meanStock"> {
  let [demand, served, meanStock] = [0, 0, 0];
  for (const history of histories) {
    const from = history.length - steps;
    const figures = simulatePolicy(
      history.subarray(from),
      (step) => {
        const level = levelOf(history.subarray(0, from + step + 1), step);
        return { reviewSteps: 1, reorderPoint: level, orderUpTo: level };
      },
      {
        leadTimeSteps: [2],
        isLost: false,
        openingStock: levelOf(history.subarray(0, from), -1),
        warmUpSteps: 3,
        minimumOrder: 0,
        packSize: 1,
      },
    );
    demand += figures.demand;
    served += figures.served;
    meanStock += figures.meanStock;
  }
  return { fillRate: served / demand, meanStock };
}

/** Rules made at each review of the last `steps` from what was known then. */
function walkLevels(histories: readonly Float64Array[], steps: number, share: number, scope: TargetScope = "product") {
  const asked = { ...terms, target: { kind: "fill" as const, share, scope } };
  const rules = walkStockRules(histories, meanOf, asked, steps + 1);
  return (known: Float64Array, step: number): number => {
    const made = rules.find(({ stepsAgo }) => stepsAgo === steps - 1 - step);
    return planStock(known, meanOf(known), made?.rule ?? PLAIN_RULE, asked).orderUpTo;
  };
}

describe("rules of stock levels", () => {
  const steady = shop(80, 54, () => 1);

  it.each([0.85, 0.95])("serve %d (within four points) of demand they have not seen", (share) => {
    const { fillRate } = replay(steady, 16, walkLevels(steady, 16, share));
    expect(Math.abs(fillRate - share)).toBeLessThan(0.04);
  });

  it("ask for more after weeks in which too little was served", () => {
    // All demand of the last eight weeks is half as much again: levels made from means of recent weeks come late.
    const risen = steady.map((history) => history.map((units, step) => (step < 46 ? units : 1.5 * units)));
    const rules = walkStockRules(risen, meanOf, terms, 9);
    const described = Float64Array.of(1, 6, 36, 40, 6);
    const levels = rules.map(({ rule }) => stockLevel(described, 0, rule));
    expect(levels.at(-1)).toBeGreaterThan(levels[0]);
  });

  it("buy less than mean and deviations for the same service where great orders lie long back", () => {
    const once = steady.map((history, product) =>
      history.map((units, step) => (step === 3 && product % 2 === 1 ? 50 * units : units)),
    );
    const policy = replay(once, 12, walkLevels(once, 12, 0.9));
    const textbook = (z: number) =>
      replay(once, 12, (known) => {
        const { count, sum, squares } = sumDemand(known);
        const variance = squares / count - (sum / count) ** 2;
        return Math.max(0, 3 * meanOf(known) + z * Math.sqrt(3 * variance));
      });
    let [low, high] = [0, 8];
    for (let halving = 0; halving < 10; halving++) {
      const middle = (low + high) / 2;
      if (textbook(middle).fillRate < policy.fillRate) low = middle;
      else high = middle;
    }
    expect(policy.meanStock).toBeLessThan(0.95 * textbook(high).meanStock);
  });

  it("buy more for a higher target of either kind", () => {
    const levelOf = (change: Partial<StockTerms>): number => {
      const { rule } = newest(steady, change);
      return steady.reduce((sum, known) => sum + planStock(known, meanOf(known), rule, terms).orderUpTo, 0);
    };
    expect(levelOf({ target: { kind: "fill", share: 0.98 } })).toBeGreaterThan(levelOf({}));
    expect(levelOf({ target: { kind: "cycle", share: 0.98 } })).toBeGreaterThan(
      levelOf({ target: { kind: "cycle", share: 0.9 } }),
    );
  });

  it("serve steady products near their target, which one chance of a shortage for all overshoots", () => {
    const rng = createRng(5);
    const even = Array.from({ length: 36 }, (_, at) =>
      Float64Array.from({ length: 60 }, () => Math.round((20 + 2 * at) * (0.7 + 0.6 * rng.next()))),
    );
    const erratic = Array.from({ length: 36 }, () =>
      Float64Array.from({ length: 60 }, () => (rng.next() < 0.25 ? Math.ceil(200 * rng.next() ** 2) : 0)),
    );
    const all = [...even, ...erratic];
    const levels = walkLevels(all, 16, 0.9, "product");
    const own = replay(even, 16, levels);
    const shared = replay(even, 16, walkLevels(all, 16, 0.9, "assortment"));
    expect(Math.abs(own.fillRate - 0.9)).toBeLessThan(0.03);
    expect(shared.fillRate).toBeGreaterThan(0.96);
    expect(own.meanStock).toBeLessThan(0.8 * shared.meanStock);
    const together = replay(all, 16, levels);
    expect(Math.abs(together.fillRate - 0.9)).toBeLessThan(0.04);
  });

  it("know nothing of what comes after their review", () => {
    const early = steady.map((history) => history.subarray(0, 44));
    const changed = steady.map((history) => history.map((units, step) => (step < 44 ? units : 999)));
    const rules = walkStockRules(changed, meanOf, terms, 16);
    const before = walkStockRules(early, meanOf, terms, 6);
    // Curves are drawn every fourth review, counted from the first; both walks begin at the same place or this says nothing.
    expect(rules.find(({ stepsAgo }) => stepsAgo === 10)?.rule).toEqual(before.at(-1)?.rule);
  });

  it("take whole and broken steps, one series and none", () => {
    expect(newest(steady, { leadTimeSteps: 10 / 7, reviewSteps: 1 / 7 }).stepsAgo).toBe(0);
    expect(newest(steady, { reviewSteps: 4 }).rule.every(Number.isFinite)).toBe(true);
    expect(newest([steady[60]]).rule.every(Number.isFinite)).toBe(true);
    expect(walkStockRules([Float64Array.of(1, 2)], meanOf, terms, 6)).toEqual([]);
    expect(walkStockRules([new Float64Array(50)], meanOf, terms, 6)).toEqual([]);
    expect(walkStockRules([], meanOf, terms, 6)).toEqual([]);
  });
});
