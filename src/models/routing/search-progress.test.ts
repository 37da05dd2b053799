import { expect, it } from "vitest";
import { createProgressThinner, type SearchProgress } from "./search-progress.ts";

it("reports at most one plan each 50 ms or hundredth of the time so far, and never loses the last", () => {
  let now = 1000;
  const told: SearchProgress[] = [];
  const thinner = createProgressThinner(
    () => now,
    (progress) => told.push(progress),
  );
  const find = (atMs: number, cost: number): void => {
    now = 1000 + atMs;
    thinner.take({ cost, loss: 0, unassigned: 0, iteration: cost });
  };
  find(0, 100);
  find(10, 90);
  find(20, 80);
  now = 1050;
  thinner.tick();
  find(10_000, 70);
  find(10_080, 60);
  find(10_102, 50);
  find(10_120, 40);
  thinner.flush();
  thinner.flush();
  expect(told.map(({ elapsedMs, cost }) => [elapsedMs, cost])).toEqual([
    [0, 100],
    [20, 80],
    [10_000, 70],
    [10_102, 50],
    [10_120, 40],
  ]);
});
