import * as fc from "fast-check";
import { expect, it } from "vitest";
import { routeCost, spliceDelta } from "./route-cost.ts";
import { createRandomProblem } from "./testing/random-problem.ts";

it("prices a change of a route like pricing the route before and after it", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(6), fc.nat(6), fc.nat(6), fc.nat(3), (seed, length, cut, removed, added) => {
      const problem = createRandomProblem(seed, { jobs: 10, vehicles: 1, isConstrained: true });
      const order = Array.from({ length }, (_, job) => job);
      const at = Math.min(cut, length);
      const removeCount = Math.min(removed, length - at);
      const segment = Array.from({ length: added }, (_, job) => 7 + job);
      const after = routeCost(problem, 0, order.toSpliced(at, removeCount, ...segment));
      const delta = spliceDelta(problem, 0, order, at, removeCount, segment);
      expect(delta).toBeCloseTo(after - routeCost(problem, 0, order), 6);
    }),
  );
});
