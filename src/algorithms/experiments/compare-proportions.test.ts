import { expect, test } from "vitest";
import { compareProportions } from "./compare-proportions.ts";

test("the examples of the source", () => {
  // Newcombe (1998), table II, method 10, contrasts (a), (d) and (g).
  const cases: [number, number, number, number, number, number][] = [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [10, 10, 0, 10, 0.6075, 1],
  ];
  for (const [hits, trials, otherHits, otherTrials, low, high] of cases) {
    const control = { successes: otherHits, trials: otherTrials };
    const interval = compareProportions(control, { successes: hits, trials });
    expect(interval.difference).toBeCloseTo(hits / trials - otherHits / otherTrials, 12);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  }
});

test("changing sides changes the sign", () => {
  const [a, b] = [
    { successes: 3, trials: 40 },
    { successes: 9, trials: 50 },
  ];
  const there = compareProportions(a, b);
  const back = compareProportions(b, a);
  expect(back.low).toBeCloseTo(-there.high, 12);
  expect(back.high).toBeCloseTo(-there.low, 12);
});

test("no trials and more successes than trials are refused", () => {
  expect(() => compareProportions({ successes: 0, trials: 0 }, { successes: 0, trials: 1 })).toThrow(/control.trials/);
  expect(() => compareProportions({ successes: 0, trials: 1 }, { successes: 2, trials: 1 })).toThrow(
    /treated.successes is 2/,
  );
});
