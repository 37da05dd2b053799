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

  it("finds places for a pickup and its delivery, and prices slots for either", () => {
    const shipment = {
      amount: [1],
      pickup: { id: 9, location_index: 2, service: 10 },
      delivery: { id: 9, location_index: 4 },
    };
    const ask = (more: object = {}) => proposeSlots({ problem: plan, shipment, ...more });
    const step = (type: string, id: number): object => ({ type, id });
    expect(ask()[0]?.proposals).toEqual([
      // Collected on the way to node 3, brought to node 4 from there: 200 s more.
      {
        vehicle: 1,
        position: 1,
        begin: 200,
        delivery: { position: 2, begin: 410 },
        marginal_cost: 200,
        marginal_duration: 200,
        steps: [step("job", 1), step("pickup", 9), step("job", 2), step("delivery", 9)],
      },
      {
        vehicle: 2,
        position: 0,
        begin: 200,
        delivery: { position: 0, begin: 410 },
        marginal_cost: 850,
        marginal_duration: 800,
        steps: [step("pickup", 9), step("delivery", 9)],
      },
    ]);
    const brought = ask({
      slots: [
        [0, 409],
        [600, 700],
      ],
    });
    expect(brought.map(({ proposals }) => proposals.length)).toEqual([0, 2]);
    expect(brought[1]?.proposals[0]?.delivery?.begin).toBe(600);
    const collected = ask({
      slots: [
        [0, 100],
        [300, 400],
      ],
      slots_of: "pickup",
    });
    expect(collected.map(({ proposals }) => proposals.length)).toEqual([0, 2]);
    expect(collected[1]?.proposals[0]?.begin).toBeGreaterThanOrEqual(300);
    expect(ask({ shipment: { ...shipment, amount: [3] } })).toEqual([{ slot: null, proposals: [] }]);
  });

  it("counts what is set up once at one place", () => {
    // A task in front of another at its place spares the other its setup: two stops at node 3 set up once.
    const costs = { per_task_hour: 3600 };
    const vehicles = [
      {
        ...plan.vehicles[0],
        costs,
        steps: [
          { type: "job", id: 1 },
          { type: "job", id: 2 },
        ],
      },
    ];
    const jobs = plan.jobs.map((one) => ({ ...one, setup: 40 }));
    const job = { id: 9, location_index: 3, setup: 40, service: 5 };
    expect(proposeSlots({ problem: { ...plan, vehicles, jobs }, job })[0]?.proposals).toMatchObject([
      { vehicle: 1, marginal_cost: 5, marginal_duration: 0 },
    ]);
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
    expect(pointersOf({ problem: plan })).toEqual(["/job"]);
    expect(pointersOf({ problem: plan, job, shipment: {} })).toEqual(["/shipment"]);
    expect(pointersOf({ problem: plan, job, slots_of: "pickup" })).toEqual(["/slots_of"]);
    const half = { id: 9, location_index: 7 };
    expect(pointersOf({ problem: plan, shipment: { pickup: half, delivery: { ...half, location_index: 1 } } })).toEqual(
      ["/shipment/pickup/location_index"],
    );
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

/** A running plan of two vehicles, in half of the cases with reloads, in half with traffic, and a job and a shipment to come. */
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
  const { delivery: _none, ...pickup } = jobOf(99);
  const { delivery: amount, ...delivery } = jobOf(99);
  const ride = rng.next() < 0.5 ? { max_ride_time: 1500 } : {};
  return {
    running,
    orders: { job: { job: jobOf(99) }, shipment: { shipment: { pickup, delivery, amount, ...ride } } },
  };
}

type Drawn = ReturnType<typeof drawRunning>;

/** The running plan with the order on board and the steps of a vehicle as they would be: its cost and what the checker finds. */
function promiseIn({ running, orders }: Drawn, kind: keyof Drawn["orders"], vehicle: number, steps: readonly Step[]) {
  const vehicles = running.vehicles.map((one) => (one.id === vehicle ? { ...one, steps } : one));
  const order =
    kind === "job" ? { jobs: [...running.jobs, orders.job.job] } : { shipments: [orders.shipment.shipment] };
  const promised = { ...running, vehicles, ...order };
  const solution = solveRoute(promised, { isPlan: true });
  return { cost: costOf(solution), faults: faultsOf(promised, solution) };
}

/** Every way to put the order into steps. */
function listAll(kind: keyof Drawn["orders"], given: readonly Step[]): Step[][] {
  const places = Array.from({ length: given.length + 1 }, (_, at) => at);
  if (kind === "job") return places.map((place) => given.toSpliced(place, 0, { type: "job", id: 99 }));
  return places.flatMap((first) =>
    places
      .slice(first)
      .map((last) =>
        given.toSpliced(last, 0, { type: "delivery", id: 99 }).toSpliced(first, 0, { type: "pickup", id: 99 }),
      ),
  );
}

describe.each(["job", "shipment"] as const)("proposals for a %s", (kind) => {
  it("promise only what the checker accepts, at the cost they state", () => {
    let reloads = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const drawn = drawRunning(seed);
        const { running, orders } = drawn;
        const before = costOf(solveRoute(running, { isPlan: true }));
        for (const proposal of proposeSlots({ problem: running, ...orders[kind] })[0]?.proposals ?? []) {
          const { vehicle, position, begin, delivery, marginal_cost } = proposal;
          const given = running.vehicles.find(({ id }) => id === vehicle)?.steps ?? [];
          const steps = proposal.steps ?? given.toSpliced(position, 0, { type: "job", id: 99 });
          const { cost, faults } = promiseIn(drawn, kind, vehicle, steps);
          expect(faults).toEqual([]);
          expect(cost - before).toBeCloseTo(marginal_cost, 6);
          expect(begin).toBeGreaterThanOrEqual(0);
          const own = steps.filter(({ type }) => type !== "reload").findIndex(({ id }) => id === 99);
          expect(position).toBe(own);
          const last = steps.filter(({ type }) => type !== "reload").findLastIndex(({ id }) => id === 99);
          expect(delivery?.position).toBe(kind === "job" ? undefined : last - 1);
          expect(delivery?.begin ?? begin).toBeGreaterThanOrEqual(begin);
          if (steps.length > given.length + (kind === "job" ? 1 : 2)) reloads++;
        }
      }),
      { numRuns: kind === "job" ? 60 : 30, seed: 1 },
    );
    // Shipments seldom need one: they stay on board.
    expect(reloads).toBeGreaterThanOrEqual(kind === "job" ? 1 : 0);
  });

  it("are the cheapest of all places, with and without a reload", { timeout: 60_000 }, () => {
    let found = 0;
    fc.assert(
      fc.property(fc.nat(), (half) => {
        // Without traffic, in which places are compared by a few starts.
        const drawn = drawRunning(2 * half + 1);
        const { running, orders } = drawn;
        const before = costOf(solveRoute(running, { isPlan: true }));
        const proposals = proposeSlots({ problem: running, ...orders[kind] })[0]?.proposals ?? [];
        for (const { id, steps: given, ...vehicle } of running.vehicles) {
          let best = Infinity;
          const attempt = (steps: readonly Step[]): void => {
            const { cost, faults } = promiseIn(drawn, kind, id, steps);
            if (faults.length === 0) best = Math.min(best, cost - before);
          };
          for (const steps of listAll(kind, given)) {
            attempt(steps);
            const last = "max_trips" in vehicle ? steps.length : 0;
            for (let at = 1; at < last; at++) attempt(steps.toSpliced(at, 0, { type: "reload", id: 0 }));
          }
          const cost = proposals.find((one) => one.vehicle === id)?.marginal_cost ?? Infinity;
          expect(cost === best ? 0 : cost - best).toBeCloseTo(0, 6);
          if (best < Infinity) found++;
        }
      }),
      { numRuns: kind === "job" ? 20 : 8, seed: 1 },
    );
    expect(found).toBeGreaterThan(kind === "job" ? 10 : 5);
  });
});
