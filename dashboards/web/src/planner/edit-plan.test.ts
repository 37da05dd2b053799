import { describe, expect, test } from "vitest";

import { comparePlans } from "./compare-plans.ts";
import { keepReasons, moveStop, orderOf, toPlanProblem, type Stop } from "./edit-plan.ts";
import { measureViolation } from "./measure-violation.ts";
import { nameOfTask, type PlanStep, type RoutePlan, type RouteProblem } from "./vroom.ts";

const problem: RouteProblem = {
  vehicles: [
    { id: 1, capacity: [2] },
    { id: 2, steps: [{ type: "start" }], locked_steps: 0 },
  ],
  jobs: [{ id: 1, skills: [4] }, { id: 2 }],
  shipments: [{ pickup: { id: 1 }, delivery: { id: 7 } }],
};

function stepOf(type: PlanStep["type"], id: number | undefined, arrival: number): PlanStep {
  return {
    type,
    ...(id === undefined ? {} : { id }),
    arrival,
    duration: 100,
    setup: 0,
    service: 0,
    waiting_time: 0,
    load: [5],
    violations: [],
  };
}

function planOf(vehicle: number, stops: readonly (readonly [PlanStep["type"], number, number])[]): RoutePlan {
  const steps = [
    stepOf("start", undefined, 0),
    ...stops.map(([type, id, at]) => stepOf(type, id, at)),
    stepOf("end", undefined, 99),
  ];
  return {
    summary: { cost: 0, routes: 1, unassigned: 0, duration: 0, violations: [] },
    unassigned: [],
    routes: [{ vehicle, cost: 0, duration: 0, steps, violations: [] }],
  };
}

const plan = planOf(1, [
  ["job", 1, 10],
  ["pickup", 1, 20],
  ["delivery", 7, 30],
]);
const order = orderOf(problem, plan);
const names = (stops: readonly Stop[] | undefined): string[] => (stops ?? []).map(({ type, id }) => `${type} ${id}`);

describe("moveStop", () => {
  test("changes the order within a route", () => {
    expect(names(moveStop(problem, order, { type: "delivery", id: 7 }, 1, 0).get(1))).toEqual([
      "delivery 7",
      "job 1",
      "pickup 1",
    ]);
  });

  test("takes both halves of a shipment to another vehicle, and leaves a job of the same id", () => {
    const moved = moveStop(problem, order, { type: "delivery", id: 7 }, 2, 0);
    expect([names(moved.get(1)), names(moved.get(2))]).toEqual([["job 1"], ["pickup 1", "delivery 7"]]);
  });

  test("puts in what was not planned and takes off what was", () => {
    expect(names(moveStop(problem, order, { type: "job", id: 2 }, 1, 1).get(1))[1]).toBe("job 2");
    expect(names(moveStop(problem, order, { type: "pickup", id: 1 }, undefined, 0).get(1))).toEqual(["job 1"]);
  });
});

test("the problem for plan mode names every stop in order and drops other steps", () => {
  const asked = toPlanProblem(problem, order);
  expect(asked.options).toEqual({ c: true });
  expect(asked.vehicles[0]?.["steps"]).toEqual([
    { type: "start" },
    { type: "job", id: 1 },
    { type: "pickup", id: 1 },
    { type: "delivery", id: 7 },
    { type: "end" },
  ]);
  expect(asked.vehicles[1]).toEqual({ id: 2 });
});

test("a change by hand keeps the reasons that hold whatever else is planned", () => {
  const left = (id: number, reason: string) => ({ id, type: "job" as const, reason });
  const before = { ...plan, unassigned: [left(3, "skills"), left(4, "no-room")] };
  const changed = { ...plan, unassigned: [left(3, "not-planned"), left(4, "not-planned"), left(5, "not-planned")] };
  expect(keepReasons(before, changed).unassigned.map(({ reason }) => reason)).toEqual([
    "skills",
    "not-planned",
    "not-planned",
  ]);
});

test("plans are compared by who serves a stop and when", () => {
  const later = planOf(2, [
    ["job", 1, 10],
    ["pickup", 1, 20],
    ["job", 2, 30],
  ]);
  expect(
    comparePlans(
      plan,
      planOf(1, [
        ["job", 1, 10],
        ["pickup", 1, 20],
        ["delivery", 7, 30],
      ]),
    ),
  ).toEqual([]);
  expect(comparePlans(plan, later).map(({ stop, after }) => [nameOfTask(stop), after])).toEqual([
    ["job 1", { vehicle: 2, arrival: 10 }],
    ["pickup 1", { vehicle: 2, arrival: 20 }],
    ["delivery 7", undefined],
    ["job 2", { vehicle: 2, arrival: 30 }],
  ]);
});

test("a broken rule is measured against its vehicle", () => {
  const step = stepOf("job", 1, 0);
  const vehicle = { id: 1, capacity: [2], max_travel_time: 60, skills: [3], max_tasks: 0, min_tasks: 4 };
  const measure = (cause: string, duration?: number) =>
    measureViolation(
      { cause, ...(duration === undefined ? {} : { duration }) },
      step,
      { steps: [step] },
      vehicle,
      problem,
    );
  expect(measure("delay", 30)).toEqual({ amount: 30, unit: "seconds" });
  expect(measure("load")).toEqual({ amount: 3, unit: "load" });
  expect(measure("max_travel_time")).toEqual({ amount: 40, unit: "seconds" });
  expect(measure("skills")).toEqual({ amount: 4, unit: "skill" });
  expect(measure("max_tasks")).toEqual({ amount: 1, unit: "count" });
  expect(measure("min_tasks")).toEqual({ amount: -3, unit: "count" });
  expect(measure("missing_break")).toBeUndefined();
});
