import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { checkSolution } from "./check-solution.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import { proposeSlots } from "./propose-slots.ts";
import { solveRoute } from "./solve-route.ts";

/** Nodes on a line, 100 s apart; the depot is node 0. */
const durations = Array.from({ length: 5 }, (_, from) =>
  Array.from({ length: 5 }, (_, to) => 100 * Math.abs(from - to)),
);
const plan = {
  vehicles: [
    {
      id: 1,
      start_index: 0,
      end_index: 0,
      capacity: [2],
      steps: [
        { type: "job", id: 1 },
        { type: "job", id: 2 },
      ],
    },
    { id: 2, start_index: 0, end_index: 0, capacity: [2], costs: { fixed: 50 } },
  ],
  jobs: [
    { id: 1, location_index: 1, delivery: [1] },
    { id: 2, location_index: 3, pickup: [1], time_windows: [[300, 500]] },
  ],
  matrices: { car: { durations } },
};

describe("proposeSlots", () => {
  it("finds the cheapest place on every vehicle, the unused one with its fixed cost", () => {
    const [{ slot, proposals } = { slot: undefined, proposals: [] }] = proposeSlots({
      problem: plan,
      job: { id: 9, location_index: 2, delivery: [1] },
    });
    expect(slot).toBeNull();
    expect(proposals).toEqual([
      // On the way from node 1 to node 3, or back; the first of equals.
      { vehicle: 1, position: 1, begin: 200, marginal_cost: 0, marginal_duration: 0 },
      { vehicle: 2, position: 0, begin: 200, marginal_cost: 450, marginal_duration: 400 },
    ]);
  });

  it("prices slots one by one, and says nothing fits where nothing does", () => {
    const job = { id: 9, location_index: 4, delivery: [1] };
    const slots = [
      [0, 399],
      [400, 600],
    ] as const;
    const [early, late] = proposeSlots({ problem: plan, job, slots });
    expect(early?.proposals).toEqual([]);
    // Before job 2 it would come too late there only if it waited: 0 → 1 → 4 is 400, back to 3 is 500.
    expect(late?.proposals[0]).toEqual({
      vehicle: 1,
      position: 1,
      begin: 400,
      marginal_cost: 200,
      marginal_duration: 200,
    });
    const heavy = proposeSlots({ problem: plan, job: { ...job, delivery: [3] } });
    expect(heavy).toEqual([{ slot: null, proposals: [] }]);
  });

  it("tells a fault where the request has it", () => {
    const pointersOf = (request: Parameters<typeof proposeSlots>[0]): string[] => {
      try {
        proposeSlots(request);
        return [];
      } catch (error) {
        return (error as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
      }
    };
    expect(pointersOf({ problem: plan, job: { id: 2, location_index: 1 } })).toEqual(["/job/id"]);
    expect(pointersOf({ problem: plan, job: { id: 9, location_index: 7 } })).toEqual(["/job/location_index"]);
    const job = { id: 9, location_index: 1 };
    expect(pointersOf({ problem: plan, job, slots: [[5, 1]] })).toEqual(["/slots/0"]);
    expect(pointersOf({ problem: { ...plan, vehicles: [] }, job: { id: 9, location_index: 1 } })).toContain(
      "/problem/vehicles",
    );
  });

  it("promises only what the checker accepts, at the cost it states", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const rng = createRng(seed);
        const jobOf = (id: number) => {
          const opens = rng.nextInt(4000);
          return {
            id,
            location: [rng.next() * 0.2, rng.next() * 0.2],
            service: rng.nextInt(200),
            delivery: [rng.nextInt(3)],
            ...(rng.next() < 0.3 ? { due: opens, late_cost_per_hour: 1000 } : {}),
            ...(rng.next() < 0.5 ? { time_windows: [[opens, opens + 2000]] } : {}),
          };
        };
        const problem = {
          vehicles: [1, 2].map((id) => ({
            id,
            start: [0.1, 0.1],
            end: [0.1, 0.1],
            capacity: [6],
            time_window: [0, 9000],
          })),
          jobs: Array.from({ length: 6 }, (_, at) => jobOf(at)),
          ...(seed % 2 === 0 ? { traffic: { car: [{ from: 1000, to: 3000, factor: 2 }] } } : {}),
        };
        const before = solveRoute(problem, { iterations: 64 });
        const served = new Set(before.routes.flatMap(({ steps }) => steps.map(({ id }) => id)));
        const stepsOf = (vehicle: number) =>
          (before.routes.find((route) => route.vehicle === vehicle)?.steps ?? []).flatMap(({ type, id }) =>
            type === "job" ? [{ type, id }] : [],
          );
        const running = {
          vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, steps: stepsOf(vehicle.id) })),
          jobs: problem.jobs.filter(({ id }) => served.has(id)),
          ...(problem.traffic === undefined ? {} : { traffic: problem.traffic }),
        };
        const job = jobOf(99);
        for (const { vehicle, position, begin, marginal_cost } of proposeSlots({ problem: running, job })[0]
          ?.proposals ?? []) {
          const promised = {
            ...running,
            jobs: [...running.jobs, job],
            options: { c: true },
            vehicles: running.vehicles.map((one) =>
              one.id === vehicle ? { ...one, steps: one.steps.toSpliced(position, 0, { type: "job", id: 99 }) } : one,
            ),
          };
          const after = solveRoute(promised);
          expect(checkSolution(parseVroomProblem(promised), after).faults).toEqual([]);
          expect(after.summary.cost - before.summary.cost).toBe(marginal_cost);
          expect(begin).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 40 },
    );
  });
});
