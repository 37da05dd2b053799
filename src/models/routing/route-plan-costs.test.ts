import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { solveRoute } from "./solve-route.ts";
import { drawDurations } from "./testing/draw-travel.ts";
import { forEachPlan, measureTour } from "./testing/for-each-plan.ts";
import { createLine, faultsOf } from "./testing/route-cases.ts";
import type { VroomSolution } from "./vroom-solution.ts";

const costOf = ({ summary }: VroomSolution): number =>
  summary.cost + (summary.stability?.cost ?? 0) + (summary.balance?.cost ?? 0);

interface Tiny {
  readonly vehicles: readonly { readonly id: number; readonly min_tasks: number; readonly steps: readonly object[] }[];
  readonly jobs: readonly { readonly id: number }[];
  readonly options: object;
  readonly matrices: object;
}

/** Up to five jobs and two or three vehicles, some of the jobs planned. */
function drawTiny(seed: number): Tiny {
  const rng = createRng(seed);
  const jobs = 2 + rng.nextInt(4);
  const vehicles = 2 + rng.nextInt(2);
  const durations = drawDurations(rng, jobs + 1, 50, 100);
  const homes = Array.from({ length: jobs }, () => rng.nextInt(vehicles + 1));
  return {
    vehicles: Array.from({ length: vehicles }, (_, at) => ({
      id: at,
      start_index: 0,
      end_index: 0,
      min_tasks: rng.nextInt(3),
      steps: homes.flatMap((home, id) => (home === at ? [{ type: "job", id }] : [])),
    })),
    jobs: Array.from({ length: jobs }, (_, at) => ({ id: at, location_index: at + 1 })),
    options: {
      stability_cost: rng.nextInt(150),
      reorder_cost: rng.nextInt(100),
      balance: { by: rng.next() < 0.5 ? "time" : "tasks", cost: rng.nextInt(3) },
    },
    matrices: { car: { durations } },
  };
}

/** The least cost of all plans that serve everything. */
function searchAll(problem: Tiny): number {
  let best = Number.POSITIVE_INFINITY;
  forEachPlan({ jobs: problem.jobs.length, vehicles: problem.vehicles.length, mayLeaveOut: false }, (routes) => {
    if (problem.vehicles.some(({ min_tasks }, at) => routes[at].length > 0 && routes[at].length < min_tasks)) return;
    best = Math.min(best, priceOf(problem, routes));
  });
  return best;
}

/** Counted from the words of the document alone. */
function priceOf({ vehicles, options, matrices }: Tiny, routes: readonly (readonly number[])[]): number {
  const { durations } = (matrices as { car: { durations: number[][] } }).car;
  const { stability_cost, reorder_cost, balance } = options as {
    stability_cost: number;
    reorder_cost: number;
    balance: { by: string; cost: number };
  };
  let cost = 0;
  let longest = 0;
  routes.forEach((route, vehicle) => {
    const travel = measureTour(durations, route);
    longest = Math.max(longest, balance.by === "time" ? travel : route.length);
    cost += travel;
    const planned = (vehicles[vehicle].steps as { id: number }[]).map(({ id }) => id);
    const elsewhere = vehicles.flatMap(({ steps }, at) =>
      at === vehicle ? [] : (steps as { id: number }[]).map(({ id }) => id),
    );
    cost += stability_cost * route.filter((job) => elsewhere.includes(job)).length;
    const kept = route.filter((job) => planned.includes(job));
    cost += reorder_cost * kept.filter((job, at) => at > 0 && job < kept[at - 1]).length;
  });
  return cost + balance.cost * longest;
}

describe("costs of a plan", () => {
  it("are as low as those of the best of all plans, for tiny problems", () => {
    let worse = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const problem = drawTiny(seed);
        const best = searchAll(problem);
        const solution = solveRoute(problem);
        expect(faultsOf(problem, solution)).toEqual([]);
        expect(solution.unassigned.length > 0).toBe(best === Number.POSITIVE_INFINITY);
        const gap = solution.unassigned.length > 0 ? 0 : costOf(solution) - best;
        expect(gap).toBeGreaterThanOrEqual(-1e-6);
        if (gap > 1e-6) worse++;
      }),
      { numRuns: 40, seed: 1 },
    );
    expect(worse).toBe(0);
  });

  it("change nothing where they are neutral", () => {
    const problem = drawTiny(3);
    const without = { ...problem, options: {}, vehicles: problem.vehicles.map((one) => ({ ...one, min_tasks: 0 })) };
    const options = { stability_cost: 0, reorder_cost: 0, balance: { cost: 0 } };
    const plain = solveRoute(without);
    const neutral = solveRoute({ ...without, options });
    expect(neutral.routes).toEqual(plain.routes);
    expect(neutral.summary).toMatchObject(plain.summary);
  });
});

