import { describe, expect, it } from "vitest";
import { solveRoute } from "./solve-route.ts";
import { createLine, faultsOf, orderOf, pointersOf } from "./testing/route-cases.ts";
import type { VroomSolution } from "./vroom-solution.ts";

const matrices = createLine(5);
const base = { id: 1, start_index: 0, end_index: 0 };

/** The solution, which the checker accepts. */
function solveChecked(problem: object): VroomSolution {
  const solution = solveRoute({ matrices, ...problem });
  expect(faultsOf({ matrices, ...problem }, solution)).toEqual([]);
  return solution;
}

const leftOut = ({ unassigned }: VroomSolution): number[] => unassigned.map(({ id }) => id);
const jobs = [1, 2, 3, 4].map((id) => ({ id, location_index: id }));

describe("VROOM's fields", () => {
  it("capacity: every dimension counts", () => {
    const vehicles = [{ ...base, capacity: [9, 2] }];
    const heavy = jobs.map((job, at) => ({ ...job, delivery: [1, at === 0 ? 2 : 1], priority: at }));
    expect(leftOut(solveChecked({ vehicles, jobs: heavy }))).toEqual([1, 2]);
  });

  it("priority goes before the number of tasks, that before cost", () => {
    const vehicles = [{ ...base, capacity: [2] }];
    const [far, near] = [jobs[3], jobs[0]];
    const one = { ...far, delivery: [2], priority: 3 };
    const two = [near, jobs[1]].map((job) => ({ ...job, delivery: [1], priority: 1 }));
    expect(orderOf(solveChecked({ vehicles, jobs: [one, ...two] }))).toEqual([4]);
    const even = two.map((job) => ({ ...job, priority: 2 }));
    expect(leftOut(solveChecked({ vehicles, jobs: [one, ...even] }))).toEqual([4]);
  });

  it("time_windows: several, both ends included", () => {
    const windows = (list: number[][]): object[] => [{ id: 1, location_index: 1, time_windows: list }];
    const vehicles = [{ ...base, time_window: [500, 1000] }];
    const inside = solveChecked({ vehicles, jobs: windows([[0, 100], [600, 600], [2000, 3000]]) }); // prettier-ignore
    expect(inside.routes[0]?.steps[1]?.arrival).toBe(600);
    expect(leftOut(solveChecked({ vehicles, jobs: windows([[0, 599], [901, 902]]) }))).toEqual([1]); // prettier-ignore
  });

  it("setup is skipped at the same place; setup and service depend on the vehicle's type", () => {
    const stops = [1, 2].map((id) => ({
      id,
      location_index: 1,
      setup: 60,
      service: 10,
      setup_per_type: { bike: 30 },
      service_per_type: { bike: 5 },
    }));
    expect(solveChecked({ vehicles: [base], jobs: stops }).summary).toMatchObject({ setup: 60, service: 20 });
    const bike = solveChecked({ vehicles: [{ ...base, type: "bike" }], jobs: stops });
    expect(bike.summary).toMatchObject({ setup: 30, service: 10 });
  });

  it("costs: fixed, per hour of travel and of tasks", () => {
    const costs = { fixed: 50, per_hour: 7200, per_task_hour: 360 };
    const { summary } = solveChecked({ vehicles: [{ ...base, costs }], jobs: [{ ...jobs[0], service: 100 }] });
    expect(summary.cost).toBe(50 + 400 + 10);
  });

  it("costs of a matrix of its own decide instead of durations", () => {
    const dear = [0, 1, 2].map((from) => [0, 1, 2].map((to) => (from === to ? 0 : from + to === 1 ? 1 : 10)));
    const durations = createLine(3).car.durations;
    const problem = {
      vehicles: [{ ...base, max_tasks: 1 }],
      jobs: [jobs[1], jobs[0]],
      matrices: { car: { durations, costs: dear } },
    };
    expect(solveChecked(problem).summary).toMatchObject({ cost: 2, duration: 200 });
  });

  it("profiles have matrices of their own", () => {
    const slow = createLine(5).car.durations.map((row) => row.map((leg) => 3 * leg));
    const both = { car: matrices.car, bike: { durations: slow } };
    const vehicles = [{ ...base, profile: "bike" }];
    expect(solveChecked({ vehicles, jobs: [jobs[0]], matrices: both }).summary.duration).toBe(600);
  });

  it("max_tasks, max_travel_time and max_distance bound a route", () => {
    const car = { ...matrices.car, distances: matrices.car.durations.map((row) => row.map((leg) => 10 * leg)) };
    const bounded = (limit: object): VroomSolution =>
      solveChecked({ vehicles: [{ ...base, ...limit }], jobs, matrices: { car } });
    expect(leftOut(bounded({ max_tasks: 3 }))).toHaveLength(1);
    expect(leftOut(bounded({ max_travel_time: 600 }))).toEqual([4]);
    expect(leftOut(bounded({ max_travel_time: 599 }))).toEqual([3, 4]);
    expect(leftOut(bounded({ max_distance: 6000 }))).toEqual([4]);
  });

  it("starts and ends may be left open", () => {
    const open = solveChecked({ vehicles: [{ id: 1, start_index: 0 }], jobs });
    expect(open.summary.cost).toBe(400);
    const homeward = solveChecked({ vehicles: [{ id: 1, end_index: 0 }], jobs });
    expect(orderOf(homeward)).toEqual([4, 3, 2, 1]);
    expect(homeward.summary.cost).toBe(400);
  });

  it("breaks are taken where no more than max_load is on board", () => {
    const breaks = [{ id: 8, service: 60, time_windows: [[0, 2000]], max_load: [1] }];
    const loaded = jobs.slice(0, 2).map((job) => ({ ...job, delivery: [1] }));
    const [route] = solveChecked({ vehicles: [{ ...base, capacity: [2], breaks }], jobs: loaded }).routes;
    const at = route?.steps.findIndex(({ type }) => type === "break") ?? 0;
    expect(route?.steps[at]?.load?.[0]).toBeLessThanOrEqual(1);
    const early = [{ ...breaks[0], time_windows: [[0, 50]], max_load: [0] }];
    const given = { vehicles: [{ ...base, time_window: [0, 5000], capacity: [2], breaks: early }], jobs: loaded };
    expect(solveChecked(given).unassigned).toHaveLength(2);
  });

  it("skills keep a task from a vehicle that lacks one", () => {
    const vehicles = [
      { ...base, skills: [1] },
      { ...base, id: 2, skills: [1, 2] },
    ];
    const { routes } = solveChecked({ vehicles, jobs: [{ ...jobs[0], skills: [1, 2] }] });
    expect(routes.map(({ vehicle }) => vehicle)).toEqual([2]);
  });
});

