import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { BreakPlacement } from "./break-placement.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { RoutePlan } from "./route-plan.ts";
import { createProblem } from "./testing/random-fleet.ts";

/** One vehicle that takes so many breaks, and tasks half of which have a window. */
function createRested(seed: number, nTasks: number, nBreaks: number): FleetProblem {
  const rng = createRng(seed);
  const breaks = Array.from({ length: nBreaks }, (_, b) => {
    const opens = 100 * b + rng.nextInt(200);
    return { service: rng.nextInt(60), windows: [[opens, opens + rng.nextInt(150)] as const], maxLoad: undefined };
  });
  return { ...createProblem(seed, nTasks, 1, true), breaks: [breaks] };
}

describe("BreakTimes", () => {
  it("says of every insertion what dynamic programming over the whole route says", () => {
    let nFitting = 0;
    let nOthers = 0;
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 3 }), (seed, nTasks, nBreaks) => {
        const problem = createRested(seed, nTasks, nBreaks);
        const plan = new RoutePlan(problem);
        const placement = new BreakPlacement(problem);
        const inserted = nTasks - 1;
        const route: number[] = [];
        for (let task = 0; task < inserted; task++) {
          if (placement.isFeasible(0, Int32Array.from([...route, task]), route.length + 1)) route.push(task);
        }
        route.forEach((task, at) => plan.link(task, at === 0 ? nTasks : route[at - 1], 0));
        plan.refreshRoute(0);
        expect(plan.breakTimes.isUsable(0)).toBe(true);
        for (let at = 0; at <= route.length; at++) {
          const before = at === 0 ? nTasks : route[at - 1];
          const whole = Int32Array.from([...route.slice(0, at), inserted, ...route.slice(at)]);
          const isFeasible = placement.isFeasible(0, whole, whole.length);
          expect(plan.breakTimes.fits(inserted, before, plan.next[before], 0)).toBe(isFeasible);
          if (isFeasible) nFitting++;
          else nOthers++;
        }
      }),
      { numRuns: 400, seed: 1 },
    );
    // Both kinds are met often enough for this to say something.
    expect(Math.min(nFitting, nOthers)).toBeGreaterThan(100);
  });

  it("does not hold where a break limits the load or has several windows", () => {
    const [rest] = createRested(1, 2, 1).breaks[0];
    for (const change of [{ maxLoad: [1] }, { windows: [...rest.windows, [500, 600] as const] }]) {
      const problem = { ...createRested(1, 2, 1), breaks: [[{ ...rest, ...change }]] };
      expect(new RoutePlan(problem).breakTimes.isUsable(0)).toBe(false);
    }
  });
});
