import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { maxIterations } from "../../core/stop.ts";
import { comparePlans, createDraftPlan, setRoute, type DraftPlan } from "./draft-plan.ts";
import { improvePlanInPlace } from "./improve-plan.ts";
import { insertJobsInPlace } from "./insert-jobs.ts";
import { isRouteFeasible } from "./is-route-feasible.ts";
import { UNLIMITED, type RoutingProblem } from "./routing-problem.ts";
import { shakePlan } from "./shake-plan.ts";
import { solveExactly } from "./solve-exactly.ts";
import { solveRoutes } from "./solve-routes.ts";
import { createRandomProblem } from "./testing/random-problem.ts";

const numRuns = process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 1000 : 40;
const freely = maxIterations(100_000);
const context = (seed = 1, rounds = 20) => ({ rng: createRng(seed), stop: maxIterations(rounds) });

/** The best single-vehicle plan by trying every order of every subset. */
function bruteForce(problem: RoutingProblem): DraftPlan {
  let best = createDraftPlan(problem);
  const extend = (order: readonly number[]): void => {
    if (order.length > 0 && isRouteFeasible(problem, 0, order)) {
      const plan = createDraftPlan(problem);
      setRoute(plan, 0, [...order]);
      plan.unassigned = plan.unassigned.filter((job) => !order.includes(job));
      if (comparePlans(plan, best) < 0) best = plan;
    }
    for (let job = 0; job < problem.jobs.length; job++) if (!order.includes(job)) extend([...order, job]);
  };
  extend([]);
  return best;
}

function toDraft(problem: RoutingProblem, routes: readonly (readonly number[])[]): DraftPlan {
  const plan = createDraftPlan(problem);
  routes.forEach((order, vehicle) => setRoute(plan, vehicle, [...order]));
  plan.unassigned = plan.unassigned.filter((job) => !routes.flat().includes(job));
  return plan;
}

function priceOf(plan: DraftPlan): number {
  return plan.costs.reduce((sum, cost) => sum + cost, 0);
}

describe("small vehicle routing", () => {
  it("drives a line out and back", () => {
    // Nodes 0..3 on a line, 10 apart; the depot is node 0. Best is 0 1 2 3 0 (or back), cost 60.
    const durations = Float64Array.from({ length: 16 }, (_, cell) => 10 * Math.abs((cell >> 2) - (cell % 4)));
    const job = (node: number) => ({
      node,
      setup: 0,
      service: 5,
      delivery: [],
      pickup: [],
      skills: [],
      priority: 0,
      windows: [UNLIMITED],
    });
    const vehicle = {
      startNode: 0,
      endNode: 0,
      capacity: [],
      skills: [],
      window: UNLIMITED,
      fixedCost: 0,
      maxTasks: 9,
      maxTravel: Number.POSITIVE_INFINITY,
      maxDistance: Number.POSITIVE_INFINITY,
      durations,
      distances: durations,
      costs: durations,
    };
    const problem = { nodeCount: 4, dimensionCount: 0, jobs: [job(2), job(3), job(1)], vehicles: [vehicle] };
    const [schedule] = solveRoutes(problem, context()).schedules;
    expect(schedule).toMatchObject({ startTime: 0, endTime: 75, travel: 60, cost: 60 });
    expect(schedule.stops.map((stop) => stop.arrival).sort((a, b) => a - b)).toHaveLength(3);
  });

  it("is exact for one vehicle and few jobs: no order of any subset is better", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 6 }), fc.boolean(), (seed, jobs, isConstrained) => {
        const problem = createRandomProblem(seed, { jobs, vehicles: 1, isConstrained });
        const exact = toDraft(problem, solveExactly(problem).routes);
        const brute = bruteForce(problem);
        expect(isRouteFeasible(problem, 0, exact.routes[0])).toBe(true);
        expect(exact.unassigned.length).toBe(brute.unassigned.length);
        expect(priceOf(exact)).toBeCloseTo(priceOf(brute), 6);
      }),
      { numRuns },
    );
  });

  it("gives correct answers with every job served or named, whatever the problem", () => {
    // solveRoutes throws when the independent checker finds a fault.
    const shape = fc.record({
      jobs: fc.integer({ min: 0, max: 14 }),
      vehicles: fc.integer({ min: 1, max: 4 }),
      isConstrained: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.nat(), shape, (seed, shape) => {
        const problem = createRandomProblem(seed, shape);
        const answer = solveRoutes(problem, context(seed));
        expect(solveRoutes(problem, context(seed))).toEqual(answer);
        expect(shape.isConstrained || answer.unassigned.length === 0).toBe(true);
      }),
      { numRuns },
    );
  });

  it("never ends worse than it was constructed, and keeps every route feasible", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 3 }), (seed, depth) => {
        const problem = createRandomProblem(seed, { jobs: 12, vehicles: 3, isConstrained: true });
        const built = createDraftPlan(problem);
        insertJobsInPlace(built, depth);
        const improved = toDraft(problem, built.routes);
        improvePlanInPlace(improved, freely);
        expect(comparePlans(improved, built)).toBeLessThanOrEqual(0);
        improved.routes.forEach((order, vehicle) => expect(isRouteFeasible(problem, vehicle, order)).toBe(true));
      }),
      { numRuns },
    );
  });

  it("never gets worse by shaking", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const problem = createRandomProblem(seed, { jobs: 15, vehicles: 2, isConstrained: true });
      const built = createDraftPlan(problem);
      insertJobsInPlace(built, 2);
      const before = toDraft(problem, built.routes);
      const shaken = shakePlan(built, createRng(seed), maxIterations(30));
      expect(comparePlans(shaken, before)).toBeLessThanOrEqual(0);
      expect(toDraft(problem, built.routes)).toEqual(before);
    }
  });

  it("comes close to the optimum by search alone", () => {
    let [searched, exact] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const problem = createRandomProblem(seed, { jobs: 8, vehicles: 1, isConstrained: false });
      const plan = createDraftPlan(problem);
      insertJobsInPlace(plan, 2);
      improvePlanInPlace(plan, freely);
      searched += priceOf(plan);
      exact += priceOf(toDraft(problem, solveExactly(problem).routes));
    }
    expect(searched).toBeGreaterThanOrEqual(exact);
    expect(searched / exact).toBeLessThan(1.02);
  });

  it("refuses matrices of another size by name", () => {
    const problem = createRandomProblem(1, { jobs: 2, vehicles: 1, isConstrained: false });
    const vehicles = [{ ...problem.vehicles[0], costs: new Float64Array(3) }];
    expect(() => solveRoutes({ ...problem, vehicles }, context())).toThrow("vehicles[0].costs has 3 cells, not 16");
  });
});
