import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { solveRoute } from "./solve-route.ts";
import { drawPlane } from "./testing/draw-travel.ts";
import { createLine, faultsOf } from "./testing/route-cases.ts";
import type { VroomSolution } from "./vroom-solution.ts";

const stepsOf = ({ routes: [route] }: VroomSolution): string[] =>
  (route?.steps ?? []).map(({ type, id, load }) => `${type} ${id ?? ""} [${load?.join(",") ?? ""}]`.replace("  ", " "));

/** What a stop adds to the load: what was loaded for it leaves, what it gives stays to the end of the trip, a parcel to its delivery. */
interface TinyStop {
  readonly name: string;
  readonly place: number;
  readonly delivery: number;
  readonly pickup: number;
  readonly parcel: number;
  /** The stop that must come before it. */
  readonly behind?: string;
}

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
  readonly shipments: readonly {
    readonly amount: readonly number[];
    readonly pickup: { readonly id: number; readonly location_index: number };
    readonly delivery: { readonly id: number; readonly location_index: number };
  }[];
  readonly durations: readonly (readonly number[])[];
}

/** Up to five stops, some of them of shipments where there may be any, one small van, one or two places to reload. */
function drawTiny(seed: number, mostShipments: number): Tiny {
  const rng = createRng(seed);
  const stops = 2 + rng.nextInt(4);
  const shipments = Math.min(mostShipments, stops > 4 ? 1 + rng.nextInt(2) : stops > 2 ? 1 : 0);
  const jobs = stops - 2 * shipments;
  const size = stops + 2;
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
    shipments: Array.from({ length: shipments }, (_, at) => ({
      amount: [1 + rng.nextInt(3)],
      pickup: { id: at, location_index: jobs + 2 * at + 1 },
      delivery: { id: at, location_index: jobs + 2 * at + 2 },
    })),
    durations,
  };
}

function listStops({ jobs, shipments }: Tiny): TinyStop[] {
  return [
    ...jobs.map(({ id, location_index, delivery, pickup }) => ({
      name: `job ${id}`,
      place: location_index,
      delivery: delivery[0],
      pickup: pickup[0],
      parcel: 0,
    })),
    ...shipments.flatMap(({ amount, pickup, delivery }) => {
      const [name, nothing] = [`pickup ${pickup.id}`, { delivery: 0, pickup: 0 }];
      return [
        { ...nothing, name, place: pickup.location_index, parcel: amount[0] },
        { ...nothing, name: "delivery", place: delivery.location_index, parcel: -amount[0], behind: name },
      ];
    }),
  ];
}

/** Most stops first, then least travel, over all orders of all subsets and all places of reloads. */
function searchAll(tiny: Tiny): { served: number; cost: number } {
  const { vehicle, durations } = tiny;
  const stops = listStops(tiny);
  const most = vehicle.capacity[0];
  let best = { served: 0, cost: 0 };
  const visit = (travel: number, left: readonly TinyStop[], trips: readonly (readonly TinyStop[])[]): void => {
    if (!fits(trips, most)) return;
    const trip = trips.at(-1) as readonly TinyStop[];
    const at = (trip.at(-1) ?? trips.at(-2)?.at(-1))?.place ?? vehicle.start_index;
    const served = stops.length - left.length;
    const cost = travel + durations[at][vehicle.end_index];
    const isWhole = !left.some(({ behind }) => behind !== undefined && !left.some(({ name }) => name === behind));
    if (isWhole && (served > best.served || (served === best.served && cost < best.cost))) best = { served, cost };
    for (const stop of left) {
      if (left.some(({ name }) => name === stop.behind)) continue;
      const rest = left.filter((one) => one !== stop);
      visit(travel + durations[at][stop.place], rest, [...trips.slice(0, -1), [...trip, stop]]);
      if (trip.length === 0 || trips.length === vehicle.max_trips) continue;
      for (const { location_index: via } of vehicle.reloads)
        visit(travel + durations[at][via] + durations[via][stop.place], rest, [...trips, [stop]]);
    }
  };
  visit(0, stops, [[]]);
  return best;
}

/** Jobs load and unload trip by trip, parcels stay on board between them. */
function fits(trips: readonly (readonly TinyStop[])[], most: number): boolean {
  let parcels = 0;
  return trips.every((trip) => {
    let load = trip.reduce((sum, { delivery }) => sum + delivery, 0);
    return (
      load + parcels <= most &&
      trip.every(({ delivery, pickup, parcel }) => {
        load += pickup - delivery;
        parcels += parcel;
        return load + parcels <= most;
      })
    );
  });
}

describe("reloads", () => {
  for (const mostShipments of [0, 2]) {
    const what = mostShipments > 0 ? "with shipments" : "of jobs";
    it(`serve as much, as cheaply, as the best of all plans, for tiny problems ${what}`, { timeout: 120_000 }, () => {
      let worse = 0;
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const tiny = drawTiny(seed, mostShipments);
          const { vehicle, jobs, shipments, durations } = tiny;
          const problem = { vehicles: [vehicle], jobs, shipments, matrices: { car: { durations } } };
          const best = searchAll(tiny);
          const solution = solveRoute(problem);
          expect(faultsOf(problem, solution)).toEqual([]);
          const served = listStops(tiny).length - solution.summary.unassigned;
          expect(served).toBeLessThanOrEqual(best.served);
          if (served < best.served || solution.summary.cost > best.cost) worse++;
        }),
        { numRuns: 80, seed: 1 },
      );
      expect(worse).toBe(0);
    });
  }

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

  it("are set in for a shipment too where returns on board leave no room for it", () => {
    // The job is locked, so that nothing but the shipment can ask for a reload.
    const given = {
      vehicles: [
        { id: 1, start_index: 0, end_index: 0, capacity: [2], locked_steps: 1, steps: [{ type: "job", id: 1 }] },
      ],
      jobs: [{ id: 1, location_index: 1, pickup: [2] }],
      shipments: [{ amount: [1], pickup: { id: 9, location_index: 2 }, delivery: { id: 9, location_index: 3 } }],
      matrices: createLine(4),
    };
    expect(solveRoute(given).unassigned).toMatchObject([{ reason: "no-room" }, { reason: "no-room" }]);
    const often = { ...given, vehicles: given.vehicles.map((vehicle) => ({ ...vehicle, max_trips: 2 })) };
    const solution = solveRoute(often);
    expect(faultsOf(often, solution)).toEqual([]);
    expect(stepsOf(solution).slice(1, -1)).toEqual(["job 1 [2]", "reload 0 [0]", "pickup 9 [1]", "delivery 9 [0]"]);
    expect(solution.summary.cost).toBe(200 + 600);
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
