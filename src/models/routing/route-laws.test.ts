import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../core/paths.ts";
import { createRng } from "../../core/rng.ts";
import { checkSolution } from "./check-solution.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import { solveRoute } from "./solve-route.ts";
import { drawDurations } from "./testing/draw-travel.ts";
import { createRandomVroomProblem } from "./testing/random-vroom-problem.ts";
import type { VroomSolution } from "./vroom-solution.ts";

const isNightly = process.env["TRADEWIND_TEST_PROFILE"] === "nightly";

describe("routes", () => {
  it(
    "are feasible for any mix of constraints, and the same for the same seed",
    { timeout: isNightly ? 3_600_000 : 180_000 },
    () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const problem = createRandomVroomProblem(seed);
          const solution = solveRoute(problem, { iterations: 200, seed });
          expect(checkSolution(parseVroomProblem(problem), solution).faults).toEqual([]);
          expect(solution.summary.violations).toEqual([]);
          expect(solveRoute(problem, { iterations: 200, seed })).toEqual(solution);
        }),
        { numRuns: isNightly ? 10_000 : 60 },
      );
    },
  );

  it("of one vehicle are as short as the shortest of all orders", { timeout: isNightly ? 600_000 : 60_000 }, () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 8 }), (seed, jobs) => {
        const rng = createRng(seed);
        const durations = drawDurations(rng, jobs + 1, 1, 500);
        const { summary } = solveRoute({
          vehicles: [{ id: 1, start_index: 0, end_index: 0 }],
          jobs: Array.from({ length: jobs }, (_, at) => ({ id: at, location_index: at + 1 })),
          matrices: { car: { durations } },
        });
        expect(summary.cost).toBe(shortestTour(durations, 0, new Set(Array.from({ length: jobs }, (_, at) => at + 1))));
      }),
      // The last: a search alone ends in a longer tour.
      { numRuns: isNightly ? 300 : 30, examples: [[35, 8]] },
    );
  });
});

function shortestTour(durations: number[][], from: number, left: Set<number>): number {
  if (left.size === 0) return durations[from][0];
  return Math.min(
    ...[...left].map(
      (to) => durations[from][to] + shortestTour(durations, to, new Set([...left].filter((one) => one !== to))),
    ),
  );
}

/** VROOM 1.15's answers at its deepest search. Ours must not be worse in (priority, tasks served, cost). */
describe("against VROOM", () => {
  const folder = join(packageRoot(), "..", "shared", "data", "routing", "vroom");
  const read = (file: string): unknown => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString("utf8"));
  for (let number = 1; number <= 15; number++) {
    const name = `p${String(number).padStart(3, "0")}`;
    it(`${name}: its answer passes the check, ours is not worse`, { timeout: 180_000 }, (context) => {
      context.skip(!existsSync(folder), "the problems are not beside the repository");
      const problem = read(`${name}.json.gz`);
      // An answer in VROOM's own format.
      const theirs = read(`${name}.sol.json.gz`) as VroomSolution;
      const checked = checkSolution(parseVroomProblem(problem), theirs);
      expect(checked.faults).toEqual([]);
      expect(checked.cost).toBe(theirs.summary.cost);
      const ours = solveRoute(problem).summary;
      const { priority, unassigned, cost } = theirs.summary;
      expect(priority - ours.priority || ours.unassigned - unassigned || ours.cost - cost).toBeLessThanOrEqual(0);
    });
  }
});
