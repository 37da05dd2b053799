import { describe, expect, it } from "vitest";
import { measureGreatCircles } from "./great-circle.ts";
import { fillMatrices } from "./matrix-providers/fill-matrices.ts";
import { createOsrmProvider } from "./matrix-providers/osrm.ts";
import { answerOsrmTable, standInRouter } from "./matrix-providers/testing/stand-in-router.ts";
import { solveRoute } from "./solve-route.ts";
import { faultsOf } from "./testing/route-cases.ts";

/** The examples of VROOM's documentation (docs/example_1 to example_3), with the answers that it prints beside them. */
describe("VROOM's documented examples", () => {
  it("coordinates that OSRM knows the roads between, with shipments, skills, windows and breaks", async () => {
    const depot = [2.35044, 48.71764];
    const places: Readonly<Record<number, readonly number[]>> = {
      0: depot,
      1: [1.98935, 48.701],
      2: [2.03655, 48.61128],
      3: [2.39719, 49.07611],
      4: [2.41808, 49.22619],
      5: [2.28325, 48.5958],
      6: [2.89357, 48.90736],
    };
    // Seconds and metres of the legs in its answer; all others take half as long again for the way as these do on the whole.
    const legs = new Map([
      ["0 1", [2328, 32_355]],
      ["1 2", [890, 14_661]],
      ["2 5", [1595, 21_518]],
      ["5 0", [1752, 27_072]],
      ["0 6", [2941, 62_696]],
      ["6 4", [3816, 69_018]],
      ["4 3", [1909, 22_868]],
      ["3 0", [3480, 62_171]],
    ]);
    const nameOf = ([lon]: readonly number[]): string =>
      Object.keys(places).find((at) => places[Number(at)]?.[0] === lon) ?? "";
    const router = await standInRouter((url) =>
      answerOsrmTable(url, (from, to) => {
        const [seconds, metres] = legs.get(`${nameOf(from)} ${nameOf(to)}`) ?? [];
        const { distances } = measureGreatCircles([from, to] as never, "car");
        const guess = distances?.[1] ?? 0;
        return { seconds: seconds ?? (1.5 * guess * 18_711) / 312_359, metres: metres ?? guess };
      }),
    );
    const opens = 1_600_416_000;
    const van = { start: depot, end: depot, capacity: [4], time_window: [opens, opens + 14_400] };
    const stop = (id: number) => ({ id, service: 300, location: places[id] });
    const rest = { id: 2, service: 300, time_windows: [[opens + 7200, opens + 9000]] };
    const problem = {
      vehicles: [
        { ...van, id: 1, skills: [1, 14] },
        { ...van, id: 2, skills: [2, 14], breaks: [rest] },
      ],
      jobs: [
        { ...stop(1), delivery: [1], skills: [1], time_windows: [[opens + 3600, opens + 7200]] },
        { ...stop(2), pickup: [1], skills: [1] },
        { ...stop(5), delivery: [1], skills: [14] },
        { ...stop(6), delivery: [1], skills: [14] },
      ],
      shipments: [{ amount: [1], skills: [2], pickup: stop(4), delivery: stop(3) }],
    };
    const filled = (await fillMatrices(problem, createOsrmProvider(router.url))) as object;
    router.close();
    const solution = solveRoute(filled);
    expect(solution).toMatchObject({ code: 0, unassigned: [] });
    const nothing = { setup: 0, waiting_time: 0, violations: [], priority: 0 };
    expect(solution.summary).toMatchObject({
      ...nothing,
      cost: 18_711,
      routes: 2,
      unassigned: 0,
      delivery: [4],
      pickup: [2],
      service: 2100,
      duration: 18_711,
      distance: 312_359,
    });
    const seen = solution.routes.map(({ vehicle, cost, delivery, pickup, service, duration, distance, steps }) => ({
      totals: [vehicle, cost, delivery, pickup, service, duration, distance],
      steps: steps.map(({ type, id, arrival, load, duration: travel }) => [
        type,
        id,
        arrival - opens,
        load?.[0],
        travel,
      ]),
    }));
    expect(seen).toEqual([
      {
        totals: [1, 6565, [2], [1], 900, 6565, 95_606],
        steps: [
          ["start", undefined, 1272, 2, 0],
          ["job", 1, 3600, 1, 2328],
          ["job", 2, 4790, 2, 3218],
          ["job", 5, 6685, 1, 4813],
          ["end", undefined, 8737, 1, 6565],
        ],
      },
      {
        totals: [2, 12_146, [2], [1], 1200, 12_146, 216_753],
        steps: [
          ["start", undefined, 0, 1, 0],
          ["job", 6, 2941, 0, 2941],
          ["pickup", 4, 7057, 1, 6757],
          ["break", 2, 7357, 1, 6757],
          ["delivery", 3, 9566, 0, 8666],
          ["end", undefined, 13_346, 0, 12_146],
        ],
      },
    ]);
    expect(faultsOf(filled, solution)).toEqual([]);
  });

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
