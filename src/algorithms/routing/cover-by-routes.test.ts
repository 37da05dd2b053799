import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createRng, type Rng } from "../../core/rng.ts";
import { coverByRoutes } from "./cover-by-routes.ts";
import { priceTasks } from "./price-tasks.ts";
import { type PooledRoute, RoutePool } from "./route-pool.ts";
import type { FoundRoutes } from "./ruin-and-recreate.ts";
import { toNext } from "./testing/pooled-routes.ts";
import { createProblem, walk } from "./testing/random-fleet.ts";

const TASKS = 7;
const VEHICLES = 4;
const ALL = Array.from({ length: TASKS }, (_, task) => task);

function drawPool(rng: Rng): RoutePool {
  const pool = new RoutePool(createProblem(1, TASKS, VEHICLES, false));
  for (let k = 0; k < 30; k++) {
    const tasks = ALL.filter(() => rng.next() < 0.4);
    pool.add(0, toNext(tasks, TASKS), TASKS, 5 + rng.nextInt(10) + 3 * tasks.length);
  }
  return pool;
}

/** The least cost of a choice of routes that serves these tasks once, by trying all; Infinity without one. */
function coverByTrying(routes: readonly PooledRoute[], tasks: readonly number[], vehicles: number): number {
  if (tasks.length === 0) return 0;
  if (vehicles === 0) return Infinity;
  const costs = routes
    .filter((one) => one.tasks.includes(tasks[0]) && one.tasks.every((task) => tasks.includes(task)))
    .map(
      (one) =>
        one.cost +
        coverByTrying(
          routes,
          tasks.filter((task) => !one.tasks.includes(task)),
          vehicles - 1,
        ),
    );
  return Math.min(Infinity, ...costs);
}

const knownPlan = (cost: number): FoundRoutes => ({ loss: 0, cost, routes: [Int32Array.from(ALL)] });

it("finds the cheapest choice of routes that serves every task once, and only one that is cheaper than the known plan", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const pool = drawPool(createRng(seed));
      const least = coverByTrying(pool.listWithin(ALL), ALL, VEHICLES);
      const found = coverByRoutes(pool, knownPlan(1000)) ?? { cost: Infinity, routes: [Int32Array.from(ALL)] };
      expect(found.cost).toBe(least);
      expect(found.routes.flatMap((tasks) => [...tasks]).toSorted((a, b) => a - b)).toEqual(ALL);
      expect(coverByRoutes(pool, knownPlan(least === Infinity ? 1000 : least))).toBeUndefined();
    }),
  );
});

it("leaves out what the known plan leaves out", () => {
  const pool = new RoutePool(createProblem(1, TASKS, VEHICLES, false));
  for (const tasks of [
    [0, 1],
    [2, 3],
    [0, 1, 2, 3, 4],
  ])
    pool.add(0, toNext(tasks, TASKS), TASKS, 10 * tasks.length);
  const found = coverByRoutes(pool, { loss: 3, cost: 50, routes: [Int32Array.of(0, 2), Int32Array.of(1, 3)] });
  expect(found).toMatchObject({ loss: 3, cost: 40 });
  expect(found?.routes.filter((tasks) => tasks.length > 0).map((tasks) => [...tasks])).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

it("bounds every choice of routes from below", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const routes = drawPool(createRng(seed)).listWithin(ALL);
      const least = coverByTrying(routes, ALL, VEHICLES);
      fc.pre(least < Infinity);
      const first = new Float64Array(TASKS).fill(least / TASKS);
      const { bound, reduced, least: unused, price } = priceTasks(routes, Int32Array.of(VEHICLES), first, 1000);
      expect(bound).toBeLessThanOrEqual(least + 1e-9);
      expect(bound).toBeCloseTo(price.reduce((sum, one) => sum + one, 0) + VEHICLES * unused[0], 9);
      routes.forEach((one, at) =>
        expect(reduced[at]).toBeCloseTo(
          one.tasks.reduce((left, task) => left - price[task], one.cost),
          9,
        ),
      );
    }),
  );
});

it("lets another vehicle drive a route where that is cheaper", () => {
  const problem = { ...createProblem(3, 3, 2, false), fixedCost: Float64Array.of(500, 20) };
  const tasks = [0, 1, 2];
  const { cost: way } = walk(problem, [Int32Array.from(tasks)]);
  const pool = new RoutePool(problem);
  pool.add(0, toNext(tasks, 3), 3, way + 500);
  const known = { loss: 0, cost: way + 500, routes: [Int32Array.from(tasks), new Int32Array(0)] };
  expect(coverByRoutes(pool, known)).toEqual({
    loss: 0,
    cost: way + 20,
    routes: [new Int32Array(0), Int32Array.from(tasks)],
  });
});
