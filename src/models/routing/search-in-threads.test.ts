import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { solveRoute } from "./solve-route.ts";
import { drawPlane } from "./testing/draw-travel.ts";

/** Jobs on a plane, with windows; six for each vehicle. */
function drawProblem(count = 60): object {
  const rng = createRng(7);
  const durations = drawPlane(rng, count + 1, 1000);
  const jobs = Array.from({ length: count }, (_, at) => {
    const opens = rng.nextInt(4000);
    return { id: at + 1, location_index: at + 1, delivery: [1], service: 20, time_windows: [[opens, opens + 2000]] };
  });
  const vehicles = Array.from({ length: count / 6 }, (_, id) => ({ id, start_index: 0, end_index: 0, capacity: [10] }));
  return { jobs, vehicles, matrices: { car: { durations } } };
}

describe("several threads", () => {
  it("give the same answer every time without a time limit, and the best of them all", () => {
    const problem = drawProblem();
    const one = solveRoute(problem, { iterations: 300, seed: 2 });
    const three = solveRoute(problem, { iterations: 300, seed: 2, threads: 3 });
    expect(solveRoute(problem, { iterations: 300, seed: 2, threads: 3 })).toEqual(three);
    expect(three.summary.cost).toBeLessThan(one.summary.cost);
  });

  it("divide a large problem between them and put the parts together again", () => {
    const problem = drawProblem(360);
    // A clock that only goes on when it is asked: every 64 iterations of the first thread.
    const solve = (threads: number): number => {
      let clock = 0;
      const timeLimit = { milliseconds: 600, nowMs: () => clock++ };
      const { summary } = solveRoute(problem, { threads, timeLimit });
      expect(summary.unassigned).toBe(0);
      return summary.cost;
    };
    // How far the second thread gets depends on the machine: how much better the plan is does too.
    expect(solve(2)).toBeLessThan(1.01 * solve(1));
  });

  it("end with the time limit", () => {
    const timeLimit = { milliseconds: 300, nowMs: () => performance.now() };
    const began = performance.now();
    const { summary } = solveRoute(drawProblem(), { threads: 2, timeLimit });
    expect(performance.now() - began).toBeLessThan(3000);
    expect(summary.unassigned).toBe(0);
  });
});
