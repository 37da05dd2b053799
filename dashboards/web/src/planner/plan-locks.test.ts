import { describe, expect, test } from "vitest";

import type { Stop } from "./edit-plan.ts";
import {
  countLocks,
  isLocked,
  lockPrefix,
  lockStop,
  NO_LOCKS,
  tieStops,
  toggleRoute,
  toLockedProblem,
} from "./plan-locks.ts";
import type { RouteProblem } from "./vroom.ts";

const problem: RouteProblem = {
  vehicles: [{ id: 1, max_tasks: 9 }, { id: 2, locked_steps: 3, steps: [] }, { id: 3 }],
  jobs: [{ id: 1 }, { id: 2 }],
  shipments: [{ pickup: { id: 5 }, delivery: { id: 7 } }],
  options: { c: true, max_vehicles: 2 },
};
const job = (id: number): Stop => ({ type: "job", id });
const order = new Map<number, readonly Stop[]>([
  [1, [job(1), { type: "reload", id: 0 }, job(2)]],
  [
    2,
    [
      { type: "pickup", id: 5 },
      { type: "delivery", id: 7 },
    ],
  ],
  [3, []],
]);

describe("locks", () => {
  test("of a prefix, a route and a stop say what is locked where", () => {
    const locks = lockStop(problem, toggleRoute(lockPrefix(NO_LOCKS, 1, 1), 2), { type: "delivery", id: 7 }, 2);
    expect(countLocks(locks)).toBe(4);
    expect(isLocked(locks, 1, 0, job(1))).toBe(true);
    expect(isLocked(locks, 1, 1, job(2))).toBe(false);
    expect(isLocked(locks, 2, 5, job(2))).toBe(true);
    expect([...locks.stops]).toEqual([
      ["pickup 5", 2],
      ["delivery 7", 2],
    ]);
    const freed = lockStop(problem, toggleRoute(lockPrefix(locks, 1, 0), 2), { type: "pickup", id: 5 }, undefined);
    expect(freed).toEqual(NO_LOCKS);
  });

  test("go into the problem that is searched again, with the plan's order", () => {
    const locks = lockStop(problem, toggleRoute(lockPrefix(NO_LOCKS, 1, 1), 2), job(2), 3);
    const again = toLockedProblem(problem, order, locks, 50);
    expect(again.options).toEqual({ max_vehicles: 2, stability_cost: 50 });
    expect(again.vehicles).toEqual([
      {
        id: 1,
        max_tasks: 9,
        locked_steps: 1,
        steps: [{ type: "start" }, job(1), { type: "reload", id: 0 }, job(2), { type: "end" }],
      },
      {
        id: 2,
        max_tasks: 2,
        locked_steps: 2,
        steps: [{ type: "start" }, { type: "pickup", id: 5 }, { type: "delivery", id: 7 }, { type: "end" }],
      },
      { id: 3 },
    ]);
    expect(again.jobs).toEqual([{ id: 1 }, { id: 2, locked_vehicle: 3 }]);
    expect(tieStops(problem, NO_LOCKS)).toBe(problem);
  });
});
