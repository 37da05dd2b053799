import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../core/paths.ts";
import { solveRoute } from "./solve-route.ts";
import { solve } from "./solve-route-worker.ts";
import type { VroomSolution } from "./vroom-solution.ts";

/** Three nodes on a line, 10 minutes apart. */
const matrices = {
  car: {
    durations: [
      [0, 600, 1200],
      [600, 0, 600],
      [1200, 600, 0],
    ],
  },
};
const steps = [
  { type: "job", id: 2 },
  { type: "job", id: 1 },
];
const problem = {
  vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [1], steps }],
  jobs: [
    { id: 1, location_index: 1, delivery: [1], time_windows: [[0, 900]] },
    { id: 2, location_index: 2, delivery: [1], skills: [3], time_windows: [[1200, 2000]] },
  ],
  matrices,
  options: { c: true },
};

describe("plan mode", () => {
  it("keeps the order and names every rule it breaks", () => {
    const { routes, summary } = solveRoute(problem);
    // To 2 at 1200, on to 1 at 1800: 900 after its window. Both jobs' deliveries are on board from the start.
    expect(routes[0]?.steps.map(({ type, id, arrival, violations }) => [type, id, arrival, violations])).toEqual([
      ["start", undefined, 0, [{ cause: "load" }]],
      ["job", 2, 1200, [{ cause: "skills" }]],
      ["job", 1, 1800, [{ cause: "delay", duration: 900 }]],
      ["end", undefined, 2400, []],
    ]);
    expect(summary.violations).toEqual([{ cause: "load" }, { cause: "skills" }, { cause: "delay", duration: 900 }]);
  });

  it("begins a step when it is told to", () => {
    const vehicles = [{ id: 1, start_index: 0, steps: [{ type: "job", id: 1, service_at: 5000 }] }];
    const { routes } = solveRoute({ ...problem, vehicles });
    expect(routes[0]?.steps.map(({ arrival, waiting_time }) => arrival + waiting_time)).toEqual([4400, 5000, 5000]);
  });

  it("refuses service times that contradict each other", () => {
    const at = [5000, 1000].map((time, index) => ({ ...steps[index], service_at: time }));
    const { error } = solve({ ...problem, vehicles: [{ id: 1, start_index: 0, steps: at }] });
    expect(error?.app?.code).toBe("ROUTE_INPUT_INVALID");
  });
});

/** Plans with VROOM 1.15's answers: the same rules broken on every route, by no more in all. */
describe("plan mode against VROOM", () => {
  const folder = join(packageRoot(), "..", "shared", "data", "routing", "vroom");
  const read = (file: string): unknown => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString("utf8"));
  const causesOf = ({ routes }: VroomSolution): string[] =>
    routes.map(
      ({ vehicle, violations }) =>
        `${vehicle} ${violations
          .map(({ cause }) => cause)
          .sort()
          .join(" ")}`,
    );
  const totalOf = ({ summary }: VroomSolution): number =>
    summary.violations.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
  for (let number = 1; number <= 15; number++) {
    const name = `plan-p${String(number).padStart(3, "0")}`;
    it(`${name} breaks the same rules`, (context) => {
      context.skip(!existsSync(folder), "the problems are not beside the repository");
      const ours = solveRoute(read(`${name}.json.gz`), { isPlan: true });
      // An answer in VROOM's own format.
      const theirs = read(`${name}.sol.json.gz`) as VroomSolution;
      expect(causesOf(ours)).toEqual(causesOf(theirs));
      expect(totalOf(ours)).toBeLessThanOrEqual(totalOf(theirs));
      expect(ours.summary.cost).toBe(theirs.summary.cost);
    });
  }
});
