import { describe, expect, it } from "vitest";
import { checkRoute } from "./check-route.ts";
import type { RouteJob, RoutingProblem } from "./routing-problem.ts";
import { scheduleRoute, type RouteSchedule } from "./schedule-route.ts";

const job: RouteJob = {
  node: 1,
  setup: 2,
  service: 3,
  delivery: [4],
  pickup: [1],
  skills: [7],
  priority: 0,
  windows: [
    { start: 0, end: 5 },
    { start: 30, end: 40 },
  ],
};
const vehicle = {
  startNode: 0,
  endNode: 0,
  capacity: [5],
  skills: [7],
  window: { start: 0, end: 100 },
  fixedCost: 50,
  maxTasks: 2,
  maxTravel: 60,
  maxDistance: 60,
  durations: Float64Array.of(0, 10, 10, 0),
  distances: Float64Array.of(0, 20, 20, 0),
  costs: Float64Array.of(0, 1, 1, 0),
};
const problem: RoutingProblem = { nodeCount: 2, dimensionCount: 1, jobs: [job], vehicles: [vehicle] };
const schedule = scheduleRoute(problem, 0, [0]);

describe("scheduleRoute", () => {
  it("leaves as late as the end allows and counts time, load, distance and cost", () => {
    // Arrival would be at 10, after the first window, so work begins at 30: leave at 20.
    expect(schedule).toEqual({
      vehicle: 0,
      startTime: 20,
      startLoad: [4],
      stops: [{ job: 0, arrival: 30, waiting: 0, setup: 2, service: 3, travel: 10, distance: 20, load: [1] }],
      endTime: 45,
      travel: 20,
      distance: 40,
      cost: 52,
    });
    expect(checkRoute(problem, schedule)).toEqual([]);
  });
});

describe("checkRoute", () => {
  const broken: readonly [string, RoutingProblem, RouteSchedule][] = [
    ["arrival", problem, { ...schedule, startTime: 21 }],
    ["outside its time windows", problem, scheduled({ windows: [{ start: 31, end: 40 }] })],
    ["needs skill 9", scheduledProblem({ skills: [9] }), schedule],
    ["exceeds the capacity", { ...problem, vehicles: [{ ...vehicle, capacity: [3] }] }, schedule],
    ["after its window", { ...problem, vehicles: [{ ...vehicle, window: { start: 0, end: 44 } }] }, schedule],
    ["before its window", { ...problem, vehicles: [{ ...vehicle, window: { start: 21, end: 99 } }] }, schedule],
    ["has 1 tasks of 0", { ...problem, vehicles: [{ ...vehicle, maxTasks: 0 }] }, schedule],
    ["travels 20 of 19", { ...problem, vehicles: [{ ...vehicle, maxTravel: 19 }] }, schedule],
    ["drives 40 of 39", { ...problem, vehicles: [{ ...vehicle, maxDistance: 39 }] }, schedule],
    ["cost", problem, { ...schedule, cost: 51 }],
    ["load 0", problem, { ...schedule, startLoad: [3] }],
  ];

  /** The stated schedule of the original job, against a job with another rule. */
  function scheduledProblem(change: Partial<RouteJob>): RoutingProblem {
    return { ...problem, jobs: [{ ...job, ...change }] };
  }
  function scheduled(change: Partial<RouteJob>): RouteSchedule {
    const late = scheduleRoute(scheduledProblem(change), 0, [0]);
    return { ...late, startTime: late.startTime + 20, stops: late.stops.map((stop) => ({ ...stop, arrival: 51 })) };
  }

  for (const [fault, against, stated] of broken) {
    it(`finds a fault of the kind "${fault}"`, () => {
      expect(checkRoute(against, stated).join("; ")).toContain(fault);
    });
  }
});
