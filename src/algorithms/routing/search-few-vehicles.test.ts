import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { reduceFleet } from "./reduce-fleet.ts";
import { ruinAndRecreate } from "./ruin-and-recreate.ts";
import { isAlikeAndCostly, searchFewVehicles } from "./search-few-vehicles.ts";
import { createProblem, walk } from "./testing/random-fleet.ts";

const FIXED_COST = 10_000;

/** Nine loads that fit on three vehicles of 15 only as 7 + 4 + 4 each, at places that suggest other groups. */
function createPacking(): FleetProblem {
  const problem = createProblem(1, 9, 9, false);
  return {
    ...problem,
    delivery: Float64Array.of(7, 4, 7, 4, 7, 4, 4, 4, 4),
    capacity: new Float64Array(9).fill(15),
    fixedCost: new Float64Array(9).fill(FIXED_COST),
  };
}

const countUsed = (routes: readonly Int32Array[]) => routes.filter((route) => route.length > 0).length;

describe("searchFewVehicles", () => {
  it("packs loads on as few vehicles as there can be, and keeps loads and windows", () => {
    const problem = createPacking();
    const found = searchFewVehicles(problem, { rng: createRng(1), spent: (iteration) => iteration / 4000 });
    expect(found && countUsed(found.routes)).toBe(3);
    expect(found && walk(problem, found.routes)).toEqual({ cost: (found?.cost ?? 0) - 3 * FIXED_COST, served: 9 });
  });

  it("never needs more vehicles than the plan it starts from", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const base = createProblem(seed, 60, 30, true);
      const problem = { ...base, fixedCost: new Float64Array(30).fill(FIXED_COST) };
      const first = ruinAndRecreate(problem, { rng: createRng(seed), spent: (iteration) => iteration / 300 });
      expect(first.loss).toBe(0);
      const fewer = reduceFleet(problem, first, 1, { rng: createRng(seed), spent: (iteration) => iteration / 1500 });
      const { cost, served } = walk(problem, fewer.routes);
      expect(served).toBe(60);
      expect(cost + FIXED_COST * countUsed(fewer.routes)).toBe(fewer.cost);
      expect(fewer.cost).toBeLessThanOrEqual(first.cost);
      expect(countUsed(fewer.routes)).toBeLessThanOrEqual(countUsed(first.routes));
    }
  });

  it("is for vehicles alike that cost more than the way", () => {
    const problem = createPacking();
    expect(isAlikeAndCostly(problem)).toBe(true);
    expect(isAlikeAndCostly({ ...problem, fixedCost: new Float64Array(9) })).toBe(false);
    const cheap = { ...problem, fixedCost: new Float64Array(9).fill(1) };
    expect(searchFewVehicles(cheap, { rng: createRng(1), spent: (iteration) => iteration / 500 })).toBeUndefined();
  });
});
