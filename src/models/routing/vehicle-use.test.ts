import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { solveRoute } from "./solve-route.ts";
import { drawDurations } from "./testing/draw-travel.ts";
import { forEachPlan, measureTour } from "./testing/for-each-plan.ts";
import { createLine, faultsOf, pointersOf } from "./testing/route-cases.ts";
import type { VroomSolution } from "./vroom-solution.ts";

interface UseProblem {
  readonly vehicles: object[];
  readonly jobs: object[];
  readonly matrices: object;
  readonly options: object;
}

/** Vehicles with room for one job each, and as many jobs, on a line. */
const problem = (options: object, more: object = {}, vehicles = 3): UseProblem => ({
  vehicles: Array.from({ length: vehicles }, (_, at) => ({ id: at + 1, start_index: 0, end_index: 0, ...more })),
  jobs: [1, 2, 3].map((id) => ({ id, location_index: id, priority: id })),
  matrices: createLine(4),
  options,
});
/** Every vehicle with one job of its own as its steps. */
const withSteps = (given: { vehicles: object[] }, more: object = {}): object => ({
  ...given,
  vehicles: given.vehicles.map((vehicle, at) => ({ ...vehicle, steps: [{ type: "job", id: at + 1 }], ...more })),
});

describe("max_vehicles", () => {
  const one = { max_tasks: 1 };

  it("bounds the routes, and says that there was no room for the rest", () => {
    const solution = solveRoute(problem({ max_vehicles: 2 }, one));
    expect(solution.summary.routes).toBe(2);
    expect(solution.unassigned).toMatchObject([{ id: 1, reason: "no-room" }]);
    expect(faultsOf(problem({ max_vehicles: 1 }, one), solution)).toContain("has 2 routes of 1");
  });

  it("is a violation in plan mode, and holds for the order to start from", () => {
    const given = withSteps(problem({ max_vehicles: 2 }, one));
    expect(solveRoute(given, { isPlan: true }).summary.violations).toEqual([{ cause: "max_vehicles" }]);
    expect(solveRoute(given).summary.routes).toBe(2);
  });

  it("is refused below one, and below the vehicles with locked steps", () => {
    expect(pointersOf(problem({ max_vehicles: 0 }))[0]).toMatch("/options/max_vehicles must be a number from 1");
    expect(pointersOf(withSteps(problem({ max_vehicles: 1 }), { locked_steps: 1 }))).toEqual([
      "/options/max_vehicles is 1, but 3 vehicles have locked steps",
    ]);
  });
});

describe("min_vehicles", () => {
  it("spreads the work over so many routes, though fewer were cheaper", () => {
    expect(solveRoute(problem({})).summary).toMatchObject({ routes: 1, cost: 600 });
    const two = solveRoute(problem({ min_vehicles: 2 }));
    // One of them goes to the next stop only.
    expect(two.summary).toMatchObject({ routes: 2, cost: 800, missing_vehicles: 0, violations: [] });
    expect(solveRoute(problem({ min_vehicles: 3 })).summary).toMatchObject({ routes: 3, cost: 1200 });
    expect(solveRoute(problem({ min_vehicles: 2, max_vehicles: 2 })).summary).toMatchObject({ routes: 2, cost: 800 });
  });

  it("says how many are missing where there are fewer tasks than that, and leaves no task out for it", () => {
    const few = problem({ min_vehicles: 5 }, {}, 6);
    const solution = solveRoute(few);
    expect(solution.unassigned).toEqual([]);
    expect(solution.summary).toMatchObject({ routes: 3, missing_vehicles: 2, violations: [] });
    const { summary } = solution;
    expect(faultsOf(few, { ...solution, summary: { ...summary, missing_vehicles: 0 } })).toEqual([
      "summary: missing_vehicles is stated as 0 but comes to 2",
    ]);
    // Whoever is used serves two: a second route would leave a job out.
    const pairs = solveRoute(problem({ min_vehicles: 2 }, { min_tasks: 2 }));
    expect(pairs.unassigned).toEqual([]);
    expect(pairs.summary).toMatchObject({ routes: 1, missing_vehicles: 1 });
  });

  it("also begins routes where everything is planned already, around locked steps and with what must follow", () => {
    const { vehicles, ...rest } = problem({ min_vehicles: 3 });
    const steps = [1, 2, 3].map((id) => ({ type: "job", id }));
    const warm = { ...rest, vehicles: vehicles.map((vehicle, at) => (at === 0 ? { ...vehicle, steps } : vehicle)) };
    expect(solveRoute(warm).summary.routes).toBe(3);
    const locked = {
      ...rest,
      vehicles: vehicles.map((vehicle, at) => (at === 0 ? { ...vehicle, steps, locked_steps: 2 } : vehicle)),
    };
    expect(solveRoute(locked).summary).toMatchObject({ routes: 2, missing_vehicles: 1, unassigned: 0 });
    const jobs = [[], [1], [], [3]].map((after, at) => ({ id: at + 1, location_index: at % 4, after }));
    expect(solveRoute({ ...problem({ min_vehicles: 2 }), jobs }).summary).toMatchObject({ routes: 2, unassigned: 0 });
  });

  it("is a violation in plan mode", () => {
    const { vehicles, ...rest } = problem({ min_vehicles: 2 });
    const steps = [{ type: "job", id: 1 }];
    const timed = solveRoute({ ...rest, vehicles: [{ ...vehicles[0], steps }, vehicles[1]] }, { isPlan: true });
    expect(timed.summary).toMatchObject({ missing_vehicles: 1, violations: [{ cause: "min_vehicles" }] });
  });

  it("is refused where it cannot be meant", () => {
    expect(pointersOf(problem({ min_vehicles: 0 }))[0]).toMatch("/options/min_vehicles must be a number from 1");
    expect(pointersOf(problem({ min_vehicles: 1.5 }))).toEqual(["/options/min_vehicles must be a whole number"]);
    expect(pointersOf(problem({ min_vehicles: 4 }))).toEqual(["/options/min_vehicles is 4, but there are 3 vehicles"]);
    expect(pointersOf(problem({ min_vehicles: 3, max_vehicles: 2 }))).toEqual([
      "/options/min_vehicles is 3, but max_vehicles is 2",
    ]);
  });
});

