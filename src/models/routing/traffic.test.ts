import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { ruinAndRecreate } from "../../algorithms/routing/ruin-and-recreate.ts";
import { createTrafficDay } from "../../algorithms/routing/traffic.ts";
import type { FleetRules } from "../../algorithms/routing/fleet-problem.ts";
import { buildFleetProblem } from "./build-fleet-problem.ts";
import { coverTravel } from "./cover-travel.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import { solveRoute } from "./solve-route.ts";
import { addRandomRules } from "./testing/add-random-rules.ts";
import { drawDurations } from "./testing/draw-travel.ts";
import { createRandomVroomProblem } from "./testing/random-vroom-problem.ts";
import { createLine, faultsOf, orderOf } from "./testing/route-cases.ts";

const RUSH = [{ from: 7 * 3600, to: 9 * 3600, factor: 2 }];

const trip = (traffic: unknown, window: readonly [number, number], more: object = {}): object => ({
  vehicles: [{ id: 1, start_index: 0, end_index: 0, time_window: [7 * 3600, 20 * 3600], ...more }],
  jobs: [{ id: 1, location_index: 1, time_windows: [window] }],
  matrices: { car: { durations: [[0, 3600], [3600, 0]] } }, // prettier-ignore
  ...(traffic === undefined ? {} : { traffic: { car: traffic } }),
});

