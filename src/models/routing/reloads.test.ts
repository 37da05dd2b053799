import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { solveRoute } from "./solve-route.ts";
import { drawPlane } from "./testing/draw-travel.ts";
import { createLine, faultsOf } from "./testing/route-cases.ts";
import type { VroomSolution } from "./vroom-solution.ts";

const stepsOf = ({ routes: [route] }: VroomSolution): string[] =>
  (route?.steps ?? []).map(({ type, id, load }) => `${type} ${id ?? ""} [${load?.join(",") ?? ""}]`.replace("  ", " "));

interface Tiny {
  readonly vehicle: {
    readonly id: number;
    readonly capacity: readonly number[];
    readonly max_trips: number;
    readonly start_index: number;
    readonly end_index: number;
    readonly reloads: readonly { readonly id: number; readonly location_index: number; readonly service: number }[];
  };
  readonly jobs: readonly {
    readonly id: number;
    readonly location_index: number;
    readonly delivery: readonly number[];
    readonly pickup: readonly number[];
  }[];
  readonly durations: readonly (readonly number[])[];
}

/** Up to five jobs, one small van, one or two places to reload. */
function drawTiny(seed: number): Tiny {
  const rng = createRng(seed);
  const jobs = 2 + rng.nextInt(4);
  const size = jobs + 2;
  const durations = drawPlane(rng, size, 200, Math.ceil);
  return {
    vehicle: {
      id: 1,
      capacity: [3],
      max_trips: 2 + rng.nextInt(3),
      start_index: 0,
      end_index: 0,
      reloads: [0, size - 1].slice(rng.nextInt(2)).map((location_index, id) => ({ id, location_index, service: 10 })),
    },
    jobs: Array.from({ length: jobs }, (_, at) => ({
      id: at,
      location_index: at + 1,
      delivery: [rng.nextInt(4)],
      pickup: [rng.nextInt(3)],
    })),
    durations,
  };
}

/** Most jobs first, then least travel, over all orders of all subsets and all places of reloads. */
function searchAll({ vehicle, jobs, durations }: Tiny): { served: number; cost: number } {
  const most = vehicle.capacity[0];
  let best = { served: 0, cost: 0 };
  const visit = (
    at: number,
    travel: number,
    left: readonly Tiny["jobs"][number][],
    trip: readonly Tiny["jobs"][number][],
    trips: number,
  ): void => {
    if (!fits(trip, most)) return;
    const served = jobs.length - left.length;
    const cost = travel + durations[at][vehicle.end_index];
    if (served > best.served || (served === best.served && cost < best.cost)) best = { served, cost };
    for (const job of left) {
      const rest = left.filter((one) => one !== job);
      const to = job.location_index;
      visit(to, travel + durations[at][to], rest, [...trip, job], trips);
      if (trip.length === 0 || trips === vehicle.max_trips) continue;
      for (const { location_index: via } of vehicle.reloads)
        visit(to, travel + durations[at][via] + durations[via][to], rest, [job], trips + 1);
    }
  };
  visit(vehicle.start_index, 0, jobs, [], 1);
  return best;
}

function fits(trip: readonly Tiny["jobs"][number][], most: number): boolean {
  let load = trip.reduce((sum, { delivery }) => sum + delivery[0], 0);
  return load <= most && trip.every(({ delivery, pickup }) => (load += pickup[0] - delivery[0]) <= most);
}

