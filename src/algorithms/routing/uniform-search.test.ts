import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { solveFleet } from "./solve-fleet.ts";
import { anyFleetShape, createProblem, walk } from "./testing/random-fleet.ts";
import { readUniformFleet } from "./uniform-fleet.ts";

describe("searchUniform", () => {
  it("keeps loads and windows, states the cost of its routes, and repeats itself", () => {
    fc.assert(
      fc.property(anyFleetShape(40, 12), ({ seed, nTasks: n, nVehicles: v, isTimed }) => {
        const problem = createProblem(seed, n, v, isTimed);
        expect(readUniformFleet(problem)).toMatchObject(isTimed ? { nTasks: n } : { isTimed: false });
        const search = () => solveFleet(problem, { rng: createRng(seed), spent: (iteration) => iteration / 300 });
        const found = search();
        expect(walk(problem, found.routes)).toEqual({ cost: found.cost, served: n - found.loss });
        expect(search()).toEqual(found);
      }),
      { numRuns: 60 },
    );
  });

  it("leaves problems with more to them to the general search", () => {
    const problem = createProblem(1, 5, 2, true);
    expect(readUniformFleet({ ...problem, mate: Int32Array.of(1, 0, -1, -1, -1) })).toBeUndefined();
    expect(readUniformFleet({ ...problem, capacity: Float64Array.of(10, 20) })).toBeUndefined();
    expect(readUniformFleet({ ...problem, maxTasks: Int32Array.of(3, 3) })).toBeUndefined();
  });
});
