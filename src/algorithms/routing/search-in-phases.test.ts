import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { SearchCrew } from "./search-crew.ts";
import { isWorthPhases, searchInPhases } from "./search-in-phases.ts";
import { anyFleetShape, createProblem, walk } from "./testing/random-fleet.ts";
import { readUniformFleet, type UniformFleet } from "./uniform-fleet.ts";

describe("searchInPhases", () => {
  it("keeps loads and windows, states the cost of its routes, and repeats itself", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyFleetShape(70, 25), ({ seed, nTasks: n, nVehicles: v, isTimed }) => {
        const problem = createProblem(seed, n, v, isTimed);
        const fleet = readUniformFleet(problem) as UniformFleet;
        const search = () =>
          searchInPhases(problem, fleet, { rng: createRng(seed), spent: (iteration) => iteration / (100 * n) });
        const found = search();
        expect(walk(problem, found.routes)).toEqual({ cost: found.cost, served: n - found.loss });
        expect(search()).toEqual(found);
      }),
      { numRuns: 40 },
    );
  });

  it("tells of each better plan, the last of them the one it gives", () => {
    const problem = createProblem(7, 60, 20, true);
    const fleet = readUniformFleet(problem) as UniformFleet;
    const told: number[] = [];
    const found = searchInPhases(problem, fleet, {
      rng: createRng(1),
      spent: (iteration) => iteration / 12_000,
      onImprovement: ({ cost }) => told.push(cost),
    });
    expect(found.loss).toBe(0);
    expect(told.at(-1)).toBe(found.cost);
    expect(found.iterations).toBeGreaterThanOrEqual(12_000);
  });

  it("breeds from the plans of another search too", () => {
    const problem = createProblem(3, 60, 20, true);
    const fleet = readUniformFleet(problem) as UniformFleet;
    const search = (iterations: number, crew?: SearchCrew) =>
      searchInPhases(problem, fleet, { rng: createRng(1), spent: (iteration) => iteration / iterations, crew });
    const long = search(60_000);
    expect(search(3000).cost).toBeGreaterThan(long.cost);
    const crew = new SearchCrew(60, 20, 2, 0);
    new SearchCrew(60, 20, 2, 1, crew.buffers).mail.post(long.routes);
    expect(search(3000, crew).cost).toBe(long.cost);
  });

  it("is for budgets that are long for the number of tasks", () => {
    const options = { rng: createRng(1), spent: () => 1 };
    expect(isWorthPhases(100, { ...options, expectedIterations: 200_000 })).toBe(true);
    expect(isWorthPhases(100, { ...options, expectedIterations: 40_000 })).toBe(false);
    expect(isWorthPhases(100, options)).toBe(false);
  });
});
