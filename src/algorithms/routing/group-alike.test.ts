import { expect, it } from "vitest";
import { groupAlike } from "./group-alike.ts";
import { createProblem } from "./testing/random-fleet.ts";

it("groups vehicles that are alike in all", () => {
  const problem = createProblem(1, 2, 4, false);
  expect([...groupAlike(problem)]).toEqual([0, 0, 0, 0]);
  expect([...groupAlike({ ...problem, fixedCost: Float64Array.of(1, 2, 1, 2) })]).toEqual([0, 1, 0, 1]);
  expect([...groupAlike({ ...problem, capacity: Float64Array.of(30, 30, 30, 31) })]).toEqual([0, 0, 0, 1]);
  const maxDistance = Float64Array.of(Infinity, 9, Infinity, 9);
  expect([...groupAlike({ ...problem, maxDistance })]).toEqual([0, 1, 0, 1]);
  const location = problem.location.with(3, 1);
  expect([...groupAlike({ ...problem, location })]).toEqual([0, 1, 0, 0]);
  // The end of the second vehicle is node 2 + 4 + 1.
  const windows = problem.windows.with(2 * 7 + 1, 77);
  expect([...groupAlike({ ...problem, windows })]).toEqual([0, 1, 0, 0]);
});
