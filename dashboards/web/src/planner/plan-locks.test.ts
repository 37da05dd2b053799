import { describe, expect, test } from "vitest";

import type { Stop } from "./edit-plan.ts";
import {
  countLocks,
  isLocked,
  lockPrefix,
  lockStop,
  locksOf,
  NO_LOCKS,
  tieStops,
  toggleRoute,
  toLockedProblem,
  type PlanLocks,
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

const stopsOf = (vehicle: number): readonly Stop[] => order.get(vehicle) ?? [];
const lockRoute = (locks: PlanLocks, vehicle: number): PlanLocks => toggleRoute(locks, vehicle, stopsOf(vehicle));

describe("locks", () => {
  test("of a prefix, a route and a stop say what is locked where", () => {
    const locks = lockStop(
      problem,
      lockRoute(lockPrefix(NO_LOCKS, 1, stopsOf(1), 1), 2),
      { type: "delivery", id: 7 },
      2,
    );
    expect(countLocks(locks)).toBe(4);
    expect(isLocked(locks, 1, job(1))).toBe(true);
    expect(isLocked(locks, 1, job(2))).toBe(false);
    expect(isLocked(locks, 2, { type: "pickup", id: 5 })).toBe(true);
    expect([...locks.stops]).toEqual([
      ["pickup 5", 2],
      ["delivery 7", 2],
    ]);
    const free = lockRoute(lockPrefix(locks, 1, stopsOf(1), 0), 2);
    expect(lockStop(problem, free, { type: "pickup", id: 5 }, undefined)).toEqual(NO_LOCKS);
  });

  test("of a problem are read from its locked steps and vehicles", () => {
    const [steps, rest] = [[{ type: "start" as const }, job(1), { type: "break" as const, id: 9 }, job(2)], { id: 2 }];
    const asked = {
      vehicles: [{ id: 1, steps, locked_steps: 2 }, rest],
      jobs: [{ id: 1, locked_vehicle: 1 }, { id: 2 }],
    };
    const locks = locksOf(asked);
    expect(locks.orders).toEqual(new Map([[1, { stops: [job(1), { type: "break", id: 9 }, job(2)], isWhole: false }]]));
    expect([...locks.stops]).toEqual([["job 1", 1]]);
    // Freed on the page, it is free in what is asked next.
    expect(tieStops(asked, NO_LOCKS).jobs).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("go into the problem that is searched again, with the plan's order", () => {
    const locks = lockStop(problem, lockRoute(lockPrefix(NO_LOCKS, 1, stopsOf(1), 1), 2), job(2), 3);
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
    expect(tieStops(problem, NO_LOCKS)).toEqual(problem);
  });

  test("that a change by hand has broken are restored before the search", () => {
    const pickup: Stop = { type: "pickup", id: 5 };
    const locks = lockPrefix(lockPrefix(NO_LOCKS, 1, stopsOf(1), 2), 2, stopsOf(2), 1);
    const changed = new Map<number, readonly Stop[]>([
      [1, [job(2)]],
      [2, []],
      [3, [job(1), pickup, { type: "delivery", id: 7 }]],
    ]);
    const steps = toLockedProblem(problem, changed, locks, 0).vehicles.map((vehicle) => vehicle.steps?.slice(1, -1));
    expect(steps).toEqual([
      [job(1), { type: "reload", id: 0 }, job(2)],
      [pickup, { type: "delivery", id: 7 }],
      undefined,
    ]);
  });
});
