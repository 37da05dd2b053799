import { expect, it } from "vitest";
import { explainUnassigned } from "./explain-unassigned.ts";
import type { RouteJob } from "./routing-problem.ts";
import { createRandomProblem } from "./testing/random-problem.ts";

it("names the first rule that keeps a job from every vehicle", () => {
  const free = createRandomProblem(3, { jobs: 1, vehicles: 1, isConstrained: false });
  const explain = (change: Partial<RouteJob>): string =>
    explainUnassigned({ ...free, jobs: [{ ...free.jobs[0], ...change }] }, 0);
  const amounts = (amount: number): number[] => Array.from({ length: free.dimensionCount }, () => amount);
  expect(explain({ skills: [5], delivery: amounts(5000) })).toBe("skills");
  expect(explain({ delivery: amounts(5000) })).toBe("capacity");
  expect(explain({ windows: [{ start: 0, end: 0 }] })).toBe("time");
  expect(explain({})).toBe("no-room");
});
