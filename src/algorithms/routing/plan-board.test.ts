import { expect, it } from "vitest";
import { PlanBoard } from "./plan-board.ts";

const routes = (...lists: number[][]): Int32Array[] => lists.map((list) => Int32Array.from(list));

it("hands the better plan from one thread's board to another's", () => {
  const mine = new PlanBoard(4, 3);
  const other = new PlanBoard(4, 3, mine.buffer);
  mine.offer({ loss: 0, cost: 9, routes: routes([0, 2], [], [1, 3]) }, 0);
  other.offer({ loss: 1, cost: 5, routes: routes([0], [], [1, 3]) }, 1);
  expect(other.takeBetter({ loss: 0, cost: 10 })).toEqual({ loss: 0, cost: 9, routes: routes([0, 2], [], [1, 3]) });
  expect(other.takeBetter({ loss: 0, cost: 9 })).toBeUndefined();
});

it("prefers the lower thread among equals, whoever comes first", () => {
  const board = new PlanBoard(2, 1);
  board.offer({ loss: 0, cost: 5, routes: routes([1, 0]) }, 2);
  board.offer({ loss: 0, cost: 5, routes: routes([0, 1]) }, 1);
  board.offer({ loss: 0, cost: 5, routes: routes([1, 0]) }, 3);
  expect(board.takeBetter({ loss: 0, cost: 6 })?.routes).toEqual(routes([0, 1]));
});

it("counts the finished and does not wait for ever", () => {
  const board = new PlanBoard(1, 1);
  board.finish();
  expect(board.waitFor(1, 1)).toBe(true);
  expect(board.waitFor(2, 1)).toBe(false);
});

it("hears of threads that go on, and of those that fail", () => {
  const board = new PlanBoard(1, 1);
  board.beat();
  expect(board.waitFor(1, 1)).toBe(false);
  expect(board.hasFailed).toBe(false);
  Atomics.store(board.alarm, 1, 1);
  Atomics.add(board.alarm, 0, 1);
  expect(board.waitFor(1, 1)).toBe(true);
  expect(board.hasFailed).toBe(true);
});