describe("bad input", () => {
  const plain = { vehicles: [base], jobs, matrices };
  const withCell = (cell: unknown): object => ({
    ...plain,
    matrices: {
      car: { durations: matrices.car.durations.map((row, at) => (at === 1 ? [cell, ...row.slice(1)] : row)) },
    },
  });
  const many = (count: number): object[] => Array.from({ length: count }, (_, id) => ({ ...base, id }));
  const refused: readonly [string, object][] = [
    ["/matrices/car/durations/1/0 must be a number from 0 to", withCell(Number.NaN)],
    ["/matrices/car/durations/1/0 must be a number from 0 to", withCell(null)],
    ["/matrices/car/durations/1/0 must be a number from 0 to", withCell(Number.POSITIVE_INFINITY)],
    ["/matrices/car/durations/1/0 must be a number from 0 to", withCell("7")],
    ["/matrices/car/durations must be a square table", { ...plain, matrices: { car: { durations: [] } } }],
    ["/jobs/0/service must be a number from 0", { ...plain, jobs: [{ ...jobs[0], service: Number.NaN }] }],
    ["/jobs/0/delivery must be a list of whole numbers", { ...plain, jobs: [{ ...jobs[0], delivery: [Number.NaN] }] }],
    ["/vehicles/1/id 1 is taken by another of the vehicles", { ...plain, vehicles: [base, base] }],
    ["/vehicles/0/start_index must be a number from 0 to 4", { ...plain, vehicles: [{ ...base, start_index: 5 }] }],
    ["/vehicles/0/time_window must be", { ...plain, vehicles: [{ ...base, time_window: [9, 3] }] }],
    ["/vehicles/1/capacity has 1 amounts; others have 2", { ...plain, vehicles: [{ ...base, capacity: [1, 2] }, { ...base, id: 2, capacity: [1] }] }], // prettier-ignore
    ["/vehicles must be a list of 1 to 1000 entries", { ...plain, vehicles: many(1001) }],
    ["/shipments must be a list of 0 to 2500 entries", { ...plain, shipments: many(2501) }],
    ["/options/max_vehicle is unknown", { ...plain, options: { max_vehicle: 2 } }],
    ["/vehicles/0/speed_factor must be above 0", { ...plain, vehicles: [{ ...base, speed_factor: 0 }] }],
  ];
  it("judges places by the rows of a matrix that is at fault itself", () => {
    expect(pointersOf(withCell(-1))).toEqual([expect.stringMatching("^/matrices/car/durations/1/0 must be a number")]);
    const ragged = matrices.car.durations.map((row, at) => (at === 4 ? [] : row));
    const problem = { ...plain, matrices: { car: { durations: ragged } }, vehicles: [{ ...base, start_index: 5 }] };
    expect(pointersOf(problem)).toEqual([
      "/matrices/car/durations/4 must have 5 numbers, as many as there are rows",
      "/vehicles/0/start_index must be a number from 0 to 4",
    ]);
  });

  for (const [message, problem] of refused) {
    it(`is refused: ${message}`, () => {
      expect(pointersOf(problem).join("\n")).toContain(message);
    });
  }
});