/** Up to five jobs and four vehicles that differ, some jobs for some of them alone. */
function drawTiny(seed: number) {
  const rng = createRng(seed);
  const jobs = 1 + rng.nextInt(5);
  const vehicles = 2 + rng.nextInt(3);
  const max = 1 + rng.nextInt(vehicles);
  return {
    vehicles: Array.from({ length: vehicles }, (_, id) => ({
      id,
      start_index: 0,
      end_index: 0,
      min_tasks: rng.nextInt(3),
      max_tasks: 1 + rng.nextInt(4),
      skills: rng.next() < 0.5 ? [1] : [],
      costs: { fixed: rng.nextInt(3) * 100 },
    })),
    jobs: Array.from({ length: jobs }, (_, id) => ({
      id,
      location_index: id + 1,
      skills: rng.next() < 0.3 ? [1] : [],
    })),
    options: { min_vehicles: 1 + rng.nextInt(max), max_vehicles: max },
    matrices: { car: { durations: drawDurations(rng, jobs + 1, 50, 100) } },
  };
}

/** Jobs left out, routes missing, cost: the first that differs decides. */
type Rank = readonly [number, number, number];

function searchAll({ vehicles, jobs, options, matrices }: ReturnType<typeof drawTiny>): Rank {
  let best: Rank = [Infinity, 0, 0];
  forEachPlan({ jobs: jobs.length, vehicles: vehicles.length, mayLeaveOut: true }, (routes) => {
    const used = routes.filter((route) => route.length > 0).length;
    if (used > options.max_vehicles) return;
    let cost = 0;
    let served = 0;
    for (const [at, route] of routes.entries()) {
      if (route.length === 0) continue;
      const { min_tasks, max_tasks, skills, costs } = vehicles[at];
      if (route.length < min_tasks || route.length > max_tasks) return;
      if (route.some((job) => jobs[job].skills.length > skills.length)) return;
      cost += costs.fixed + measureTour(matrices.car.durations, route);
      served += route.length;
    }
    const rank: Rank = [jobs.length - served, Math.max(0, options.min_vehicles - used), cost];
    if (compare(rank, best) < 0) best = rank;
  });
  return best;
}

function compare(a: Rank, b: Rank): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function rankOf({ summary }: VroomSolution): Rank {
  return [summary.unassigned, summary.missing_vehicles ?? 0, summary.cost];
}

describe("min_vehicles and max_vehicles", () => {
  it("give as good a plan as the best of all, for tiny problems", () => {
    let worse = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const tiny = drawTiny(seed);
        const solution = solveRoute(tiny);
        expect(faultsOf(tiny, solution)).toEqual([]);
        const gap = compare(rankOf(solution), searchAll(tiny));
        expect(gap).toBeGreaterThanOrEqual(0);
        if (gap > 0) worse++;
      }),
      { numRuns: 60, seed: 1 },
    );
    expect(worse).toBe(0);
  });
});
