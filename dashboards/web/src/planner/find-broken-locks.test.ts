import { describe, expect, test } from "vitest";

import type { Stop } from "./edit-plan.ts";
import { findBrokenLocks } from "./find-broken-locks.ts";
import { lockPrefix, NO_LOCKS, toggleRoute } from "./plan-locks.ts";
import type { PlanStep, RoutePlan } from "./vroom.ts";

const job = (id: number): Stop => ({ type: "job", id });
const stepOf = (id: number): PlanStep => ({
  type: "job",
  id,
  arrival: 0,
  duration: 0,
  setup: 0,
  service: 0,
  waiting_time: 0,
  violations: [],
});

/** Jobs of vehicle 1, of vehicle 2, and left out. */
function planOf(first: readonly number[], second: readonly number[], left: readonly number[] = []): RoutePlan {
  return {
    summary: { cost: 0, routes: 2, unassigned: 0, duration: 0, violations: [] },
    unassigned: left.map((id) => ({ type: "job" as const, id, reason: "not-planned" })),
    routes: [first, second].map((ids, at) => ({
      vehicle: at + 1,
      cost: 0,
      duration: 0,
      steps: ids.map(stepOf),
      violations: [],
    })),
  };
}

const prefix = lockPrefix(NO_LOCKS, 1, [job(1), job(2), job(3)], 2);
const route = toggleRoute(NO_LOCKS, 1, [job(1), job(2)]);

describe("broken locks", () => {
  test("are none while what is locked stays, whatever comes after it", () => {
    expect(findBrokenLocks(planOf([1, 2, 4, 3], [5]), prefix)).toEqual([]);
    expect(findBrokenLocks(planOf([1, 2], [3]), route)).toEqual([]);
  });

  test("tell both stops of a swap, with their numbers", () => {
    expect(findBrokenLocks(planOf([2, 1, 3], []), prefix)).toEqual([
      { kind: "moved", vehicle: 1, stop: job(2), rank: 2, now: { vehicle: 1, rank: 1 } },
      { kind: "moved", vehicle: 1, stop: job(1), rank: 1, now: { vehicle: 1, rank: 2 } },
    ]);
  });

  test("tell a stop that went, and where it is", () => {
    expect(findBrokenLocks(planOf([2, 3], [9, 1]), prefix)).toEqual([
      { kind: "left", vehicle: 1, stop: job(1), rank: 1, now: { vehicle: 2, rank: 2 } },
    ]);
    expect(findBrokenLocks(planOf([1], [], [2]), route)).toEqual([
      { kind: "left", vehicle: 1, stop: job(2), rank: 2, now: undefined },
    ]);
  });

  test("tell a stop that was put in among a prefix, and anywhere on a locked route", () => {
    const foreign = (rank: number) => ({
      kind: "foreign",
      vehicle: 1,
      stop: job(7),
      rank: undefined,
      now: { vehicle: 1, rank },
    });
    expect(findBrokenLocks(planOf([1, 7, 2, 3], []), prefix)).toEqual([foreign(2)]);
    expect(findBrokenLocks(planOf([1, 2, 7], []), route)).toEqual([foreign(3)]);
  });

  test("tell a tied stop that was taken off by hand, not one that a search left out", () => {
    const tied = { ...NO_LOCKS, stops: new Map([["job 4", 2]]) };
    const told = [{ kind: "left", vehicle: 2, stop: job(4), rank: undefined, now: undefined }];
    expect(findBrokenLocks(planOf([1], [], [4]), tied)).toEqual(told);
    const searched = planOf([1], [], [4]);
    expect(
      findBrokenLocks(
        { ...searched, unassigned: searched.unassigned.map((task) => ({ ...task, reason: "locked" })) },
        tied,
      ),
    ).toEqual([]);
  });
});
