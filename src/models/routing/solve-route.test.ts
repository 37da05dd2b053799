import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSolution } from "./check-solution.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import { solveRoute } from "./solve-route.ts";
import { solve } from "./solve-route-worker.ts";

/** Three nodes on a line, 10 minutes apart; the depot is node 0. */
const matrices = {
  car: {
    durations: [
      [0, 600, 1200],
      [600, 0, 600],
      [1200, 600, 0],
    ],
  },
};
const problem = {
  vehicles: [{ id: 7, start_index: 0, end_index: 0, capacity: [4], time_window: [0, 7200] }],
  jobs: [
    { id: 11, location_index: 2, service: 300, delivery: [1], time_windows: [[3600, 5400]] },
    { id: 12, location_index: 1, delivery: [3], time_windows: [[0, 3600]], description: "the shop" },
  ],
  matrices,
};

function faultsOf(input: unknown): { pointer: string; message: string }[] {
  const { error } = solve(input);
  expect(error?.app?.code).toBe("ROUTE_INPUT_INVALID");
  return [...(error?.app?.errors ?? [])];
}

describe("solveRoute", () => {
  it("answers in VROOM's format", () => {
    const solution = solveRoute(problem);
    expect(solution.summary).toMatchObject({ cost: 2400, routes: 1, unassigned: 0, delivery: [4], service: 300 });
    expect(solution.routes[0]?.steps.map(({ type, id, arrival, load }) => ({ type, id, arrival, load }))).toEqual([
      // It ends as early as it can, at 3600 + 300 + 1200, and leaves as late as that allows.
      { type: "start", id: undefined, arrival: 2400, load: [4] },
      { type: "job", id: 12, arrival: 3000, load: [1] },
      { type: "job", id: 11, arrival: 3600, load: [0] },
      { type: "end", id: undefined, arrival: 5100, load: [0] },
    ]);
    expect(solution.routes[0]?.steps[1]).toMatchObject({ description: "the shop", location_index: 1, duration: 600 });
  });

  it("brings a shipment after it was collected and rests on the way", () => {
    const solution = solveRoute({
      vehicles: [
        {
          id: 1,
          start_index: 0,
          end_index: 0,
          capacity: [2],
          breaks: [{ id: 4, service: 300, time_windows: [[700, 800]] }],
        },
      ],
      shipments: [{ amount: [2], pickup: { id: 1, location_index: 2 }, delivery: { id: 1, location_index: 1 } }],
      matrices,
    });
    // 0 → 2 is 1200 s. It rests at 700, with 500 s left to go, arrives at 1500; then 600 s to 1 and 600 s home.
    expect(solution.routes[0]?.steps.map(({ type, arrival, load }) => [type, arrival, load])).toEqual([
      ["start", 0, [0]],
      ["break", 700, [0]],
      ["pickup", 1500, [2]],
      ["delivery", 2100, [0]],
      ["end", 2700, [0]],
    ]);
  });

  it("improves a plan from the steps it is given, within the same budget", () => {
    const steps = [{ type: "job", id: 11 }];
    const { summary } = solveRoute({ ...problem, vehicles: [{ ...problem.vehicles[0], steps }] }, { iterations: 64 });
    expect(summary).toMatchObject({ unassigned: 0, cost: 2400 });
  });

  it("gives the same answer every time", () => {
    expect(JSON.stringify(solveRoute(problem))).toBe(JSON.stringify(solveRoute(problem)));
  });

  it("ends its search early enough to write the answer within the time limit", () => {
    // Reading takes 100 ms; then the clock goes on by 5 ms whenever it is asked.
    let nowMs = -100;
    const tick = (): number => (nowMs += nowMs < 100 ? 100 : 5);
    const { summary } = solveRoute(problem, { timeLimit: { milliseconds: 1000, nowMs: tick } });
    expect(summary.computing_times.loading).toBe(100);
    expect(summary.computing_times.loading + summary.computing_times.solving).toBeGreaterThanOrEqual(900);
    expect(summary.computing_times.loading + summary.computing_times.solving).toBeLessThan(950);
  });

  it("names jobs that fit nowhere, with a reason", () => {
    const jobs = [
      { id: 1, location_index: 1, delivery: [9] },
      { id: 2, location_index: 2, skills: [5] },
      { id: 3, location_index: 2, time_windows: [[0, 60]] },
    ];
    const { unassigned, routes } = solveRoute({ ...problem, jobs });
    expect(unassigned.map(({ id, reason }) => [id, reason])).toEqual([
      [1, "capacity"],
      [2, "skills"],
      [3, "time"],
    ]);
    // Node 2 is 1200 s away, its window closes after 60.
    expect(unassigned[2]?.nearest_miss).toEqual({ vehicle: 7, violations: [{ cause: "delay", duration: 1140 }] });
    expect(routes).toEqual([]);
  });

  it("measures great circles between coordinates and says so", () => {
    // One degree of latitude is 111.195 km, 144.554 km of road, at 50 km/h 10,408 s.
    const { summary } = solveRoute({
      vehicles: [{ id: 1, start: [0, 0] }],
      jobs: [{ id: 1, location: [0, 1] }],
    });
    expect(summary).toMatchObject({
      travel_basis: "great-circle",
      assumed_speed_kmh: { car: 50 },
      road_factor: 1.3,
      distance: 144554,
      duration: 10408,
    });
  });

  it("prices by the hour, the kilometre and the vehicle, at its speed", () => {
    const { summary } = solveRoute({
      vehicles: [{ id: 1, start_index: 0, speed_factor: 0.5, costs: { fixed: 100, per_hour: 36, per_km: 2 } }],
      jobs: [{ id: 1, location_index: 1 }],
      matrices: {
        car: {
          durations: [
            [0, 600],
            [600, 0],
          ],
          distances: [
            [0, 5000],
            [5000, 0],
          ],
        },
      },
    });
    expect(summary).toMatchObject({ cost: 100 + 12 + 10, duration: 1200, distance: 5000 });
  });

  const refused: readonly [string, string, unknown][] = [
    ["/vehicles", "1 to 1000", { ...problem, vehicles: [] }],
    ["/jobs", "0 to 5000", { ...problem, jobs: Array.from({ length: 5001 }, (_, id) => ({ id, location_index: 0 })) }],
    ["/shipments/0/delivery", "is required", { ...problem, shipments: [{ pickup: { id: 1, location_index: 0 } }] }],
    [
      "/shipments/1/pickup/id",
      "taken",
      {
        ...problem,
        shipments: [1, 2].map((id) => ({ pickup: { id: 5, location_index: 1 }, delivery: { id, location_index: 2 } })),
      },
    ],
    [
      "/vehicles/0/steps/0/id",
      "is no job",
      { ...problem, vehicles: [{ id: 1, start_index: 0, steps: [{ type: "job", id: 99 }] }] },
    ],
    ["/jobs/0/servise", "is unknown", { ...problem, jobs: [{ id: 1, location_index: 1, servise: 5 }] }],
    ["/jobs/0/id", "is required", { ...problem, jobs: [{ location_index: 1 }] }],
    [
      "/jobs/1/id",
      "taken",
      {
        ...problem,
        jobs: [
          { id: 1, location_index: 1 },
          { id: 1, location_index: 1 },
        ],
      },
    ],
    ["/jobs/0/location_index", "from 0 to 2", { ...problem, jobs: [{ id: 1, location_index: 3 }] }],
    ["/jobs/0/delivery", "has 2 amounts", { ...problem, jobs: [{ id: 1, location_index: 1, delivery: [1, 2] }] }],
    ["/jobs/0/time_windows", "ascending", { ...problem, jobs: [{ id: 1, location_index: 1, time_windows: [[5, 1]] }] }],
    ["/jobs/0/location", "longitude", { vehicles: [{ id: 1, start: [0, 0] }], jobs: [{ id: 1, location: [0, 95] }] }],
    ["/vehicles/0/start", "required", { ...problem, vehicles: [{ id: 1 }] }],
    [
      "/vehicles/0/breaks/0/time_windows",
      "ascending",
      { ...problem, vehicles: [{ id: 1, start_index: 0, breaks: [{ id: 1, time_windows: [[9, 3]] }] }] },
    ],
    ["/vehicles/0/profile", "no matrices", { ...problem, vehicles: [{ id: 1, start_index: 0, profile: "bike" }] }],
    ["/matrices/car/distances", "required", { ...problem, vehicles: [{ id: 1, start_index: 0, max_distance: 5 }] }],
    [
      "/matrices/car/durations/1",
      "3 numbers",
      {
        ...problem,
        matrices: {
          car: {
            durations: [
              [0, 1, 1],
              [0, 1],
              [1, 1, 0],
            ],
          },
        },
      },
    ],
    [
      "/matrices/car/durations/0/1",
      "number from 0",
      {
        ...problem,
        matrices: {
          car: {
            durations: [
              [0, -1],
              [1, 0],
            ],
          },
        },
      },
    ],
    ["", "must be an object", "no problem"],
  ];
  for (const [pointer, message, input] of refused) {
    it(`refuses ${pointer === "" ? "what is no object" : pointer} (${message})`, () => {
      const fault = faultsOf(input).find((fault) => fault.pointer === pointer);
      expect(fault?.message).toContain(message);
    });
  }

  it("answers or refuses any input, and never fails otherwise", () => {
    const odd = fc.oneof(
      fc.anything(),
      fc.record({ vehicles: fc.array(fc.anything()), jobs: fc.array(fc.anything()) }),
    );
    fc.assert(
      fc.property(odd, (input) => {
        const { error } = solve(input);
        expect(error === undefined ? "ROUTE_INPUT_INVALID" : error.app?.code).toBe("ROUTE_INPUT_INVALID");
      }),
    );
  });
});

describe("emissions", () => {
  const distances = matrices.car.durations.map((row) => row.map((seconds) => seconds * 10));
  const driven = {
    ...problem,
    vehicles: [{ ...problem.vehicles[0], emissions: 250 }],
    matrices: { car: { ...matrices.car, distances } },
  };

  it("are grams for the distance driven, route by route and in all, and checked", () => {
    const solution = solveRoute(driven);
    // 24 km at 250 g.
    expect(solution.routes[0]?.co2_g).toBe(6000);
    expect(solution.summary.co2_g).toBe(6000);
    const misstated = { ...solution, routes: solution.routes.map((route) => ({ ...route, co2_g: 5000 })) };
    expect(checkSolution(parseVroomProblem(driven), misstated).faults).toEqual([
      "vehicle 7: CO2 is stated as 5000 but comes to 6000",
      "summary: co2_g is stated as 6000 but comes to 5000",
    ]);
    expect(solveRoute(problem).summary).not.toHaveProperty("co2_g");
  });

  it("need distances", () => {
    expect(faultsOf({ ...driven, matrices })).toEqual([
      { pointer: "/matrices/car/distances", message: "is required for per_km, max_distance and emissions" },
    ]);
  });
});
