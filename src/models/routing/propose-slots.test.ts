import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { proposeSlots } from "./propose-slots.ts";
import { solveRoute } from "./solve-route.ts";
import { faultsOf } from "./testing/route-cases.ts";
import type { VroomSolution } from "./vroom-solution.ts";

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

  it("offers no vehicle beyond the most, and first one that the plan has too few", () => {
    const job = { id: 9, location_index: 2 };
    const vehiclesOf = (options: object): number[] =>
      (proposeSlots({ problem: { ...plan, options }, job })[0]?.proposals ?? []).map(({ vehicle }) => vehicle);
    expect(vehiclesOf({ max_vehicles: 1 })).toEqual([1]);
    expect(vehiclesOf({ max_vehicles: 2 })).toEqual([1, 2]);
    expect(vehiclesOf({ min_vehicles: 2 })).toEqual([2, 1]);
  });

  it("counts what the longest route costs more", () => {
    const job = { id: 9, location_index: 2, service: 50 };
    const priceOf = (balance: object): number[] =>
      (proposeSlots({ problem: { ...plan, options: { balance } }, job })[0]?.proposals ?? []).map(
        ({ marginal_cost }) => marginal_cost,
      );
    // On its way a vehicle works 50 s longer; a second route of 450 s is shorter than the longest, of 600 s.
    expect(priceOf({ by: "time", cost: 2 })).toEqual([100, 450]);
    expect(priceOf({ by: "time", cost: 20 })).toEqual([450, 1000]);
    expect(priceOf({ by: "tasks", cost: 500 })).toEqual([450, 500]);
  });

  it("sets in a reload where the load asks for one", () => {
    const job = { id: 9, location_index: 1, delivery: [2] };
    const [van] = plan.vehicles;
    const reloads = [{ id: 7, location_index: 2, service: 10 }];
    const ask = (vehicle: object) => proposeSlots({ problem: { ...plan, vehicles: [vehicle] }, job })[0]?.proposals;
    expect(ask({ ...van })).toEqual([]);
    // After job 1 and job 2 it reloads on its way home.
    const steps = ["job 1", "job 2", "reload 7", "job 9"].map((name) => ({
      type: name.split(" ")[0],
      id: Number(name.split(" ")[1]),
    }));
    expect(ask({ ...van, max_trips: 2, reloads })).toEqual([
      { vehicle: 1, position: 2, begin: 510, marginal_cost: 0, marginal_duration: 0, steps },
    ]);
    // The same with the reload as it was planned.
    expect(ask({ ...van, max_trips: 2, reloads, steps: steps.slice(0, 3) })).toMatchObject([{ position: 2, steps }]);
  });
});

type Step = { readonly type: string; readonly id: number };

const costOf = ({ summary }: VroomSolution): number =>
  summary.cost + (summary.stability?.cost ?? 0) + (summary.balance?.cost ?? 0);

/** A running plan of two vehicles, in half of the cases with reloads, in half with traffic, and a job to come. */
function drawRunning(seed: number) {
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
  const balance = { by: rng.next() < 0.5 ? "time" : "tasks", cost: rng.nextInt(3) };
  const problem = {
    vehicles: [1, 2].map((id) => ({
      id,
      start: [0.1, 0.1],
      end: [0.1, 0.1],
      capacity: [3 + rng.nextInt(4)],
      time_window: [0, 9000],
      ...(rng.next() < 0.5 ? { max_trips: 3 } : {}),
    })),
    jobs: Array.from({ length: 6 }, (_, at) => jobOf(at)),
    options: { stability_cost: 100, reorder_cost: 10, ...(rng.next() < 0.5 ? { balance } : {}) },
    ...(seed % 2 === 0 ? { traffic: { car: [{ from: 1000, to: 3000, factor: 2 }] } } : {}),
  };
  const { routes } = solveRoute(problem, { iterations: 64 });
  const stepsOf = (vehicle: number): Step[] =>
    (routes.find((route) => route.vehicle === vehicle)?.steps ?? []).flatMap(({ type, id }) =>
      id === undefined ? [] : [{ type, id }],
    );
  const vehicles = problem.vehicles.map((vehicle) => ({ ...vehicle, steps: stepsOf(vehicle.id) }));
  const served = new Set(
    vehicles.flatMap(({ steps }) => steps.flatMap(({ type, id }) => (type === "job" ? [id] : []))),
  );
  const running = { ...problem, vehicles, jobs: problem.jobs.filter(({ id }) => served.has(id)) };
  return { running, job: jobOf(99) };
}

describe("proposals", () => {
  const promiseIn =
    ({ running, job }: ReturnType<typeof drawRunning>) =>
    (vehicle: number, steps: readonly Step[]) => {
      const vehicles = running.vehicles.map((one) => (one.id === vehicle ? { ...one, steps } : one));
      const promised = { ...running, vehicles, jobs: [...running.jobs, job] };
      const solution = solveRoute(promised, { isPlan: true });
      return { cost: costOf(solution), faults: faultsOf(promised, solution) };
    };
  const own = { type: "job", id: 99 };

  it("promise only what the checker accepts, at the cost they state", () => {
    let reloads = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const drawn = drawRunning(seed);
        const { running, job } = drawn;
        const before = costOf(solveRoute(running, { isPlan: true }));
        const promise = promiseIn(drawn);
        for (const proposal of proposeSlots({ problem: running, job })[0]?.proposals ?? []) {
          const { vehicle, position, begin, marginal_cost } = proposal;
          const given = running.vehicles.find(({ id }) => id === vehicle)?.steps ?? [];
          const steps = proposal.steps ?? given.toSpliced(position, 0, own);
          const { cost, faults } = promise(vehicle, steps);
          expect(faults).toEqual([]);
          expect(cost - before).toBeCloseTo(marginal_cost, 6);
          expect(begin).toBeGreaterThanOrEqual(0);
          if (steps.length > given.length + 1) reloads++;
        }
      }),
      { numRuns: 60, seed: 1 },
    );
    expect(reloads).toBeGreaterThan(0);
  });

  it("are the cheapest of all places, with and without a reload", () => {
    fc.assert(
      fc.property(fc.nat(), (half) => {
        // Without traffic, in which places are compared by a few starts.
        const drawn = drawRunning(2 * half + 1);
        const { running, job } = drawn;
        const before = costOf(solveRoute(running, { isPlan: true }));
        const promise = promiseIn(drawn);
        const found = proposeSlots({ problem: running, job })[0]?.proposals ?? [];
        for (const { id, steps: given, ...vehicle } of running.vehicles) {
          let best = Infinity;
          const attempt = (steps: readonly Step[]): void => {
            const { cost, faults } = promise(id, steps);
            if (faults.length === 0) best = Math.min(best, cost - before);
          };
          const lastReload = "max_trips" in vehicle ? given.length + 1 : 0;
          for (let place = 0; place <= given.length; place++) {
            const steps = given.toSpliced(place, 0, own);
            attempt(steps);
            for (let at = 1; at < lastReload; at++) attempt(steps.toSpliced(at, 0, { type: "reload", id: 0 }));
          }
          const cost = found.find((one) => one.vehicle === id)?.marginal_cost ?? Infinity;
          expect(cost === best ? 0 : cost - best).toBeCloseTo(0, 6);
        }
      }),
      { numRuns: 20, seed: 1 },
    );
  });
});
