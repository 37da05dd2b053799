import { expect, test } from "vitest";
import { fail } from "../../core/errors.ts";
import { createRng } from "../../core/rng.ts";
import { planRetry } from "./retry-policy.ts";

const busy = fail("WAREHOUSE_BUSY", "busy");
const middle = { next: () => 0.5, nextInt: () => 0 };

test("an error that may pass is tried again after 10 s, then 40 s, then no more", () => {
  expect([1, 2, 3].map((attempt) => planRetry(busy, attempt, middle))).toEqual([10_000, 40_000, undefined]);
});

test("the wait is spread by a fifth to either side", () => {
  const rng = createRng(7);
  const waits = Array.from({ length: 200 }, () => planRetry(busy, 1, rng) ?? 0);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(8_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(12_000);
  expect(new Set(waits).size).toBeGreaterThan(100);
});

test("an error that stays, or one nobody expected, is not tried again", () => {
  expect(planRetry(fail("INGEST_COLUMN_MISSING", "no column"), 1, middle)).toBeUndefined();
  expect(planRetry(new Error("bug"), 1, middle)).toBeUndefined();
});
