import * as fc from "fast-check";
import { expect, it } from "vitest";
import { RoutePool } from "./route-pool.ts";
import { toNext } from "./testing/pooled-routes.ts";
import { createProblem } from "./testing/random-fleet.ts";

it("keeps the cheapest order of each set of tasks for each group of vehicles", () => {
  const problem = createProblem(1, 40, 2, false);
  const drawn = fc.record({
    group: fc.nat(1),
    tasks: fc.uniqueArray(fc.nat(39), { minLength: 1, maxLength: 3 }),
    cost: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 60 }), fc.uniqueArray(fc.nat(39), { minLength: 30 }), (routes, served) => {
      const pool = new RoutePool(problem);
      const cheapest = new Map<string, number>();
      for (const { group, tasks, cost } of routes) {
        pool.add(group, toNext(tasks, 40), 40, cost);
        const key = `${group}:${tasks.toSorted((a, b) => a - b).join(",")}`;
        cheapest.set(key, Math.min(cost, cheapest.get(key) ?? Infinity));
      }
      const kept = pool.listWithin(Array.from({ length: 40 }, (_, task) => task));
      const keyOf = (one: { group: number; tasks: Int32Array }): string =>
        `${one.group}:${one.tasks.toSorted((a, b) => a - b).join(",")}`;
      expect(new Map(kept.map((one) => [keyOf(one), one.cost]))).toEqual(cheapest);
      expect(kept.length).toBe(cheapest.size);
      expect(pool.listWithin(served)).toEqual(kept.filter(({ tasks }) => tasks.every((task) => served.includes(task))));
    }),
  );
});

it("does not note a route without tasks", () => {
  const pool = new RoutePool(createProblem(1, 3, 1, false));
  pool.add(0, toNext([], 3), 3, 1);
  expect(pool.listWithin([0, 1, 2])).toEqual([]);
});
