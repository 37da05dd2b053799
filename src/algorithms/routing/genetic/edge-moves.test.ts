import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { anyFleetShape, createProblem } from "../testing/random-fleet.ts";
import { readUniformFleet, type UniformFleet } from "../uniform-fleet.ts";
import { listUniformNeighbours } from "../uniform-neighbours.ts";
import { EdgeMoves } from "./edge-moves.ts";
import { insertCheapest } from "./insert-cheapest.ts";
import { PenalisedPlan } from "./penalised-plan.ts";

const PENALTIES = { load: 3, lateness: 2 };

/** What the routes cost with penalties, walked stop by stop: who comes late goes back to the close of the window. */
function priceByWalking(fleet: UniformFleet, routes: readonly Int32Array[]): number {
  const { stride, depot, cost, time, opens, closes, service, demand, capacity } = fleet;
  let sum = 0;
  for (const route of routes) {
    if (route.length === 0) continue;
    let [at, clock, load, late] = [depot, opens[depot], 0, 0];
    for (const node of [...route, depot]) {
      sum += cost[at * stride + node];
      clock = Math.max(clock + time[at * stride + node], opens[node]);
      late += Math.max(0, clock - closes[node]);
      clock = Math.min(clock, closes[node]) + service[node];
      load += node === depot ? 0 : demand[node];
      at = node;
    }
    sum += PENALTIES.lateness * (fleet.isTimed ? late : 0) + PENALTIES.load * Math.max(0, load - capacity);
  }
  return sum;
}

/** A problem whose ways there and back differ. */
function createFleet(seed: number, nTasks: number, nVehicles: number, isTimed: boolean): UniformFleet {
  const problem = createProblem(seed, nTasks, nVehicles, isTimed);
  const rng = createRng(seed);
  const legs = problem.costs[0].map((leg) => (leg === 0 ? 0 : leg + rng.nextInt(20)));
  return readUniformFleet({ ...problem, costs: [legs], durations: [legs], distances: [legs] }) as UniformFleet;
}

function price(plan: PenalisedPlan): number {
  return plan.totalCost() + plan.penalty.reduce((sum, one) => sum + one, 0);
}

describe("EdgeMoves", () => {
  it("never makes a plan dearer, leaves no task out, and knows what its routes break", () => {
    fc.assert(
      fc.property(anyFleetShape(40, 12), ({ seed, nTasks: n, nVehicles: v, isTimed }) => {
        const fleet = createFleet(seed, n, v, isTimed);
        const rng = createRng(seed);
        const plan = new PenalisedPlan(fleet, Math.min(v, n), PENALTIES);
        const laid = Array.from({ length: plan.nRoutes }, (): number[] => []);
        for (let task = 0; task < n; task++) laid[rng.nextInt(plan.nRoutes)].push(task);
        plan.lay(laid);
        const before = price(plan);
        expect(before).toBeCloseTo(priceByWalking(fleet, plan.readRoutes()), 6);
        const { before: near, count } = listUniformNeighbours(fleet, 20, 1);
        new EdgeMoves(plan, near, count, rng).run();
        const routes = plan.readRoutes();
        expect(price(plan)).toBeCloseTo(priceByWalking(fleet, routes), 6);
        expect(price(plan)).toBeLessThanOrEqual(before);
        expect(routes.flatMap((route) => [...route]).toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: n }, (_, task) => task),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("finds nothing more where it has just been", () => {
    const fleet = createFleet(5, 60, 15, true);
    const plan = new PenalisedPlan(fleet, 15, PENALTIES);
    plan.lay([]);
    for (let task = 0; task < 60; task++) insertCheapest(plan, task);
    const { before, count } = listUniformNeighbours(fleet, 20, 1);
    const moves = new EdgeMoves(plan, before, count, createRng(1));
    moves.run();
    const settled = price(plan);
    moves.run();
    expect(price(plan)).toBe(settled);
  });
});