describe("stability_cost", () => {
  const problem = (stability_cost: number, reorder_cost = 0): object => ({
    vehicles: [
      { id: 1, start_index: 0, end_index: 0, steps: [2, 1].map((id) => ({ type: "job", id })), max_tasks: 3 },
      { id: 2, start_index: 0, end_index: 0, steps: [{ type: "job", id: 3 }], max_tasks: 3 },
    ],
    jobs: [1, 2, 3, 4].map((id) => ({ id, location_index: id })),
    matrices: createLine(5),
    options: { stability_cost, reorder_cost },
  });

  it("keeps tasks on their vehicle where a change saves less, and reports what moves", () => {
    const stable = solveRoute(problem(1000));
    expect(stable.summary.stability).toEqual({ cost: 0, moved: [], reordered: [] });
    const free = solveRoute(problem(1));
    expect(free.summary.cost).toBeLessThan(stable.summary.cost);
    expect(free.summary.stability?.cost).toBe(free.summary.stability?.moved.length);
    expect(free.summary.stability?.moved[0]).toMatchObject({ type: "job" });
    const { summary } = free;
    const wrong = { ...free, summary: { ...summary, stability: { ...summary.stability, cost: 0 } } };
    expect(faultsOf(problem(1), wrong)[0]).toMatch("summary: cost of changes is stated as 0");
  });

  it("keeps their turns too where that is asked for", () => {
    const order = ({ routes }: VroomSolution): unknown[] =>
      routes[0].steps.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const free = (solution: VroomSolution): unknown[] => order(solution).filter((id) => id === 1 || id === 2);
    expect(free(solveRoute(problem(1000, 1000)))).toEqual([2, 1]);
  });

  it("is refused below zero", () => {
    expect(() => solveRoute(problem(-1))).toThrow("/options/stability_cost must be a number from 0");
  });
});

describe("balance", () => {
  const problem = (balance: object): object => ({
    vehicles: [1, 2].map((id) => ({ id, start_index: 0, end_index: 0 })),
    jobs: [1, 2, 3, 4].map((id) => ({ id, location_index: 1, service: 100 })),
    matrices: createLine(2),
    options: { balance },
  });

  it("shares tasks or time where the longest route costs more than the way of another", () => {
    const alone = solveRoute(problem({ by: "time", cost: 0.1 }));
    expect(alone.summary).toMatchObject({ routes: 1, balance: { by: "time", cost: 60, longest: 600, shortest: 600 } });
    const shared = solveRoute(problem({ cost: 2 }));
    expect(shared.summary).toMatchObject({
      routes: 2,
      balance: { by: "time", cost: 800, longest: 400, shortest: 400 },
    });
    const byTasks = solveRoute(problem({ by: "tasks", cost: 150 }));
    expect(byTasks.summary).toMatchObject({ routes: 2, balance: { by: "tasks", cost: 300, longest: 2, shortest: 2 } });
    expect(faultsOf(problem({ cost: 1 }), shared)).toContain(
      "summary: cost of balance is stated as 800 but comes to 400",
    );
  });

  it("is refused where it says nothing", () => {
    expect(() => solveRoute(problem({}))).toThrow("/options/balance/cost is required");
    expect(() => solveRoute(problem({ cost: 1, by: "load" }))).toThrow('/options/balance/by must be "time" or "tasks"');
  });
});

describe("min_tasks", () => {
  const problem = (min_tasks: number): { vehicles: object[]; jobs: object[]; matrices: object } => ({
    vehicles: [1, 2].map((id) => ({ id, start_index: 0, end_index: 0, min_tasks, max_tasks: 3 })),
    jobs: [1, 2, 3, 4].map((id) => ({ id, location_index: id })),
    matrices: createLine(5),
  });

  it("leaves no route with fewer, and tells why a task is left out", () => {
    const counts = ({ routes }: VroomSolution): number[] =>
      routes.map(({ steps }) => steps.length - 2).sort((a, b) => a - b);
    expect(counts(solveRoute(problem(2)))).toEqual([2, 2]);
    const tight = solveRoute(problem(3));
    expect(counts(tight)).toEqual([3]);
    expect(tight.unassigned).toMatchObject([{ reason: "min-tasks" }]);
    expect(faultsOf(problem(3), solveRoute(problem(2)))).toContain("vehicle 1: has 2 tasks of at least 3");
  });

  it("is a violation in plan mode, and does not hold for locked steps", () => {
    const given = problem(2);
    const vehicles = [{ ...given.vehicles[0], steps: [{ type: "job", id: 1 }] }];
    expect(solveRoute({ ...given, vehicles }, { isPlan: true }).summary.violations).toEqual([{ cause: "min_tasks" }]);
    const locked = { ...given, vehicles: [{ ...vehicles[0], locked_steps: 1, max_tasks: 1 }] };
    expect(solveRoute(locked).routes).toHaveLength(1);
  });
});
