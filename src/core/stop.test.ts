import { expect, test } from "vitest";
import { anyOf, maxIterations, maxRuntime } from "./stop.ts";

test("stops at the iteration limit", () => {
  expect(maxIterations(3).shouldStop(2)).toBe(false);
  expect(maxIterations(3).shouldStop(3)).toBe(true);
});

test("stops when the injected clock passes the budget", () => {
  let now = 100;
  const stop = maxRuntime(50, () => now);
  expect(stop.shouldStop(0)).toBe(false);
  now = 150;
  expect(stop.shouldStop(0)).toBe(true);
});

test("any of several conditions is enough", () => {
  expect(anyOf(maxIterations(5), maxIterations(2)).shouldStop(2)).toBe(true);
  expect(anyOf().shouldStop(1_000_000)).toBe(false);
});
