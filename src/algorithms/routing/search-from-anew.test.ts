import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import type { SearchScore } from "./ruin-and-recreate.ts";
import { searchFromAnew } from "./search-from-anew.ts";
import { createProblem, walk } from "./testing/random-fleet.ts";
import { readUniformFleet } from "./uniform-fleet.ts";

it("ends whenever it is stopped, with the best plan that it told of", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(120), fc.boolean(), (seed, asked, isUniform) => {
      const problem = createProblem(seed, 14, 6, false);
      let times = 0;
      let told: SearchScore | undefined;
      const found = searchFromAnew(
        problem,
        isUniform ? readUniformFleet(problem) : undefined,
        {
          rng: createRng(seed),
          spent: (iteration) => (++times > asked ? 1 : iteration / 4000),
          onImprovement: (score) => (told = score),
        },
        { starts: 3, hasLast: true },
      );
      expect({ loss: found.loss, cost: found.cost }).toEqual({ loss: told?.loss, cost: told?.cost });
      expect(walk(problem, found.routes).cost).toBeCloseTo(found.cost, 6);
    }),
    { numRuns: 40 },
  );
});
