import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { checkSolution } from "./check-solution.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import { solveRoute } from "./solve-route.ts";
import { drawDurations } from "./testing/draw-travel.ts";
import { createRandomVroomProblem } from "./testing/random-vroom-problem.ts";
import { addRandomRules } from "./testing/add-random-rules.ts";
import { createLine, faultsOf, orderOf } from "./testing/route-cases.ts";
import type { VroomSolution } from "./vroom-solution.ts";

interface LateProblem {
  readonly vehicles: object[];
  readonly jobs: object[];
  readonly matrices: object;
}

/** Two jobs on opposite sides of the depot, the far one due early. */
const problem = (late_cost_per_hour: number, more: object = {}): LateProblem => ({
  vehicles: [{ id: 1, start_index: 1, end_index: 1, ...more }],
  jobs: [
    { id: 1, location_index: 0, due: 100, late_cost_per_hour: 3600 },
    { id: 2, location_index: 4, due: 300, late_cost_per_hour },
  ],
  matrices: createLine(5),
});

describe("due and late_cost_per_hour", () => {
  it("decide the order by what lateness costs", () => {
    const near = solveRoute(problem(3600));
    expect(orderOf(near)).toEqual([1, 2]);
    expect(near.routes[0]?.steps[2]).toMatchObject({ arrival: 500, lateness: 200, lateness_cost: 200 });
    expect(near.routes[0]).toMatchObject({ lateness: 200, lateness_cost: 200, cost: 800 + 200 });
    expect(near.summary).toMatchObject({ lateness: 200, lateness_cost: 200, cost: 1000, violations: [] });
    const far = solveRoute(problem(36_000));
    expect(orderOf(far)).toEqual([2, 1]);
    expect(far.summary).toMatchObject({ lateness: 600, lateness_cost: 600 });
  });

  it("leave a route to leave late only as far as nothing gets later", () => {
    const last = { id: 3, location_index: 1, time_windows: [[2000, 2000]] };
    const given = problem(3600);
    const [start, first] = solveRoute({ ...given, jobs: [...given.jobs, last] }).routes[0]?.steps ?? [];
    expect(start?.arrival).toBe(0);
    expect(first).toMatchObject({ id: 1, arrival: 100, lateness: 0 });
    const free = given.jobs.map((job) => ({ ...job, late_cost_per_hour: 0 }));
    expect(solveRoute({ ...given, jobs: [...free, last] }).routes[0]?.steps[0]?.arrival).toBeGreaterThan(1000);
  });

  it("are told and minimised in plan mode, behind hard windows", () => {
    const steps = [{ type: "start" }, { type: "job", id: 2 }, { type: "job", id: 1 }, { type: "end" }];
    const timed = solveRoute({ ...problem(3600, { steps }), options: { c: true } });
    expect(timed.routes[0]?.steps.map(({ arrival }) => arrival)).toEqual([0, 300, 700, 800]);
    expect(timed.summary).toMatchObject({ lateness: 600, lateness_cost: 600, violations: [] });
    const late = solveRoute({ ...problem(3600, { steps, time_window: [50, 900] }), options: { c: true } });
    expect(late.summary).toMatchObject({ lateness: 700, lateness_cost: 700, violations: [] });
  });

  it("are counted anew by the checker", () => {
    const solution = solveRoute(problem(3600));
    const [route] = solution.routes as [VroomSolution["routes"][number]];
    const wrong = (change: object): readonly string[] =>
      faultsOf(problem(3600), { ...solution, routes: [{ ...route, ...change }] });
    expect(wrong({})).toEqual([]);
    expect(wrong({ lateness: 0 })).toContain("vehicle 1: lateness is stated as 0 but comes to 200");
    expect(wrong({ cost: 800 })).toContain("vehicle 1: cost is stated as 800 but comes to 1000");
    const steps = route.steps.map((step) => ({ ...step, lateness: 0 }));
    expect(wrong({ steps })).toContain("vehicle 1: job 2: lateness is stated as 0 but comes to 200");
  });

  it("are refused below zero, alone, and after the windows", () => {
    const refuse = (job: object): (() => unknown) => {
      const { jobs, ...rest } = problem(0);
      return () => solveRoute({ ...rest, jobs: [{ ...jobs[0], ...job }] });
    };
    expect(refuse({ late_cost_per_hour: -1 })).toThrow("/jobs/0/late_cost_per_hour must be a number from 0");
    expect(refuse({ due: undefined })).toThrow("/jobs/0/late_cost_per_hour needs due");
    expect(refuse({ due: -5 })).toThrow("/jobs/0/due must be a number from 0");
    expect(refuse({ time_windows: [[0, 50]] })).toThrow("/jobs/0/due is 100, after the last time window");
  });

  it("change nothing where they cost nothing", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const plain = addRandomRules(createRandomVroomProblem(seed), createRng(seed));
        const strip = (text: string): unknown =>
          JSON.parse(text, (key, value: unknown) => (/^(due|late)/.test(key) ? undefined : value));
        const cheap: unknown = JSON.parse(JSON.stringify(plain), (key, value: unknown) =>
          key === "late_cost_per_hour" ? 0 : value,
        );
        const without = solveRoute(strip(JSON.stringify(plain)), { iterations: 100, seed });
        const withDue = solveRoute(cheap, { iterations: 100, seed });
        expect(strip(JSON.stringify(withDue))).toEqual(without);
      }),
      { numRuns: 30 },
    );
  });

  // A search proves nothing; these seeds are fixed ones.
  it("make plans as cheap as the best of all orders", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 6 }), (seed, count) => {
        const rng = createRng(seed);
        const durations = drawDurations(rng, count + 1, 100, 500);
        const jobs = Array.from({ length: count }, (_, at) => ({
          id: at,
          location_index: at + 1,
          service: rng.nextInt(100),
          due: rng.nextInt(1500),
          late_cost_per_hour: 3600 * rng.nextInt(4),
          ...(rng.next() < 0.3 ? { time_windows: [[rng.nextInt(1500), 9000]] } : {}),
        }));
        const given = { vehicles: [{ id: 1, start_index: 0, end_index: 0 }], jobs, matrices: { car: { durations } } };
        const solution = solveRoute(given);
        expect(faultsOf(given, solution)).toEqual([]);
        expect(solution.summary.cost).toBe(cheapest(0, 0, new Set(jobs)));

        function cheapest(from: number, time: number, left: ReadonlySet<(typeof jobs)[number]>): number {
          if (left.size === 0) return durations[from][0];
          return Math.min(
            ...[...left].map((job) => {
              const to = job.location_index;
              const begin = Math.max(time + durations[from][to], job.time_windows?.[0][0] ?? 0);
              const late = (Math.max(0, begin - job.due) * job.late_cost_per_hour) / 3600;
              const rest = new Set([...left].filter((one) => one !== job));
              return durations[from][to] + late + cheapest(to, begin + job.service, rest);
            }),
          );
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it("read what was solved: the checker's cost is the answer's", () => {
    const solution = solveRoute(problem(3600));
    expect(checkSolution(parseVroomProblem(problem(3600)), solution)).toMatchObject({ faults: [], cost: 1000 });
  });
});
