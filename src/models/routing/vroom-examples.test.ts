import { describe, expect, it } from "vitest";
import { solveRoute } from "./solve-route.ts";
import { faultsOf } from "./testing/route-cases.ts";

/** The examples of VROOM's documentation (docs/example_2 and example_3), with the answers that it prints beside them. */
describe("VROOM's documented examples", () => {
  it("a matrix of durations under its older name", () => {
    const problem = {
      vehicles: [{ id: 0, start_index: 0, end_index: 3 }],
      jobs: [
        { id: 1414, location_index: 1 },
        { id: 1515, location_index: 2 },
      ],
      matrix: [
        [0, 2104, 197, 1299],
        [2103, 0, 2255, 3152],
        [197, 2256, 0, 1102],
        [1299, 3153, 1102, 0],
      ],
    };
    const { code, summary, unassigned, routes } = solveRoute(problem);
    const nothing = { setup: 0, service: 0, waiting_time: 0, violations: [] };
    expect({ code, unassigned }).toEqual({ code: 0, unassigned: [] });
    const totals = { ...nothing, cost: 5461, duration: 5461, priority: 0 };
    expect(summary).toMatchObject({ ...totals, routes: 1, unassigned: 0 });
    expect(routes).toMatchObject([
      {
        ...totals,
        vehicle: 0,
        steps: [
          { ...nothing, type: "start", arrival: 0, duration: 0 },
          { ...nothing, type: "job", id: 1414, job: 1414, arrival: 2104, duration: 2104 },
          { ...nothing, type: "job", id: 1515, job: 1515, arrival: 4359, duration: 4359 },
          { ...nothing, type: "end", arrival: 5461, duration: 5461 },
        ],
      },
    ]);
  });

  it("a plan that starts too early, comes too late and loads too much", () => {
    // Durations as its answer has them; the legs that nobody drives are long.
    const legs = new Map([
      ["0 1", 2328],
      ["1 2", 890],
      ["2 5", 1595],
      ["5 0", 1752],
      ["0 6", 2941],
      ["6 4", 3816],
      ["4 3", 1909],
      ["3 0", 3480],
    ]);
    const places = [0, 1, 2, 3, 4, 5, 6];
    const durations = places.map((from) => places.map((to) => (from === to ? 0 : (legs.get(`${from} ${to}`) ?? 9999))));
    const opens = 1_600_416_000;
    const window = { time_windows: [[opens, opens + 7200]] };
    const van = { start_index: 0, end_index: 0, capacity: [4], time_window: [opens, opens + 10_800] };
    const stepsOf = (start: object, ids: readonly number[]): object[] => [
      { type: "start", ...start },
      ...ids.map((id) => ({ type: "job", id })),
      { type: "end" },
    ];
    const problem = {
      vehicles: [
        { ...van, id: 1, steps: stepsOf({}, [1, 2, 5]) },
        { ...van, id: 2, steps: stepsOf({ service_after: opens - 800 }, [6, 4, 3]) },
      ],
      jobs: [2, 2, 1, 1, 3, 1].map((amount, at) => ({
        id: at + 1,
        location_index: at + 1,
        service: 300,
        delivery: [amount],
        ...([3, 4, 6].includes(at + 1) ? window : {}),
      })),
      matrices: { car: { durations } },
      options: { c: true },
    };
    const { summary, routes } = solveRoute(problem);
    expect(summary).toMatchObject({ cost: 18_711, delivery: [10], service: 1800, duration: 18_711, waiting_time: 0 });
    expect(new Set(summary.violations)).toEqual(
      new Set([{ duration: 800, cause: "lead_time" }, { duration: 2712, cause: "delay" }, { cause: "load" }]),
    );
    const seen = routes.map(({ steps }) =>
      steps.map(({ arrival, load, violations }) => [arrival - opens, load?.[0], ...violations]),
    );
    expect(seen).toEqual([
      [
        [0, 7, { cause: "load" }],
        [2328, 5, { cause: "load" }],
        [3518, 3],
        [5413, 0],
        [7465, 0],
      ],
      [
        [-800, 3, { duration: 800, cause: "lead_time" }],
        [2141, 2],
        [6257, 1],
        [8466, 0, { duration: 1266, cause: "delay" }],
        [12_246, 0, { duration: 1446, cause: "delay" }],
      ],
    ]);
    expect(faultsOf(problem, solveRoute(problem)).length).toBeGreaterThan(0);
  });
});
