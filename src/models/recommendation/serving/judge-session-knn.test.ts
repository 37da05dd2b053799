import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { judgeSessionKnn } from "./judge-session-knn.ts";

const ITEMS = 100;

/** Paths of neighbouring items, or clicks without any pattern. */
function makeSessions(count: number, isPattern: boolean): number[][] {
  const rng = createRng(4);
  return Array.from({ length: count }, () => {
    const start = rng.nextInt(ITEMS);
    const clicks = [0, 1, 2].map((step) => (isPattern ? (start + step) % ITEMS : rng.nextInt(ITEMS)));
    return [...new Set(clicks)];
  }).filter((clicks) => clicks.length > 1);
}

describe("judgeSessionKnn", () => {
  it("is surely above popular items where clicks follow each other", () => {
    const judged = judgeSessionKnn(makeSessions(1000, true), ITEMS);
    expect(judged?.cases).toBe(100);
    expect(judged?.gain.low).toBeGreaterThan(0.2);
    expect(judged?.gain.mean).toBeCloseTo((judged?.mrrAt20 ?? 0) - (judged?.popularMrrAt20 ?? 0), 12);
  });

  it("is not surely above popular items where clicks have no pattern", () => {
    expect(judgeSessionKnn(makeSessions(1000, false), ITEMS)?.gain.low).toBeLessThanOrEqual(0);
  });

  it("counts ranks among what was not clicked before", () => {
    // Item 1 after item 0 is the only path; popular are 0 and 1 alike, of which 0 is not shown again: both rank 1 first.
    const judged = judgeSessionKnn(
      Array.from({ length: 100 }, () => [0, 1]),
      ITEMS,
    );
    expect(judged).toEqual({ cases: 30, mrrAt20: 1, popularMrrAt20: 1, gain: { mean: 0, low: 0, high: 0 } });
  });

  it("does not judge by fewer than 30 cases", () => {
    const repeats = Array.from({ length: 100 }, () => [0, 1, 0]);
    expect(judgeSessionKnn(repeats, ITEMS)).toBeUndefined();
    expect(judgeSessionKnn(makeSessions(30, true), ITEMS)).toBeUndefined();
  });
});