describe("traffic", () => {
  it("makes travel longer for as long as it lasts", () => {
    const until = (hour: number): object => ({ time_window: [7 * 3600, hour * 3600] });
    const { routes, summary } = solveRoute(trip(RUSH, [0, 20 * 3600], until(10)));
    // The way out takes twice as long, on the way back the rush is over.
    expect(routes[0]?.steps.map(({ arrival }) => arrival)).toEqual([25_200, 32_400, 36_000]);
    expect(summary).toMatchObject({ duration: 7200 + 3600, cost: 7200 + 3600 });
    const between = solveRoute(trip([{ from: 27_000, to: 28_800, factor: 3 }], [0, 20 * 3600], until(9.5)));
    expect(between.routes[0]?.steps[1]?.arrival).toBe(25_200 + 1800 + 1800 + 1200);
  });

  it("makes a vehicle leave earlier for a window, and leaves it out where it cannot", () => {
    const late = solveRoute(trip(RUSH, [9 * 3600, 9 * 3600]));
    expect(late.routes[0]?.steps[0]?.arrival).toBe(7 * 3600);
    expect(late.summary.duration).toBe(7200 + 3600);
    const { unassigned } = solveRoute(trip(RUSH, [8 * 3600, 8.5 * 3600]));
    expect(unassigned).toMatchObject([{ id: 1, reason: "time", nearest_miss: { violations: [{ duration: 1800 }] } }]);
    const limited = trip(RUSH, [0, 20 * 3600], { max_travel_time: 10_799, time_window: [7 * 3600, 10 * 3600] });
    expect(solveRoute(limited).unassigned).toMatchObject([{ id: 1, reason: "max-travel" }]);
  });

  it("is avoided by leaving before it or after it, as far as nothing else costs more", () => {
    const startOf = (problem: object): unknown => solveRoute(problem).routes[0]?.steps[0]?.arrival;
    expect(startOf(trip(RUSH, [0, 20 * 3600]))).toBe(9 * 3600);
    expect(startOf(trip(RUSH, [0, 20 * 3600], { max_travel_time: 7200 }))).toBe(9 * 3600);
    expect(startOf(trip(RUSH, [9 * 3600, 9 * 3600], { time_window: [0, 20 * 3600] }))).toBe(6 * 3600);
    const due = (late_cost_per_hour: number, more: object = {}): object => {
      const given = trip(RUSH, [0, 20 * 3600], more) as { jobs: object[] };
      return { ...given, jobs: [{ ...given.jobs[0], due: 8 * 3600, late_cost_per_hour }] };
    };
    expect(startOf(due(1800))).toBe(9 * 3600);
    expect(startOf(due(7200))).toBe(7 * 3600);
    const plan = (perHour: number): object => ({
      ...due(perHour, { steps: [{ type: "job", id: 1 }] }),
      options: { c: true },
    });
    expect(startOf(plan(1800))).toBe(9 * 3600);
    expect(startOf(plan(7200))).toBe(7 * 3600);
  });

  it("lets no more of a leg be behind at a break than the leg is long", () => {
    const rest = { id: 1, time_windows: [[8.5 * 3600, 8.5 * 3600]], service: 600 };
    const given = trip(RUSH, [0, 20 * 3600], {
      time_window: [7 * 3600, 10.5 * 3600],
      max_distance: 60_000,
      breaks: [rest],
    });
    const matrices = { car: { durations: [[0, 3600], [3600, 0]], distances: [[0, 30_000], [30_000, 0]] } }; // prettier-ignore
    const [route] = solveRoute({ ...given, matrices }).routes;
    expect(route?.violations).toEqual([]);
    // The break comes after 40 of the 90 minutes that the way out takes, begun at 7:50.
    expect(route?.steps.map(({ type, distance }) => [type, distance])).toEqual([
      ["start", 0],
      ["break", 13_333],
      ["job", 30_000],
      ["end", 60_000],
    ]);
  });

  it("goes first where the rush will be", () => {
    const town = {
      vehicles: [{ id: 1, start_index: 0, end_index: 0, time_window: [0, 80_000] }],
      jobs: [1, 2].map((id) => ({ id, location_index: 3 * id, service: 2000, due: 0, late_cost_per_hour: 60 * id })),
      matrices: createLine(7),
      traffic: { car: [{ from: 2500, to: 20_000, factor: 4 }] },
    };
    const solution = solveRoute(town);
    expect(faultsOf(town, solution)).toEqual([]);
    expect(orderOf(solution)).toHaveLength(2);
    const reversed = {
      ...town,
      vehicles: [
        {
          ...town.vehicles[0],
          steps: orderOf(solution)
            .toReversed()
            .map((id) => ({ type: "job", id })),
        },
      ],
      options: { c: true },
    };
    expect(solveRoute(reversed).summary.cost).toBeGreaterThan(solution.summary.cost);
  });

  it("changes nothing where every factor is 1", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const plain = createRandomVroomProblem(seed);
        const traffic = { car: [{ from: 0, to: 86_400, factor: 1 }] };
        const options = { iterations: 60, seed };
        expect(solveRoute({ ...plain, traffic }, options)).toEqual(solveRoute(plain, options));
      }),
      { numRuns: 20 },
    );
  });

  it("finds the plan of the plain search where the day is all alike", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const drawn = createRandomVroomProblem(seed);
        const vehicles = drawn.vehicles.map(({ speed_factor: _speed, breaks: _breaks, ...vehicle }) => vehicle);
        const plain = buildFleetProblem(parseVroomProblem({ ...drawn, vehicles, options: { max_vehicles: 9 } }));
        const day = createTrafficDay([0, 4_000_000], [1, 1], 8_640_000, 1);
        const { nVehicles } = plain;
        const days = Array.from({ length: nVehicles }, () => day);
        const traffic = { days, timeCost: new Float64Array(nVehicles).fill(9) };
        // Limits are there, so the problem has rules.
        const rules: FleetRules = { ...(plain.rules as FleetRules), traffic };
        const search = (problem: typeof plain): unknown =>
          ruinAndRecreate(problem, { rng: createRng(seed), spent: (iteration) => iteration / 100 });
        expect(search({ ...plain, rules })).toEqual(search(plain));
      }),
      { numRuns: 30 },
    );
  });

  it("is checked by going from period to period", () => {
    expect(coverTravel(RUSH, 6 * 3600, 10 * 3600)).toBe(3 * 3600);
    expect(coverTravel(RUSH, 0, 3 * 86_400)).toBe(3 * 23 * 3600);
    expect(coverTravel(RUSH, 8 * 3600, 8 * 3600)).toBe(0);
    const given = trip(RUSH, [0, 20 * 3600]);
    expect(faultsOf(given, solveRoute(given))).toEqual([]);
    const [fault] = faultsOf(given, solveRoute(trip(undefined, [0, 20 * 3600])));
    expect(fault).toMatch(/job 1: is reached after 3600 s, which in traffic covers .* not 3600/);
  });

  it("is refused with the name of the field", () => {
    const refuse = (traffic: unknown) => (): unknown => solveRoute({ ...trip(undefined, [0, 9]), traffic });
    expect(refuse([])).toThrow("/traffic must be an object");
    expect(refuse({ truck: [] })).toThrow("/traffic/truck is the profile of no vehicle");
    expect(refuse({ car: 2 })).toThrow("/traffic/car must be a list of objects");
    expect(refuse({ car: [{ from: 1, to: 2 }] })).toThrow("/traffic/car/0/factor is required");
    expect(refuse({ car: [{ from: 1, to: 2, factor: 0 }] })).toThrow("/traffic/car/0/factor must be a number from 0.1");
    expect(refuse({ car: [{ from: 5, to: 5, factor: 2 }] })).toThrow("/traffic/car/0/to must be after from, 5");
    expect(refuse({ car: [{ from: 5, to: 90_000, factor: 2 }] })).toThrow("/traffic/car/0/to must be a number from 0");
    const pair = [1, 5].map((from) => ({ from, to: 7, factor: 2 }));
    expect(refuse({ car: pair })).toThrow("/traffic/car has periods that overlap");
  });

  it("times a solved order in plan mode without breaking a window", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const given = addRandomRules(createRandomVroomProblem(seed), createRng(seed));
        const problem = JSON.parse(
          JSON.stringify({ ...given, traffic: { car: [{ from: 300, to: 2500, factor: 2.5 }] } }),
          (key, value: unknown) => (/^max_(ride_time|duration|travel_time)$/.test(key) ? undefined : value),
        ) as typeof given;
        const solution = solveRoute(problem, { iterations: 60, seed });
        const vehicles = problem.vehicles.map((vehicle) => ({
          ...vehicle,
          steps: (solution.routes.find((route) => route.vehicle === vehicle.id)?.steps ?? []).map(({ type, id }) =>
            type === "start" || type === "end" ? { type } : { type, id },
          ),
        }));
        const plan = solveRoute({ ...problem, vehicles }, { isPlan: true });
        expect(faultsOf({ ...problem, vehicles }, plan)).toEqual([]);
        expect(plan.summary.violations).toEqual([]);
        expect(plan.summary.cost).toBeLessThanOrEqual(solution.summary.cost);
      }),
      { numRuns: 40 },
    );
  });

  it("starts so that a task is just in time, where that costs least, and chooses the order for it", () => {
    const jobs = [
      [84, 3952, 2],
      [67, 1698, 0],
      [85, 3132, 2],
      [63, 3854, 1],
    ].map(([service, due, cost = 0], id) => ({
      id,
      location_index: id + 1,
      service,
      due,
      late_cost_per_hour: 3600 * cost,
    }));
    const durations = [
      [0, 362, 521, 576, 567],
      [386, 0, 273, 291, 373],
      [151, 237, 0, 192, 436],
      [245, 201, 385, 0, 362],
      [578, 224, 510, 591, 0],
    ];
    const given = {
      vehicles: [{ id: 1, start_index: 0, end_index: 0 }],
      jobs,
      matrices: { car: { durations } },
      traffic: { car: [{ from: 807, to: 2921, factor: 2.3198309626895934 }] },
    };
    const solution = solveRoute(given);
    expect(orderOf(solution)).toEqual([2, 3, 0, 1]);
    // All orders begun at every tenth second come to 2071 at least.
    expect(solution.summary.cost).toBe(2068);
    expect(faultsOf(given, solution)).toEqual([]);
    const steps = orderOf(solution).map((id) => ({ type: "job", id }));
    const plan = { ...given, vehicles: [{ ...given.vehicles[0], steps }] };
    expect(solveRoute(plan, { isPlan: true }).summary.cost).toBe(2068);
  });

  // A search proves nothing; these seeds are fixed ones.
  it("leaves no plan that is cheaper by a hundredth", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), (seed, count) => {
        const rng = createRng(seed);
        const durations = drawDurations(rng, count + 1, 100, 500);
        const jobs = Array.from({ length: count }, (_, at) => ({
          id: at,
          location_index: at + 1,
          service: rng.nextInt(100),
          due: rng.nextInt(4000),
          late_cost_per_hour: 3600 * rng.nextInt(3),
        }));
        const car = [{ from: 500 + rng.nextInt(1000), to: 2000 + rng.nextInt(1000), factor: 1.5 + rng.next() }];
        const given = {
          vehicles: [{ id: 1, start_index: 0, end_index: 0 }],
          jobs,
          matrices: { car: { durations } },
          traffic: { car },
        };
        const solution = solveRoute(given);
        expect(faultsOf(given, solution)).toEqual([]);
        let best = Number.POSITIVE_INFINITY;
        for (let start = 0; start < 4000; start += 50) best = Math.min(best, cheapest(0, start, new Set(jobs)));
        expect(solution.summary.cost).toBeLessThan(1.01 * best + 2 * (count + 1));

        function drive(from: number, leg: number): number {
          let arrival = from + leg;
          while (coverTravel(car, from, arrival) < leg) arrival++;
          return arrival;
        }

        function cheapest(from: number, time: number, left: ReadonlySet<(typeof jobs)[number]>): number {
          if (left.size === 0) return drive(time, durations[from][0]) - time;
          return Math.min(
            ...[...left].map((job) => {
              const begin = drive(time, durations[from][job.location_index]);
              const late = (Math.max(0, begin - job.due) * job.late_cost_per_hour) / 3600;
              const rest = new Set([...left].filter((one) => one !== job));
              return begin - time + late + cheapest(job.location_index, begin + job.service, rest);
            }),
          );
        }
      }),
      { numRuns: 30, seed: 1 },
    );
  });
});