describe("reloads", () => {
  it("serve as much, as cheaply, as the best of all plans, for tiny problems", () => {
    let worse = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const tiny = drawTiny(seed);
        const problem = { vehicles: [tiny.vehicle], jobs: tiny.jobs, matrices: { car: { durations: tiny.durations } } };
        const best = searchAll(tiny);
        const solution = solveRoute(problem);
        expect(faultsOf(problem, solution)).toEqual([]);
        const served = tiny.jobs.length - solution.summary.unassigned;
        expect(served).toBeLessThanOrEqual(best.served);
        if (served < best.served || solution.summary.cost > best.cost) worse++;
      }),
      { numRuns: 40, seed: 1 },
    );
    expect(worse).toBe(0);
  });

  const problem = (more: object, jobs: object[] = []): { vehicles: object[]; jobs: object[]; matrices: object } => ({
    vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [2], ...more }],
    jobs: [1, 2, 3].map((id): object => ({ id, location_index: id, delivery: [1], pickup: [1] })).concat(jobs),
    matrices: createLine(6),
  });

  it("empty and fill the vehicle at its start, and nobody reloads for nothing", () => {
    const solution = solveRoute(problem({ max_trips: 2 }));
    expect(solution.unassigned).toEqual([]);
    expect(solution.summary.cost).toBe(800);
    const steps = stepsOf(solution);
    expect(steps.filter((step) => step.startsWith("reload 0"))).toHaveLength(1);
    expect(steps[0]).toMatch(/start \[[12]\]/);
    expect(solution.routes[0]).toMatchObject({ delivery: [3], pickup: [3] });
    const wide = solveRoute(problem({ max_trips: 5, capacity: [3] }));
    expect(stepsOf(wide)).toHaveLength(5);
    expect(wide.summary.cost).toBe(600);
    expect(solveRoute(problem({ max_trips: 1 }))).toEqual(solveRoute(problem({})));
    expect(solveRoute(problem({})).unassigned).toHaveLength(1);
  });

  it("take time at a place of their own, within its hours", () => {
    const reloads = [{ id: 4, location_index: 2, service: 50, time_windows: [[1000, 2000]], description: "hub" }];
    const solution = solveRoute(problem({ max_trips: 2, reloads }));
    expect(solution.unassigned).toEqual([]);
    const reload = solution.routes[0].steps.find(({ type }) => type === "reload");
    expect(reload).toMatchObject({ id: 4, service: 50, location_index: 2, description: "hub" });
    expect((reload?.arrival ?? 0) + (reload?.waiting_time ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(solution.routes[0].service).toBe(50);
    const closed = problem({ max_trips: 2, reloads: [{ ...reloads[0], time_windows: [[0, 10]] }] });
    expect(solveRoute(closed).unassigned).toHaveLength(1);
    expect(faultsOf(closed, solution).join()).toMatch("reload 4: begins at");
  });

  it("leave shipments on board", () => {
    const shipment = {
      ...problem({
        max_trips: 3,
        capacity: [2],
        steps: ["pickup 9", "job 1", "reload 0", "job 2", "delivery 9"].map((name) => ({
          type: name.split(" ")[0],
          id: Number(name.split(" ")[1]),
        })),
      }),
      shipments: [{ amount: [1], pickup: { id: 9, location_index: 1 }, delivery: { id: 9, location_index: 4 } }],
    };
    const timed = solveRoute(shipment, { isPlan: true });
    expect(timed.summary.violations).toEqual([]);
    expect(stepsOf(timed).map((step) => /\[(\d)\]/.exec(step)?.[1])).toEqual(["1", "2", "2", "2", "2", "1", "1"]);
    const solution = solveRoute(shipment);
    expect(solution.unassigned).toEqual([]);
    expect(faultsOf(shipment, solution)).toEqual([]);
  });

  it("are violations beyond the trips in plan mode, and faults to the checker", () => {
    const steps = ["job 1", "reload 0", "job 2", "reload 0", "job 3"].map((name) => ({
      type: name.split(" ")[0],
      id: Number(name.split(" ")[1]),
    }));
    const plan = problem({ max_trips: 2, steps });
    const timed = solveRoute(plan, { isPlan: true });
    expect(timed.summary.violations).toEqual([{ cause: "max_trips" }]);
    expect(faultsOf(plan, timed)).toContain("vehicle 1: makes 3 trips of 2");
  });

  it("stay where they are locked", () => {
    const steps = ["job 1", "reload 0", "job 2"].map((name) => ({
      type: name.split(" ")[0],
      id: Number(name.split(" ")[1]),
    }));
    const locked = problem({ max_trips: 2, capacity: [3], steps, locked_steps: 2 });
    const solution = solveRoute(locked);
    const names = solution.routes[0].steps.map(({ type, id }) => `${type} ${id}`);
    expect(names.slice(1, 4)).toEqual(["job 1", "reload 0", "job 2"]);
    const free = solveRoute(problem({ max_trips: 2, capacity: [3] }));
    expect(faultsOf(locked, free).join()).toMatch(/locked/);
  });

  it("are refused where they say too little", () => {
    expect(() => solveRoute(problem({ reloads: [{ id: 1, location_index: 0 }] }))).toThrow(
      "/vehicles/0/max_trips must be above 1",
    );
    expect(() => solveRoute(problem({ max_trips: 2, start_index: undefined }))).toThrow(
      "/vehicles/0/reloads are required",
    );
    expect(() => solveRoute(problem({ max_trips: 2, reloads: [{ id: 1 }] }))).toThrow(
      "/vehicles/0/reloads/0/location or",
    );
  });
});
